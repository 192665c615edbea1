// Faults as diagnostics: places become lines, duplicates go, and they stand in source order.

import type { Fault, FaultFix } from './codes.ts'
import { compareDiagnostics, type Diagnostic, type DiagnosticFix, type Range, rangeFinder } from './diagnostic.ts'
import { type Place, pathText } from './node.ts'

type RangeOf = (place: Place) => Range

const fixOf = ({ message, at, text }: FaultFix, rangeOf: RangeOf): DiagnosticFix => ({
  message,
  edits: [{ file: at.file, range: rangeOf(at), text }],
})

function diagnosticOf(fault: Fault, rangeOf: RangeOf): Diagnostic {
  const related = fault.related?.map(({ message, at }) => ({ message, file: at.file, range: rangeOf(at) }))
  const suggestions = fault.fixes?.map((fix) => fixOf(fix, rangeOf))
  return {
    code: fault.code.id,
    severity: fault.severity ?? fault.code.severity,
    message: fault.message,
    path: fault.path ? pathText(fault.path) : '',
    file: fault.at.file,
    range: rangeOf(fault.at),
    ...(related && { related }),
    ...(suggestions?.length && { suggestions }),
    docs: `docs/diagnostics.md#${fault.code.id.toLowerCase()}`,
  }
}

export const faultDiagnostic = (fault: Fault, files: ReadonlyMap<string, string>): Diagnostic =>
  diagnosticOf(
    fault,
    rangeFinder((file) => files.get(file) ?? ''),
  )

const isSame = (a: Fault, b: Fault): boolean =>
  a.code.id === b.code.id && a.at.end === b.at.end && a.at.file === b.at.file && a.message === b.message

export function presentFaults(faults: readonly Fault[], files: ReadonlyMap<string, string>): Diagnostic[] {
  const rangeOf = rangeFinder((file) => files.get(file) ?? '')
  const seen = new Map<number, Fault[]>()
  const diagnostics: Diagnostic[] = []
  for (const fault of faults) {
    // A part that several places share (a constant, a spread) is reported once.
    const there = seen.get(fault.at.start)
    if (there?.some((one) => isSame(one, fault))) continue
    if (there) there.push(fault)
    else seen.set(fault.at.start, [fault])
    diagnostics.push(diagnosticOf(fault, rangeOf))
  }
  return diagnostics.sort(compareDiagnostics)
}
