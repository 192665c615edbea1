// What is under the cursor: the names of the app there, and the expression with the word in it.

import { type Use, usesIn } from '../../expr/editor/uses.ts'
import { usesInQuery, usesInTemplate } from '../../expr/editor/uses-text.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import { offsetInString } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import type { Place } from '../../runtime/truth/node.ts'
import { type Occurrence, occurrencesIn } from '../occurrences.ts'

const holds = (place: Place, file: string, offset: number): boolean =>
  place.file === file && place.start <= offset && offset <= place.end

/** The occurrences at an offset; several where a constant serves several entities. */
export function occurrencesAt(analysis: Analysis, file: string, offset: number): readonly Occurrence[] {
  return occurrencesIn(analysis).filter(({ place }) => holds(place, file, offset))
}

/** The expression at an offset; the first one where several places share its text. */
export function siteAt(analysis: Analysis, file: string, offset: number): { site: Site; at: number } | undefined {
  for (const site of analysis.sites) {
    const at = offsetInString(site.node, file, offset)
    if (at !== undefined) return { site, at }
  }
  return undefined
}

export function usesOf({ kind, node, scope }: Site): readonly Use[] {
  if (kind === 'query') return usesInQuery(node.value, scope.schema).uses
  return kind === 'template' ? usesInTemplate(node.value, scope) : usesIn(node.value, scope)
}

/** The word of an expression at an offset of its text. */
export const useAt = (site: Site, at: number): Use | undefined =>
  usesOf(site).findLast(({ start, end }) => start <= at && at <= end)
