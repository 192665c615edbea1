// What is told of a text that has a slip of the syntax. Behind the first slip nothing is where it belongs, and what seems
// to be missing may stand where it cannot be read.

import { codes, type Fault } from './codes.ts'

const aboutParts = /^T[2-5]/
/** What says that something is missing: names that are not there, keys, permissions. */
const aboutMissing = /^(?:T2002|T3|T41|T4301|T5)/

/** The faults without those that may only follow from a slip of the syntax. */
export function withoutFollowUps(faults: readonly Fault[]): readonly Fault[] {
  const slips = new Map<string, number>()
  for (const { code, at } of faults) {
    if (code.id === codes.syntax.id) slips.set(at.file, Math.min(at.start, slips.get(at.file) ?? at.start))
  }
  if (slips.size === 0) return faults
  return faults.filter(({ code: { id }, at }) => {
    if (aboutMissing.test(id)) return false
    return !aboutParts.test(id) || at.start <= (slips.get(at.file) ?? Number.POSITIVE_INFINITY)
  })
}
