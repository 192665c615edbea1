// Fixes that the checker does not suggest itself, since whoever only compiles expressions has no use for them.

import type { Problem, Suggestion } from '../codes.ts'
import { replaceBy } from '../problems.ts'
import { ownerOf, type Scope } from '../scope.ts'

/** The fixes of a problem of an expression, those that it brings along included. */
export function expressionFixes(source: string, scope: Scope, problem: Problem): readonly Suggestion[] {
  const { code, suggestions = [] } = problem
  if (code === 'T4103' && suggestions.length === 0) return methodFixes(source, problem)
  if (code !== 'T4101') return suggestions
  const rest = source.slice(problem.start)
  const called = /^(?:Date\s*\.\s*now|new\s+Date)\s*\(\s*\)/.exec(rest)?.[0]
  if (called) return [replaceBy('now()', { start: problem.start, end: problem.start + called.length })]
  if (/^(?:Date|Math|new)\b/.test(rest)) return []
  const { entity, schema } = scope
  return suggestions.filter(({ text }) => {
    if (text === 'owner') return entity !== undefined && ownerOf(schema, entity) !== undefined
    return entity !== undefined || !/^(?:entity|next|previous)$/.test(text)
  })
}

/** A method of another name, one that is not called, and a property that is. */
function methodFixes(source: string, { start, end, message }: Problem): readonly Suggestion[] {
  const name = source.slice(start, end)
  const near = /Did you mean `(\w+)`\?$/.exec(message)?.[1]
  if (near) return [replaceBy(near, { start, end })]
  const call = /^\s*\(\s*\)/.exec(source.slice(end))?.[0]
  if (name === 'length' && call) return [replaceBy(name, { start, end: end + call.length })]
  return !call && /^(?:toLowerCase|toUpperCase|trim)$/.test(name) ? [replaceBy(`${name}()`, { start, end })] : []
}
