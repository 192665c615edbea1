// Texts at the type level: cut on operators by tail recursion, and letter by letter only where something is wrong. A
// union between two `infer`s is avoided everywhere: on an unclosed quote it makes the compiler try every combination.

/** Whether a text is known to the letter: neither `string`, nor a template with a hole, nor one of several. */
export type IsLiteral<S extends string> = string extends S
  ? false
  : Record<never, never> extends Record<S, 1>
    ? false
    : IsUnion<S> extends true
      ? false
      : true

export type IsUnion<S, All = S> = S extends unknown ? ([All] extends [S] ? false : true) : never

/**
 * Texts that hold one of some pieces. PERF: such unions have names of their own, since the members of one that is
 * written out within another type are counted whenever that is asked.
 */
export type Holding<Piece extends string> = Piece extends Piece ? `${string}${Piece}${string}` : never

type Blanked = ` ${string}` | `${string} `

/** Without blanks at both ends. */
export type Trim<S extends string> = S extends Blanked ? Cut<S> : S

type Cut<S extends string> = S extends ` ${infer R}` ? Cut<R> : S extends `${infer R} ` ? Cut<R> : S

type Wrapped = `${' ' | '(' | '!'}${string}` | `${string}${' ' | ')'}`

/** Without the blanks, parentheses and negations that stand around a term; which of them belong together is no matter here. */
export type Bare<S extends string> = S extends Wrapped ? (S extends Long ? S : Peel<S>) : S

type Peel<S extends string> = S extends ` ${infer R}`
  ? Peel<R>
  : S extends `(${infer R}`
    ? Peel<R>
    : S extends `!${infer R}`
      ? Peel<R>
      : S extends `${infer R} `
        ? Peel<R>
        : S extends `${string}()`
          ? S
          : S extends `${infer R})`
            ? Peel<R>
            : S

/** What ends a path; `§` encloses a part that is known already. */
export type Mark =
  | '§'
  | '!'
  | ' '
  | '('
  | ')'
  | '['
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | ','
  | "'"
  | '\n'
  | '\t'
  | '\r'
  | Strange
type Strange =
  | '='
  | '<'
  | '>'
  | '&'
  | '|'
  | '?'
  | ':'
  | ';'
  | '#'
  | '@'
  | '^'
  | '~'
  | '{'
  | '}'
  | ']'
  | '"'
  | '\\'
  | '`'

export type Lower =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'
export type FirstCharacter = Lower | Uppercase<Lower> | '_' | '$'
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

export type WordCharacter = FirstCharacter | Digit
export type LineBreak = '\n' | '\r'
export type BrokenLine = Holding<LineBreak>
type SeveralLines = Holding<LineBreak | '\t'>
type Quoting = Holding<"'" | '"' | '\\' | '`'>
type Unquotable = Holding<'\\' | '`'>
type Harmful = Holding<'\t' | '|' | '&' | '=' | '<' | '>' | '!' | '(' | ')' | '[' | ']' | ',' | ' in '>

/** Whether a text is a path of names, letter by letter: asked only of what is to be reported. */
export type IsPath<S extends string, Before extends string = '.'> = S extends `${infer C}${infer Rest}`
  ? C extends FirstCharacter
    ? IsPath<Rest, C>
    : C extends '.' | Digit
      ? Before extends '.'
        ? false
        : IsPath<Rest, C>
      : false
  : Before extends '.'
    ? false
    : true

/** Whether a text is digits, letter by letter. */
export type AreDigits<S extends string> = S extends `${infer C}${infer R}`
  ? C extends Digit
    ? R extends ''
      ? true
      : AreDigits<R>
    : false
  : false

/**
 * The text with its string literals made harmless: those that hold what expressions are cut at become `'§'`, so that
 * cutting cuts code only; `never` where it takes a real lexer: escapes, double quotes beside single ones.
 */
export type Plain<S extends string> = S extends Quoting ? Quiet<OneQuote<S>> : S

