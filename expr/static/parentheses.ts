// Texts with calls, at the type level. Whatever stands in parentheses is looked at from within, and then stands in the
// text as a number between two `§`; so at last there is a text without parentheses. Each piece is read once.

import type { Or, Wanted } from './conditions.ts'
import type { Faulty, Model, Odd } from './fields.ts'
import type { Opened, PartOf } from './parts.ts'
import type { Part } from './sides.ts'
import type { BrokenLine, Holding, Long, Mark, OneQuote, Spaced, Trim } from './text.ts'

/** Of a text that cannot be read: it is of another form (`never`), or odd. */
export type Unread<F = unknown> = { readonly unread: F }

/** The first fault of a text of a form, or that it is unread. */
export type Read<M extends Model, E, S extends string, W extends Wanted, Form = string> = S extends
  | `${string}§${string}`
  | Long
  ? Unread<Odd>
  : Lifted<OneQuote<S>> extends readonly [
        infer T extends string,
        infer Count extends readonly 0[],
        infer Parts extends object,
      ]
    ? T extends Form
      ? Spaced<T> extends infer B extends string
        ? B extends Unreadable
          ? Unread<Odd>
          : Next<M, E, W, Lists<B>, '', '', Nobody, null, Count, Parts>
        : never
      : Unread<never>
    : Unread<Odd>

/** Blanks beside a dot, what is no operator here, and `~`, which has a meaning of its own in `sides.ts`. */
type Unreadable = Holding<'. ' | ' .' | '//' | '/*' | '--' | '++' | '~'>

type Nobody = Record<never, never>

/** Text literals are parts too, so that nothing in them is taken for code. */
type Lifted<
  S extends string,
  Count extends readonly 0[] = [],
  Parts extends object = Nobody,
  Done extends string = '',
> = S extends `${infer L}'${infer Rest}`
  ? Rest extends `${infer V}'${infer R}`
    ? Lifted<R, [...Count, 0], Parts & Part<Count['length'], Literal<V>, `'${V}'`>, `${Done}${L}§${Count['length']}§`>
    : never
  : readonly [`${Done}${S}`, Count, Parts]

type Literal<V extends string> = V extends BrokenLine
  ? Odd
  : { readonly kind: 'string'; readonly constant: true; readonly text: V }

/** A list is written as a call of `[` that ends in `]`, so that there is one kind of parentheses. */
type Lists<S extends string, Done extends string = ''> = S extends `${infer L}[${infer R}`
  ? Lists<R, `${Done}${L}[(`>
  : Closed<`${Done}${S}`>

type Closed<S extends string, Done extends string = ''> = S extends `${infer L}]${infer R}`
  ? Closed<R, `${Done}${L}])`>
  : `${Done}${S}`

type Scoped<M extends Model, E, Rows extends object, Parts extends object> = {
  readonly model: M
  readonly entity: E
  readonly rows: Rows
  readonly parts: Parts
}

/** What stands before parentheses that are open: its text, what they belong to, the rows that are named, what is around. */
type Level<Text = string, Callee = unknown, Rows = object, Around = unknown> = {
  readonly text: Text
  readonly callee: Callee
  readonly rows: Rows
  readonly around: Around
}

// PERF: parts are numbered by a tuple that all expressions share, and are no tuple themselves: the members of each new
// one would cost a hundred instantiations.
type Next<
  M extends Model,
  E,
  W extends Wanted,
  S extends string,
  Text extends string,
  Callee,
  Rows extends object,
  Around,
  Count extends readonly 0[],
  Parts extends object,
