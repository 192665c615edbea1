// What can be told of a field over many rows, and of which fields.

import type { Field } from './app.ts'

/** What a metric shows of its rows, instead of how many there are. */
export const measures = ['sum', 'avg', 'min', 'max'] as const
export type Measured = (typeof measures)[number]

const isNumber = ({ type, many }: Field): boolean => !many && (type === 'number' || type === 'integer')
const isOrdered = ({ type, many }: Field): boolean => !many && !['json', 'boolean', 'relation'].includes(type)

/** Whether a field suits a measure. */
export const suits: Readonly<Record<Measured, (field: Field) => boolean>> = {
  sum: isNumber,
  avg: isNumber,
  min: isOrdered,
  max: isOrdered,
}