/** The text with its string literals in single quotes; `never` where it takes a real lexer. */
export type OneQuote<S extends string> = S extends Unquotable
  ? never
  : S extends `${string}"${string}`
    ? S extends `${string}'${string}`
      ? never
      : Single<S>
    : S

type Single<S extends string, Done extends string = ''> = S extends `${infer L}"${infer R}`
  ? Single<R, `${Done}${L}'`>
  : `${Done}${S}`

type Quiet<S extends string, Done extends string = ''> = S extends `${infer L}'${infer Rest}`
  ? Rest extends `${infer Value}'${infer R}`
    ? Quiet<R, `${Done}${L}'${Harmless<Value>}'`>
    : never
  : `${Done}${S}`

type Harmless<V extends string> = V extends BrokenLine ? never : V extends Harmful ? '§' : V

/** With blanks where lines end. */
export type Spaced<S extends string> = S extends SeveralLines
  ? S extends `${infer L}\n${infer R}`
    ? Spaced<`${L} ${R}`>
    : S extends `${infer L}\t${infer R}`
      ? Spaced<`${L} ${R}`>
      : S extends `${infer L}\r${infer R}`
        ? Spaced<`${L} ${R}`>
        : never
  : S

/** Whether parentheses belong together: it is no matter which, only that none closes before it opens. */
export type IsBalanced<S extends string> = S extends `${infer L})${infer R}`
  ? L extends `${infer A}(${infer B}`
    ? IsBalanced<`${A}${B}${R}`>
    : false
  : S extends `${string}(${string}`
    ? false
    : true

/** The text with the first occurrence of a piece replaced, at its end when the piece is empty. */
export type Replaced<S extends string, At extends string, By extends string> = At extends ''
  ? `${S}${By}`
  : S extends `${At}${infer R}`
    ? `${By}${R}`
    : S extends `${infer L} ${At}${infer R}`
      ? `${L} ${By}${R}`
      : S extends `${infer L}${At}${infer R}`
        ? `${L}${By}${R}`
        : never

/** Those of several names that begin as one does; all of them when there is nothing of it yet. */
export type Near<N extends string, Names extends string> = N extends `${infer C}${string}`
  ? StartingWith<Names, C>
  : Names

type StartingWith<Names extends string, C extends string> = Names extends `${C}${string}` ? Names : never

/** The name of a lambda's parameter, without the blanks around it; `never` when it is no name. */
export type Parameter<S extends string> = S extends `${' ' | '\n' | '\r' | '\t'}${infer R}`
  ? Parameter<R>
  : Trim<S> extends infer N extends string
    ? N extends `${string}.${string}`
      ? never
      : IsPath<N> extends true
        ? N
        : never
    : never

/** One character. Of `string` one is as good as many, of `any` each takes a character. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is typed by it
export type One = any

export type Twice<S extends string> = `${S}${S}`
export type Times32<S extends string> = Twice<Twice<Twice<Twice<Twice<S>>>>>

type Times512<S extends string> = Twice<Twice<Twice<Twice<Times32<S>>>>>

/** More terms in a row than are cut one by one. */
export type Chain = `${string}${Times512<` || ${string}`>}` | `${string}${Times512<` && ${string}`>}`

type Characters4 = `${One}${One}${One}${One}`
type Characters16 = Twice<Twice<Characters4>>
type Characters64 = Twice<Twice<Characters16>>
type Characters512 = Twice<Twice<Twice<Characters64>>>

/** More than 960 characters: compilers give up on a type that takes a thousand steps. */
export type Long = `${Characters512}${Twice<Twice<Characters64>>}${Twice<Characters64>}${Characters64}${string}`

/** More than 1,920 characters. */
export type TooLong = `${Long}${Long}`

/** So many characters and more: as a number they may be too large to be exact. */
export type Sixteen = `${Characters16}${string}`
export type Fifteen = `${Twice<Characters4>}${Characters4}${One}${One}${One}${string}`

/** More blanks in a row than are taken away one by one. */
export type Gap = Twice<Twice<Twice<'                '>>>
