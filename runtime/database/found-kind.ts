// What a column in the database holds, told by its SQL type and its condition.

import { checkOf, type Holds } from '../generate/column-kind.ts'
import type { Column, ColumnKind } from '../generate/table.ts'
import type { FoundColumn } from './read-schema.ts'
import { plainCondition, textsIn } from './table-text.ts'

const byType: { readonly [type: string]: ColumnKind } = { INTEGER: 'integer', REAL: 'real' }

/** Kinds whose condition is the same for every column. */
const plainKinds = ['boolean', 'date', 'datetime', 'uuid', 'json'] as const

export function foundHolds({ name, type, checks }: FoundColumn): Holds {
  const is = (holds: Holds): boolean => checks.includes(plainCondition(checkOf(name, holds) ?? ''))
  const plain = plainKinds.find((kind) => is({ kind }))
  if (plain) return { kind: plain }
  const [first = ''] = checks
  const texts = textsIn(first)
  if (is({ kind: 'enum', options: texts })) return { kind: 'enum', options: texts }
  const [, element, , ...options] = texts
  const list: Holds = {
    kind: 'list',
    element: element as ColumnKind | undefined,
    options: options.map((option) => option.slice(1)),
  }
  return is(list) ? list : { kind: byType[type] ?? 'text' }
}

export const wantedHolds = ({ kind, type, options, element }: Column): Holds => ({
  kind: kind ?? byType[type] ?? 'text',
  options,
  element,
})
