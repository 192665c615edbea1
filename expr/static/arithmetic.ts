// `+ - * / %` at the type level, on what two operands are. The order of the questions is the checker's.

import type { AnyFault, Faulty } from './fields.ts'
import type { DurationKind, InstantKind, IntegerKind, NumberKind, OfKind, StringKind, WholeDays } from './kinds.ts'
import type { ArithmeticOperand, ArithmeticPair } from './messages.ts'

/** Stands on the left of the first operand of a chain. */
export type Start = { readonly start: true }

/** What two operands make, or what is wrong with them. */
export type Combined<A, Op extends string, B> = A extends Start
  ? B
  : A extends AnyFault
    ? A
    : B extends AnyFault
      ? B
      : unknown extends A
        ? unknown
        : unknown extends B
          ? unknown
          : Op extends '%'
            ? A extends IntegerKind
              ? B extends IntegerKind
                ? OfKind<'integer', A | B>
                : Faulty<ArithmeticOperand<Op, B>>
              : Faulty<ArithmeticOperand<Op, A>>
            : A extends NumberKind
              ? B extends NumberKind
                ? Numbers<A, Op, B>
                : Unfit<A, Op, B>
              : Others<A, Op, B>

type Numbers<A, Op, B> = Op extends '/'
  ? OfKind<'number', A | B>
  : A | B extends IntegerKind
    ? OfKind<'integer', A | B>
    : OfKind<'number', A | B>

type Others<A, Op extends string, B> = A extends StringKind
  ? Op extends '+'
    ? B extends StringKind
      ? OfKind<'string', A | B>
      : Unfit<A, Op, B>
    : Unfit<A, Op, B>
  : A extends InstantKind
    ? Op extends '+' | '-'
      ? B extends DurationKind
        ? OfKind<A extends { readonly kind: 'date' } ? (B extends WholeDays ? 'date' : 'datetime') : 'datetime', A | B>
        : Op extends '-'
          ? B extends InstantKind
            ? OfKind<'duration', A | B> & (A | B extends { readonly kind: 'date' } ? WholeDays : unknown)
            : Unfit<A, Op, B>
          : Unfit<A, Op, B>
      : Unfit<A, Op, B>
    : Unfit<A, Op, B>

type Unfit<A, Op extends string, B> =
  Combines<A, Op> extends true
    ? Combines<B, Op> extends true
      ? Faulty<ArithmeticPair<Op, A, B>>
      : Faulty<ArithmeticOperand<Op, B>>
    : Faulty<ArithmeticOperand<Op, A>>

type Combines<K, Op> = K extends NumberKind
  ? true
  : K extends StringKind
    ? Op extends '+'
      ? true
      : false
    : K extends InstantKind | DurationKind
      ? Op extends '+' | '-'
        ? true
        : false
      : false

/** The unary minus. */
export type Negated<K> = K extends AnyFault
  ? K
  : unknown extends K
    ? unknown
    : K extends NumberKind
      ? K
      : Faulty<ArithmeticOperand<'-', K>>
