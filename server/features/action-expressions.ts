// Fixes inside texts of the expression language.

import { expressionFixes } from '../../expr/editor/fixes.ts'
import { queryFixes } from '../../expr/editor/query-words.ts'
import { usesInQuery } from '../../expr/editor/uses-text.ts'
import type { Problem, Suggestion } from '../../expr/index.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { placeInString, writtenIn } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { pathText } from '../../runtime/truth/node.ts'
import type { Action } from './action.ts'
import { problemsOf } from './problems.ts'
import type { Span } from './span.ts'

/** Those of a diagnostic that stands in such a text; undefined for others, and for those that bring all their fixes. */
export function expressionActions(
  { sites }: Analysis,
  diagnostic: Diagnostic,
  { start }: Span,
): readonly Action[] | undefined {
  const { code, path, message } = diagnostic
  if (!/^T4(?:0|1|3)/.test(code)) return undefined
  const site = siteOf(sites, path)
  const problem =
    site &&
    problemsOf(site).find(
      (one) =>
        one.code === code && one.message === message && placeInString(site.node, one.start, one.end).start === start,
    )
  if (!site || !problem) return undefined
  const { node } = site
  const fixes = fixesOf(site, problem).filter((fix) => !joins(site, fix))
  return fixes.map((fix) => ({
    title: fix.message,
    kind: 'quickfix',
    diagnostic,
    edits: [{ place: placeInString(node, fix.start, fix.end), text: writtenIn(node, fix.start, fix.text) }],
  }))
}

/** Whether a comparison would be put beside an operator, as where `role == admin` asks for a role. */
function joins(site: Site, { start, end, text }: Suggestion): boolean {
  if (!/ [!=]= /.test(text)) return false
  const { value } = site.node
  const codes = new Set(problemsOf(site).map(({ code }) => code))
  const mended = value.slice(0, start) + text + value.slice(end)
  return problemsOf(site, site.scope.schema, mended).some(({ code }) => /^T40/.test(code) && !codes.has(code))
}

function fixesOf({ kind, node, scope }: Site, problem: Problem): readonly Suggestion[] {
  if (kind !== 'query') return expressionFixes(node.value, scope, problem)
  const words = problem.suggestions ? [] : queryFixes(node.value, problem.code, problem)
  if (words.length > 0) return words
  const entity = usesInQuery(node.value, scope.schema).entity?.entity
  return expressionFixes(node.value, { ...scope, ...(entity !== undefined && { entity }) }, problem)
}

const kept = new WeakMap<readonly Site[], ReadonlyMap<string, Site>>()

/** PERF: “fix all” asks for every fault of a file. */
function siteOf(sites: readonly Site[], path: string): Site | undefined {
  const known = kept.get(sites) ?? new Map(sites.map((site) => [pathText(site.path), site]))
  kept.set(sites, known)
  return known.get(path)
}
