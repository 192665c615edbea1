// Makes somebody an admin from the command line: never through the API.

import { identifier } from '../../../expr/index.ts'
import { statement } from '../../database/database.ts'
import { presence } from '../../database/records/guard.ts'
import type { Service } from '../service.ts'

/** What was done, in a sentence for the terminal. */
export async function makeAdmin(service: Service, email: string): Promise<string> {
  const entity = service.accounts?.entity
  if (!entity) return 'There is no auth entity, so nobody can be an admin.'
  const role = [...entity.fields.values()].find((field) => field.options?.includes('admin') && !field.many)
  if (!role) return `${entity.name} has no enum field with an option \`admin\`.`
  const table = identifier(entity.table).parts.join('')
  const column = identifier(role.name).parts.join('')
  const there = presence(entity).parts.join('')
  const update = statement(`UPDATE ${table} SET ${column} = 'admin' WHERE "email" = ?1 AND ${there} RETURNING "id"`)
  const changed = await service.database.transaction(async (tx) => tx.run(update, [email.trim().toLowerCase()]))
  return changed.length > 0
    ? `${email} is an admin now.`
    : `Nobody has signed up as ${email} yet. Sign up first, then start again with --admin.`
}
