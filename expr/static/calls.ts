// Functions at the type level: `abs(x)`, `days(3)`, `coalesce(a, b)`, and the arguments of methods.

import type { NullTest, Unify } from './compare.ts'
import type { EnumKind } from './described.ts'
import type { AnyFault, Faulty, Odd } from './fields.ts'
import type { Accepts, Functions, Given, ParameterKind } from './functions.ts'
import type {
  DurationKind,
  InstantKind,
  Null,
  NumberKind,
  OfKind,
  SeveralKind,
  TextLiteral,
  WholeDays,
} from './kinds.ts'
import type * as say from './messages.ts'
import type { IsPath, Near } from './text.ts'

type Keyword = 'true' | 'false' | 'null' | 'in'

/** What a call gives, or what is wrong with it. `V` are the kinds of its arguments, `T` is their text. */
export type Called<Name extends string, V extends readonly unknown[], T extends string> = Name extends keyof Functions
  ? Misfit<Name, Functions[Name]['takes'], V> extends infer F
    ? [F] extends [never]
      ? Result<Name, V, T>
      : F
    : never
  : Name extends Keyword
    ? Odd
    : IsPath<Name> extends true
      ? Faulty<say.UnknownFunction<Name>, `${Name}(`, `${Near<Name, keyof Functions>}(`>
      : Odd

type Result<Name extends keyof Functions, V extends readonly unknown[], T extends string> = Name extends 'has'
  ? NullTest<V[0], '!=', T> extends infer F
    ? [F] extends [never]
      ? { readonly kind: 'boolean'; readonly always: `has(${T})` }
      : F
    : never
  : Name extends 'coalesce'
    ? Coalesced<V[0], V[1]>
    : Name extends 'now' | 'today'
      ? { readonly kind: Functions[Name]['gives']; readonly always: `${Name}()` }
      : Given<Functions[Name]['gives'], V[number]>

/** The first argument that is faulty or does not fit, else a wrong number of them. */
export type Misfit<Name extends string, P extends readonly ParameterKind[], V extends readonly unknown[]> =
  FirstMisfit<Name, P, V> extends infer F
    ? [F] extends [never]
      ? V['length'] extends P['length']
        ? never
        : Faulty<say.ArgumentCount<Name, P['length'], V['length']>>
      : F
    : never

type FirstMisfit<
  Name extends string,
  P extends readonly ParameterKind[],
  V extends readonly unknown[],
> = V extends readonly [infer K, ...infer More]
  ? K extends AnyFault
    ? K
    : P extends readonly [infer Wanted extends ParameterKind, ...infer Others extends readonly ParameterKind[]]
      ? K extends Accepts[Wanted]['kind']
        ? FirstMisfit<Name, Others, More>
        : unknown extends K
          ? FirstMisfit<Name, Others, More>
          : K extends Null
            ? Faulty<say.NullArgument<Name>>
            : Faulty<say.ArgumentType<Name, Accepts[Wanted]['words'], K>>
      : FirstMisfit<Name, P, More>
  : never

type Coalesced<A, B> = A extends Null
  ? Faulty<say.NullArgument<'coalesce'>>
  : A extends SeveralKind
    ? Faulty<say.ArgumentType<'coalesce', 'one value', A>>
    : B extends Null
      ? Faulty<say.NullArgument<'coalesce'>>
      : B extends SeveralKind
        ? Faulty<say.ArgumentType<'coalesce', 'one value', B>>
        : unknown extends A
          ? unknown
          : unknown extends B
            ? unknown
            : Unify<A, B> extends infer F
              ? [F] extends [never]
                ? Common<A, B>
                : F extends { readonly fault: `'${string}` }
                  ? F
                  : Faulty<say.DifferentArguments<'coalesce', A, B>>
              : never

/** The kind that holds both of two that are alike. */
type Common<A, B> = A extends EnumKind
  ? B extends EnumKind
    ? { readonly kind: 'enum'; readonly options: Both<A['options'], B['options']> }
    : A
  : B extends EnumKind
    ? B
    : A extends NumberKind
      ? A | B extends { readonly kind: 'integer' }
        ? OfKind<'integer', A | B>
        : OfKind<'number', A | B>
      : A extends InstantKind
        ? Instants<A, B>
        : B extends InstantKind
          ? Instants<B, A>
          : A extends DurationKind
            ? A | B extends WholeDays
              ? OfKind<'duration', A | B> & WholeDays
              : OfKind<'duration', A | B>
            : Rows<A, B>

type Instants<A, B> = A | (B extends TextLiteral ? OfText<B['text']> : B) extends { readonly kind: 'date' }
  ? { readonly kind: 'date' }
  : { readonly kind: 'datetime' }

type OfText<V extends string> = {
  readonly kind: V extends `${string}${'T' | 't' | ':'}${string}` ? 'datetime' : 'date'
}

type Rows<A, B> = A extends { readonly entity: infer E }
  ? B extends { readonly entity: unknown }
    ? A extends { readonly kind: infer Kind }
      ? B extends { readonly kind: Kind }
        ? A
        : { readonly kind: 'id'; readonly entity: E }
      : never
    : { readonly kind: 'string' }
  : A extends { readonly kind: infer Kind }
    ? B extends { readonly kind: Kind }
      ? OfKind<Kind, A | B>
      : { readonly kind: 'string' }
    : never

/** Two lists of options without those that stand in both twice. */
type Both<A extends readonly string[], B extends readonly string[]> = B extends readonly [
  infer O extends string,
  ...infer Others extends readonly string[],
]
  ? Both<O extends A[number] ? A : readonly [...A, O], Others>
  : A
