// What a caller is told when a rule does not hold.

import { type Caller, reachOf } from '../../database/records/caller.ts'
import type { Verdict } from '../../database/records/decide.ts'
import type { Entity, Rule } from '../../truth/app.ts'
import { forbidden, notFound, type Refusal, signInFirst } from '../refusal.ts'

/** Refuses at once a caller whom no row could let in. */
export function refuseHopeless(rules: readonly (Rule | undefined)[], caller: Caller): Refusal | undefined {
  if (caller.user !== null) return undefined
  return rules.some((rule) => reachOf(rule, caller) === 'none') ? signInFirst() : undefined
}

/** A verdict of the database as an answer; undefined when it is allowed. */
export function refuse(verdict: Verdict, entity: Entity, caller: Caller): Refusal | undefined {
  switch (verdict.is) {
    case 'allowed':
      return undefined
    case 'missing':
      return notFound()
    case 'denied': {
      if (caller.user === null) return signInFirst()
      const [kind, name] = verdict.name.split(':')
      if (kind === 'field') return forbidden(`You may not set \`${name}\`.`)
      return forbidden(`You may not do this with ${entity.labelPlural.toLowerCase()}.`)
    }
  }
}
