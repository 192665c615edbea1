// Relations in a body: the row that one is set to must be there, and its reader must be this caller. To others it does
// not exist.

import { sql } from '../../../expr/index.ts'
import { type Caller, slotsOf } from '../../database/records/caller.ts'
import { isLinkChange, type Values } from '../../database/records/change.ts'
import { given } from '../../database/records/collection.ts'
import { columnOf } from '../../database/records/guard.ts'
import { type Runner, run } from '../../database/records/plan.ts'
import type { Field } from '../../truth/app.ts'
import type { FieldFault } from '../refusal.ts'
import type { Service } from '../service.ts'

/** Faults of relations that lead nowhere, as far as the caller can tell. */
export async function relationFaults(
  service: Service,
  runner: Runner,
  fields: ReadonlyMap<string, Field>,
  caller: Caller,
  values: Values,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = []
  for (const [name, value] of values) {
    const field = fields.get(name)
    const target = service.byName.get(field?.relation?.to ?? '')
    if (!field || !target || value === null) continue
    const plan = target.plan(
      'exists',
      () =>
        sql`SELECT 1 FROM ${target.table} WHERE ${columnOf(target.entity, 'id')} = ${given('id')} AND (${target.readable})`,
    )
    for (const id of isLinkChange(value) ? value.add : Array.isArray(value) ? value : [value]) {
      // People may always name themselves, whether or not they may read their own row.
      if (id === caller.user?.id && target.entity.name === service.app.settings.auth.entity) continue
      const found = await run(runner, plan, slotsOf(caller, { id }))
      if (found.length === 0) {
        faults.push({ path: name, code: 'relation', message: `leads to no ${target.entity.label.toLowerCase()}` })
        break
      }
    }
  }
  return faults
}
