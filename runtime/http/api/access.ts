// What a caller is told when a rule does not hold.

import type { Context } from '../../../expr/index.ts'
import { type Caller, contextOf, reachOf } from '../../database/records/caller.ts'
import type { Verdict } from '../../database/records/decide.ts'
import type { Entity, Rule } from '../../truth/app.ts'
import { type Because, forbidden, notFound, type Refusal, signInFirst } from '../refusal.ts'

/** Why a rule refused. Rules that look at other rows are decided by the database alone, and only named. */
export const becauseOf = (rule: Rule | undefined, evaluated?: () => Context): Because | undefined =>
  rule && {
    rule: rule.path,
    source: rule.source,
    explain: evaluated && !rule.followsRelations ? () => rule.expression.explain(evaluated()) : undefined,
  }

/** Refuses at once a caller whom no row could let in. */
export function refuseHopeless(rules: readonly (Rule | undefined)[], caller: Caller): Refusal | undefined {
  if (caller.user !== null) return undefined
  const none = rules.findIndex((rule) => reachOf(rule, caller) === 'none')
  return none < 0 ? undefined : signInFirst(becauseOf(rules[none], () => contextOf(caller)))
}

/** A verdict of the database as an answer; undefined when it is allowed. */
export function refuse(verdict: Verdict, entity: Entity, caller: Caller): Refusal | undefined {
  switch (verdict.is) {
    case 'allowed':
      return undefined
    case 'missing':
      return notFound()
    case 'denied': {
      const because = becauseOf(verdict.rule, verdict.evaluated)
      if (caller.user === null) return signInFirst(because)
      const [kind, name] = verdict.name.split(':')
      if (kind === 'field') return forbidden(`You may not set \`${name}\`.`, because)
      return forbidden(`You may not do this with ${entity.labelPlural.toLowerCase()}.`, because)
    }
  }
}
