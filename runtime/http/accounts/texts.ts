// Bodies of the accounts' own addresses: texts of certain names, and nothing else.

import type { FieldFault } from '../refusal.ts'

/** What is wrong with a body that must hold a text of each of these names. */
export function textFaults(body: ReadonlyMap<string, unknown>, names: readonly string[]): FieldFault[] {
  const missing = names.filter((path) => typeof body.get(path) !== 'string')
  const unknown = [...body.keys()].filter((path) => !names.includes(path))
  return [
    ...missing.map((path) => ({ path, code: 'required', message: 'is required' })),
    ...unknown.map((path) => ({ path, code: 'unknown', message: 'is not expected here' })),
  ]
}
