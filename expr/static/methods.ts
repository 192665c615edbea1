// Methods at the type level: of texts, of lists, and of related rows.

import type { Misfit } from './calls.ts'
import type { AnyFault, Faulty, FieldNames, Odd } from './fields.ts'
import type { TextMethods } from './functions.ts'
import type { Null, OfKind, SeveralKind, StringKind } from './kinds.ts'
import type { MethodsOf } from './members.ts'
import type { InList, Within } from './membership.ts'
import type * as say from './messages.ts'
import type { IsPath, Near } from './text.ts'
import type { Scope } from './words.ts'

type Boolean = { readonly kind: 'boolean' }

/** What a method of a value gives, or what is wrong with it. `At` is how the method was written, `T` its arguments. */
export type Method<
  K,
  Name extends string,
  V extends readonly unknown[],
  At extends string,
  T extends string,
> = K extends AnyFault
  ? K extends { readonly items: infer I extends readonly (readonly [unknown, string])[] }
    ? Name extends 'includes'
      ? Tested<Misfit<Name, ['any'], V>, V[0] extends Null ? Faulty<say.NullOnlyEquality<'in'>> : InList<V[0], T, I>>
      : K
    : K
  : unknown extends K
    ? FirstFault<V>
    : K extends StringKind
      ? Name extends keyof TextMethods
        ? Misfit<Name, TextMethods[Name]['takes'], V> extends infer F
          ? [F] extends [never]
            ? OfKind<TextMethods[Name]['gives'], K | V[number]>
            : F
          : never
        : NoMethod<K, Name, At>
      : K extends SeveralKind
        ? Name extends 'includes'
          ? Tested<Misfit<Name, ['any'], V>, Includes<V[0], K>>
          : Name extends 'some' | 'every'
            ? K extends { readonly kind: 'collection'; readonly entity: infer E extends string }
              ? V extends readonly [unknown, unknown, ...unknown[]]
                ? Faulty<say.ArgumentCount<Name, 1, V['length']>>
                : E extends `${infer Initial}${string}`
                  ? Faulty<say.LambdaNeeded<Name, Lowercase<Initial>>>
                  : never
              : Faulty<say.QuantifierOnList<Name>>
            : NoMethod<K, Name, At>
        : NoMethod<K, Name, At>

/** The first fault of several; a boolean when there is none. */
type Tested<A, B> = [A] extends [never] ? ([B] extends [never] ? Boolean : B) : A

type FirstFault<V extends readonly unknown[]> = V extends readonly [infer K, ...infer More]
  ? K extends AnyFault
    ? K
    : FirstFault<More>
  : unknown

type Includes<A, K> = unknown extends A
  ? never
  : A extends Null
    ? K extends { readonly kind: 'list'; readonly element: infer One }
      ? unknown extends One
        ? never
        : Faulty<say.WrongElement<A, One>>
      : K extends { readonly entity: infer E }
        ? Faulty<say.WrongElement<A, { readonly kind: 'record'; readonly entity: E }>>
        : never
    : Within<A, K>

type NoMethod<K, Name extends string, At extends string> = Name extends 'length'
  ? [MethodsOf<K>] extends [never]
    ? Unknown<K, Name, At>
    : Faulty<say.PropertyCalled<Name>>
  : Unknown<K, Name, At>

type Unknown<K, Name extends string, At extends string> =
  IsPath<Name> extends true
    ? At extends `${infer Object}.${Name}`
      ? Faulty<say.UnknownMethod<Name, K>, At, `${Object}.${Near<Name, MethodsOf<K> & string>}`>
      : Faulty<say.UnknownMethod<Name, K>>
    : Odd

/** Rows by the name of a parameter, or what is wrong with that: it hides another name. */
export type RowsBy<X extends Scope, K, P extends string> = K extends { readonly kind: 'collection' }
  ? P extends keyof X['rows'] | 'entity' | 'now'
    ? Faulty<say.ParameterTaken<P>>
    : FieldNames<X['model'], X['entity']> extends infer Names
      ? string extends Names
        ? K
        : P extends Names
          ? Faulty<say.ParameterTaken<P>>
          : K
      : never
  : K

/** `some` and `every`; `F` is the fault of their condition. What is wrong before it is told first. */
export type Quantified<K, Name extends 'some' | 'every', F> = K extends AnyFault
  ? K
  : unknown extends K
    ? [F] extends [never]
      ? unknown
      : F
    : K extends { readonly kind: 'collection' }
      ? [F] extends [never]
        ? Boolean
        : F
      : K extends { readonly kind: 'list' }
        ? Faulty<say.QuantifierOnList<Name>>
        : Faulty<say.UnknownMethod<Name, K>>
