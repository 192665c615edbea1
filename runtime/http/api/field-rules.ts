// Who may set which field: its own `update` rule, and, for an owner filled in by the runtime, nobody else.

import type { Caller } from '../../database/records/caller.ts'
import type { Named, Values } from '../../database/records/change.ts'
import type { Entity } from '../../truth/app.ts'
import { forbidden, type Refusal } from '../refusal.ts'

/** The rules of the given fields, to be decided together with the action's own. */
export function fieldRules(entity: Entity, values: Values): Named[] {
  const rules: Named[] = []
  for (const name of values.keys()) {
    const rule = entity.fields.get(name)?.update
    if (rule) rules.push({ name: `field:${name}`, rule })
  }
  return rules
}

/** A relation that is the user by default is theirs alone, unless the field has a rule that says otherwise. */
export function refuseOwnerChange(entity: Entity, values: Values, caller: Caller): Refusal | undefined {
  for (const [name, value] of values) {
    const field = entity.fields.get(name)
    if (field?.default?.kind !== 'user' || field.update || value === caller.user?.id) continue
    return forbidden(`\`${name}\` is you; it cannot be set to somebody else.`)
  }
  return undefined
}