> = S extends `${infer L})${infer R}`
  ? L extends `${infer A}(${infer B}`
    ? Split<A> extends readonly [infer Before extends string, infer Name extends string]
      ? Opened<Scoped<M, E, Rows, Parts>, Name, B> extends readonly [
          infer C,
          infer Inner extends object,
          infer Rest extends string,
        ]
        ? Next<M, E, W, `${Rest})${R}`, '', C, Inner, Level<`${Text}${Before}`, Callee, Rows, Around>, Count, Parts>
        : never
      : never
    : Around extends Level<infer T extends string, infer C, infer Outer extends object, infer Others>
      ? Trim<`${Text}${L}`> extends infer Inside extends string
        ? Alone<Callee, Inside, R> extends true
          ? Next<M, E, W, `${Inside}${R}`, T, C, Outer, Others, Count, Parts>
          : // Here and now: types that are yet to be worked out would nest as deep as the text.
            PartOf<Scoped<M, E, Rows, Parts>, Callee, Inside> extends readonly [infer Kind, infer Said extends string]
            ? Next<
                M,
                E,
                W,
                `${Callee extends '[' ? ' ' : ''}§${Count['length']}§${R}`,
                T,
                C,
                Outer,
                Others,
                [...Count, 0],
                Parts & Part<Count['length'], Kind, Said>
              >
            : never
        : never
      : Unread<Odd>
  : S extends `${string}(${string}`
    ? Unread<Odd>
    : Around extends null
      ? Told<Or<Scoped<M, E, Rows, Parts>, `${Text}${S}`, W>, Parts>
      : Unread<Odd>

type NoValue = '' | Holding<Exclude<Mark, '§'>>
type Apart = '' | `${' ' | ')' | ']' | Operator}${string}`

/** Parentheses around a single value are none, where nothing hangs on them. */
type Alone<Callee, Text extends string, After extends string> = Callee extends ''
  ? Text extends NoValue
    ? false
    : After extends Apart
      ? true
      : false
  : false

/** What stands before the name or path at the end of a text, and that itself: what the parentheses behind it belong to. */
type Split<S extends string, Before extends string = ''> = S extends `${infer L} ${infer R}`
  ? Split<R, `${Before}${L} `>
  : S extends `${infer L}[`
    ? readonly [`${Before}${L}`, '[']
    : S extends Operating
      ? AfterOperator<S, Before>
      : readonly [Before, S]

type Operating = Holding<Operator>
type Operator = '!' | ',' | '+' | '-' | '*' | '/' | '%' | '=' | '<' | '>' | '&' | '|'

type AfterOperator<S extends string, Before extends string> = S extends `${infer L}!${infer R}`
  ? AfterOperator<R, `${Before}${L}!`>
  : S extends `${infer L},${infer R}`
    ? AfterOperator<R, `${Before}${L},`>
    : S extends `${infer L}+${infer R}`
      ? AfterOperator<R, `${Before}${L}+`>
      : S extends `${infer L}-${infer R}`
        ? AfterOperator<R, `${Before}${L}-`>
        : S extends `${infer L}*${infer R}`
          ? AfterOperator<R, `${Before}${L}*`>
          : S extends `${infer L}/${infer R}`
            ? AfterOperator<R, `${Before}${L}/`>
            : S extends `${infer L}%${infer R}`
              ? AfterOperator<R, `${Before}${L}%`>
              : S extends `${infer L}=${infer R}`
                ? AfterOperator<R, `${Before}${L}=`>
                : S extends `${infer L}<${infer R}`
                  ? AfterOperator<R, `${Before}${L}<`>
                  : S extends `${infer L}>${infer R}`
                    ? AfterOperator<R, `${Before}${L}>`>
                    : S extends `${infer L}&${infer R}`
                      ? AfterOperator<R, `${Before}${L}&`>
                      : S extends `${infer L}|${infer R}`
                        ? AfterOperator<R, `${Before}${L}|`>
                        : readonly [Before, S]

/** A fault with the parts that it names as they were written. */
type Told<F, Parts> =
  F extends Faulty<infer Message, infer At, infer Instead>
    ? `${Message}${At}` extends `${string}§${string}`
      ? Faulty<Written<Message, Parts>, Written<At, Parts>, Written<Instead, Parts>>
      : F
    : never

type Written<S extends string, Parts> = S extends `${infer L}§${infer N}§${infer R}`
  ? N extends keyof Parts
    ? Parts[N] extends { readonly said: infer Said extends string }
      ? Written<`${L}${Said}${R}`, Parts>
      : never
    : never
  : S
