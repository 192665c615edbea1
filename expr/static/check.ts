// The checker's twin in TypeScript's own type system, so that plain `tsc` finds what can be told from the text of an
// expression in a literal app: unknown names, fields and options, and operands that do not go together.
// It never reports what the checker accepts; whatever it cannot tell, it lets pass.

import type { Equality, Ordering } from './compare.ts'
import type { EnumKind } from './described.ts'
import type { AnyFault, Faulty, Model } from './fields.ts'
import type { IsFine, Term } from './fine.ts'
import type { KindOf, OptionOf } from './kinds.ts'
import type { Membership } from './membership.ts'
import type * as say from './messages.ts'
import type { Beside, NameIn, Resolve, Scope, Side } from './sides.ts'
import type { Bare, IsLiteral, LastOpen, LastPath, Parameter, Plain, Trim } from './text.ts'

/** What a whole expression must be. */
export type Wanted = 'boolean' | 'any'

/** The first fault of an expression; `never` when nothing is wrong as far as can be told. */
export type FaultOf<M extends Model, E, S extends string, W extends Wanted = 'boolean'> =
  IsFine<S, Term<M, E>, M, E> extends true
    ? never
    : IsLiteral<S> extends true
      ? Plain<S> extends infer P extends string
        ? Whole<{ readonly model: M; readonly entity: E; readonly rows: Record<never, never> }, P, W>
        : never
      : never

/** What stands around a term: an operator, nothing but the end of the text, or something that is not known. */
type Around = '&&' | '||' | '!' | Quantifier | Wanted | 'unsure'

type Quantifier = 'some' | 'every'

type Whole<X extends Scope, S extends string, W extends Wanted> = S extends `${string}=>${string}`
  ? Lambda<X, S, W>
  : Or<X, S, W>

type First<A, B> = [A] extends [never] ? B : A

type Or<X extends Scope, S extends string, W extends Around> = S extends `${infer L}||${infer R}`
  ? And<X, L, '||', true> extends infer F
    ? [F] extends [never]
      ? Or<X, R, '||'>
      : F
    : never
  : And<X, S, W>

type And<X extends Scope, S extends string, W extends Around, More = false> = S extends `${infer L}&&${infer R}`
  ? InTerm<X, L, '&&'> extends infer F
    ? [F] extends [never]
      ? And<X, R, '&&', More>
      : F
    : never
  : More extends true
    ? InTerm<X, S, W>
    : Last<X, S, W>

/** The same texts, which compilers then tell one by one instead of by the name of their type. */
type Plainly<Names extends string> = keyof { [N in Names as `${N}`]: 1 } & string

/** The last term: there must be one. */
type Last<X extends Scope, S extends string, W extends Around> =
  Trim<S> extends ''
    ? W extends '&&' | '||'
      ? Faulty<say.MissingValue<W>, '', NameIn<X>>
      : W extends Wanted
        ? Faulty<say.Empty, '', Plainly<NameIn<X>>>
        : never
    : InTerm<X, S, W>

/** Of a term in parentheses it is not known what it belongs to. */
type InTerm<X extends Scope, S extends string, W extends Around> =
  Bare<S> extends infer T extends string
    ? T extends ''
      ? never
      : T extends `${string}${'=' | '<' | '>' | ' in '}${string}`
        ? Trim<S> extends `!${infer Next}${string}`
          ? Next extends '('
            ? Comparison<X, T>
            : never
          : Comparison<X, T>
        : Trim<S> extends T
          ? AsBoolean<X, T, W>
          : Trim<S> extends `!${T}`
            ? AsBoolean<X, T, '!'>
            : AsBoolean<X, T, 'unsure'>
    : never

type AsBoolean<X extends Scope, T extends string, W extends Around> =
  Side<X, T> extends infer K
    ? unknown extends K
      ? never
      : K extends AnyFault
        ? K extends { readonly fault: say.ListHere }
          ? W extends Wanted
            ? never
            : K
          : K
        : K extends { readonly kind: 'boolean' }
          ? never
          : W extends Quantifier
            ? Faulty<say.BodyNeedsBoolean<W, K>>
            : K extends { readonly kind: 'record'; readonly entity: infer E }
              ? RecordAlone<X, T, W, K, E>
              : W extends '&&' | '||' | '!'
                ? Faulty<say.NeedsBoolean<W, K>>
                : W extends 'boolean'
                  ? Faulty<say.ConditionNeedsBoolean<K>>
                  : never
    : never

