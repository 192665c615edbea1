// The few values of a field on which a rule can come out differently: missing, what it is compared with, what lies on
// either side of that, and something else.

import type { ScalarFieldSchema } from '../schema.ts'
import type { TypedNode } from '../tree.ts'
import { childrenOf } from '../walk.ts'

/** The instant at which small worlds are looked at. */
export const now = '2026-06-15T12:00:00.123Z'

const days = ['2026-05-01', '2026-06-14', '2026-06-15', '2026-06-16', '2026-08-01']
const instants = ['2026-05-01T00:00:00.000Z', '2026-06-15T12:00:00.122Z', now, '2026-08-01T00:00:00.000Z']

/** Literals of each kind that count; more than that are only more of the same. */
const most = 4

export type Literals = { readonly texts: readonly string[]; readonly numbers: readonly number[] }

export function literalsIn(tree: TypedNode): Literals {
  const texts = new Set<string>()
  const numbers = new Set<number>()
  const visit = (node: TypedNode): void => {
    if (node.kind === 'literal' && typeof node.value === 'string') texts.add(node.value)
    if (node.kind === 'literal' && typeof node.value === 'number') numbers.add(node.value)
    for (const child of childrenOf(node)) visit(child)
  }
  visit(tree)
  return { texts: [...texts], numbers: [...numbers] }
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)
const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text)

function single(field: ScalarFieldSchema, { texts, numbers }: Literals): readonly unknown[] {
  switch (field.type) {
    case 'boolean':
      return [true, false]
    case 'number':
    case 'integer':
      return [0, ...numbers.slice(0, most).flatMap((one) => [one - 1, one, one + 1])]
    case 'enum': {
      const options = field.options ?? []
      const named = options.filter((option) => texts.includes(option))
      return [...named, ...options.filter((option) => !named.includes(option)).slice(0, 1)]
    }
    case 'date':
      return [...texts.filter(isDay).slice(0, most), ...days]
    case 'datetime':
      return [...texts.filter(isInstant).slice(0, most), ...instants]
    case 'json':
      return [{ a: 1 }]
    default:
      return ['', 'Other', ...texts.slice(0, most)]
  }
}

/** The values of a field to try, `null` first. */
export function valuesOf(field: ScalarFieldSchema, literals: Literals): readonly unknown[] {
  const ones = [...new Set(single(field, literals))]
  // A list holds what the column of one value would.
  if (field.many) return [null, [], ones.slice(0, 1), ones.slice(0, 3)]
  return [null, ...(field.type === 'integer' ? ones.filter(Number.isInteger) : ones)]
}
