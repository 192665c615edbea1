// Puts faults at places. A fault is a code and a message; its severity stands in the table of codes.

import type { Problem, Severity, Suggestion } from './codes.ts'
import type { Span } from './syntax/ast.ts'

/** What went wrong, in words, without a place. */
export type Fault = { readonly code: `T4${string}`; readonly message: string; readonly severity?: Severity }

/** Collects the problems of one expression. */
export type Report = (fault: Fault, at: Span, ...suggestions: readonly Suggestion[]) => void

/** A fault at a place. */
export function problemAt(fault: Fault, at: Span, suggestions: readonly Suggestion[] = []): Problem {
  const { code, message, severity = 'error' } = fault
  const problem = { code, severity, message, start: at.start, end: at.end }
  return suggestions.length ? { ...problem, suggestions } : problem
}

/** A fix that replaces the text at a place. */
export function replaceBy(text: string, at: Span, message = `Replace by ${text}`): Suggestion {
  return { message, start: at.start, end: at.end, text }
}

/** The fix that the nearest name is, where there is one. */
export const replaceByNear = (near: string | undefined, at: Span): readonly Suggestion[] =>
  near === undefined ? [] : [replaceBy(near, at)]

/** The same problems, of a text that begins `offset` units further on. */
export function shiftProblems(problems: readonly Problem[], offset: number): readonly Problem[] {
  const shifted = <T extends Span>(at: T): T => ({ ...at, start: at.start + offset, end: at.end + offset })
  return problems.map((problem) => {
    const moved = shifted(problem)
    return problem.suggestions ? { ...moved, suggestions: problem.suggestions.map(shifted) } : moved
  })
}

/** Whether an expression with these problems can still be used. */
export const isUsable = (problems: readonly Problem[]): boolean => !problems.some((each) => each.severity === 'error')