/** A record of the auth entity asks whether it is the user. */
type RecordAlone<X extends Scope, T extends string, W extends Around, K, E> = W extends 'any'
  ? never
  : E extends X['model']['auth']
    ? T extends 'user'
      ? Faulty<say.UserAsBoolean, T, 'authenticated'>
      : never
    : W extends 'unsure'
      ? never
      : Faulty<say.RecordAsBoolean<K, T>, T, `${T} != null`>

// `===` and `!==` are cut in their middle: what is left of them hangs on a side.
type Comparison<X extends Scope, T extends string> = T extends `${infer L} == ${infer R}`
  ? Sides<X, Trim<L>, Trim<R>, '=='>
  : T extends `${infer L}==${infer R}`
    ? L extends `${infer Rest}!`
      ? Sides<X, Trim<Rest>, AfterEqual<R>, '!='>
      : Sides<X, Trim<L>, AfterEqual<R>, '=='>
    : T extends `${infer L}!=${infer R}`
      ? Sides<X, Trim<L>, Trim<R>, '!='>
      : T extends `${infer L} in ${infer R}`
        ? Membership<X, Trim<L>, Trim<R>>
        : T extends `${infer L}<${infer R}`
          ? Order<X, Trim<L>, R, '<'>
          : T extends `${infer L}>${infer R}`
            ? Order<X, Trim<L>, R, '>'>
            : never

type AfterEqual<R extends string> = R extends `=${infer Rest}` ? Trim<Rest> : Trim<R>

type Order<X extends Scope, L extends string, R extends string, Op extends '<' | '>'> = R extends `=${infer Rest}`
  ? Sides<X, L, Trim<Rest>, `${Op}=`>
  : Sides<X, L, Trim<R>, Op>

type Sides<X extends Scope, L extends string, R extends string, Op extends string> =
  Side<X, L> extends infer A
    ? Side<X, R> extends infer B
      ? A extends AnyFault
        ? R extends `${string}.${string}`
          ? Beside<A, L, B, R>
          : A
        : B extends AnyFault
          ? Beside<B, R, A, L>
          : unknown extends A
            ? never
            : R extends ''
              ? Faulty<say.MissingValue<Op>, '', A extends EnumKind ? `'${OptionOf<A>}'` : never>
              : unknown extends B
                ? never
                : Op extends '==' | '!='
                  ? Equality<A, B, Op, L, R>
                  : Ordering<A, B, Op>
      : never
    : never

/** `rows.some(x => …)` without parentheses inside: its condition, then what is around it. Other lambdas are let pass. */
type Lambda<X extends Scope, S extends string, W extends Wanted> = S extends `${infer Before}=>${infer After}`
  ? LastOpen<Before> extends readonly [infer Call extends string, infer Name extends string]
    ? After extends `${infer Body})${infer Rest}`
      ? Body extends `${string}${'(' | '=>'}${string}`
        ? never
        : Quantified<Call> extends readonly [infer Rows extends string, infer Method extends Quantifier]
          ? Parameter<Name> extends infer P extends string
            ? [P] extends [never]
              ? never
              : Over<X, LastPath<Rows>, Method, P, Body, Rest, W>
            : never
          : never
      : never
    : never
  : never

/** A condition on the rows that a path leads to, each by the name of `P`. */
type Over<
  X extends Scope,
  At extends readonly [string, string],
  Method extends Quantifier,
  P extends string,
  Body extends string,
  Rest extends string,
  W extends Wanted,
> =
  Resolve<X, At[1]> extends infer F
    ? F extends AnyFault
      ? Side<X, At[1]> extends AnyFault
        ? F
        : never
      : KindOf<X['model'], F> extends { readonly kind: 'collection'; readonly entity: infer E }
        ? First<
            Or<
              {
                readonly model: X['model']
                readonly entity: X['entity']
                readonly rows: X['rows'] & Record<P, E>
              },
              Body,
              Method
            >,
            Whole<X, `${At[0]}true${Rest}`, W>
          >
        : never
    : never

type Quantified<S extends string> = S extends `${infer Rows}.some`
  ? readonly [Rows, 'some']
  : S extends `${infer Rows}.every`
    ? readonly [Rows, 'every']
    : never
