// Regular expressions of a file: valid, and not catastrophic.

import { isSafePattern } from 'redos-detector'
import { compilePattern } from '../text-rules.ts'

type PatternFault = { readonly code: 'badPattern' | 'slowPattern'; readonly message: string }

const kept = new Map<string, PatternFault | undefined>()

function judge(pattern: string): PatternFault | undefined {
  try {
    compilePattern(pattern)
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^.*?: /, '').replace(/^\/.*\/u: /, '') : String(error)
    return { code: 'badPattern', message: `This is not a regular expression: ${reason}.` }
  }
  try {
    // The steps are the limit, since they are the same on every machine; the time is for the case that one is endless.
    const result = isSafePattern(`^(?:${pattern})$`, { unicode: true, maxScore: 200, maxSteps: 20_000, timeout: 2_000 })
    if (result.safe) return undefined
    // Backtracking that grows with the square of the input is bounded by `maxLength`; only endless growth is refused.
    if (result.error !== null && result.error !== 'hitMaxScore') return undefined
  } catch {
    // The detector does not know every construct; what it cannot read is not called slow.
    return undefined
  }
  const message = 'This pattern can take forever on some input. Do not repeat something that itself repeats.'
  return { code: 'slowPattern', message }
}

/** What is wrong with a pattern. Judging is slow (up to 50 ms), so verdicts are kept. */
export function patternFault(pattern: string): PatternFault | undefined {
  if (!kept.has(pattern)) {
    if (kept.size > 1_000) kept.clear()
    kept.set(pattern, judge(pattern))
  }
  return kept.get(pattern)
}
