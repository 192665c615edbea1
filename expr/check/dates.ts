// Date literals: the text of a string literal that stands where a date is wanted.

import { formatDate, formatInstant, parseDate, parseInstant } from '../dates.ts'
import { badDate, dateWithoutZone } from '../messages/types.ts'
import type { Report } from '../problems.ts'
import type { TypedLiteral } from '../tree.ts'
import { dateType, datetimeType, unknownType } from '../types.ts'

/** The literal as a date or a datetime in canonical form. */
export function dateLiteral(node: TypedLiteral, report: Report): TypedLiteral {
  const text = String(node.value)
  const day = parseDate(text)
  if (day !== null) return { ...node, type: dateType, value: formatDate(day) }
  const instant = parseInstant(text)
  const canonical = instant === null ? null : formatInstant(instant)
  if (canonical !== null) return { ...node, type: datetimeType, value: canonical }
  const zoneMissing = parseInstant(`${text}Z`) !== null
  report(zoneMissing ? dateWithoutZone(text) : badDate(text), node)
  return { ...node, type: unknownType }
}
