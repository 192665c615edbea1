// Who asks, and when: what every guard is bound to.

import type { Context } from '../../../expr/index.ts'
import type { Rule } from '../../truth/app.ts'
import type { BindSlots } from './plan.ts'

export type UserRow = { readonly [field: string]: unknown; readonly id: string }

export type Caller = {
  /** The signed-in row of the auth entity, without its secret fields; null when nobody is signed in. */
  readonly user: UserRow | null
  /** The instant of the request, ISO in UTC with milliseconds. */
  readonly now: string
}

export type Given = { readonly [name: string]: unknown }

export const slotsOf = (caller: Caller, given: Given, input: Given = {}): BindSlots => ({
  user: caller.user,
  now: caller.now,
  given,
  input,
})

/** The rows that a rule grants to this caller: all, none, or those that a condition picks out. Without a rule, none. */
export function reachOf(rule: Rule | undefined, caller: Caller): 'all' | 'none' | 'some' {
  const verdict = rule ? rule.expression.verdict(caller) : false
  return verdict === undefined ? 'some' : verdict ? 'all' : 'none'
}

/** `next` is the row as a write would leave it. */
export const contextOf = (caller: Caller, entity: Given | null = null, next: Given = {}): Context => ({
  user: caller.user,
  now: caller.now,
  entity,
  next,
})
