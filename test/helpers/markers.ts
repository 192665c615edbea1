// Assertions that live in the fixture: a comment under a line points at the token and says what is expected there.
//
//     title: { type: 'sting' },
//     //               ^^^^^ error T2006 Unknown field type `sting`.
//
// A place that no comment can point at is written out: `// 1:1-2 error T1003 …`. Both what is missing and what is
// unexpected fail.

import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'

const written = /^\s*\/\/ (\d+):(\d+)-(\d+) (error|warning|information) (T\d{4})\s*(.*)$/
const marker = /^\s*\/\/(\s*)(\^+)\s+(error|warning|information)\s+(T\d{4})\s*(.*)$/

export type Expected = {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly severity: string
  readonly code: string
  readonly message: string
}

/** The expectations written in a text, each for the nearest line above that is no expectation itself. */
export function expectedIn(text: string): Expected[] {
  const expected: Expected[] = []
  let above = 0
  for (const [index, line] of text.split('\n').entries()) {
    const apart = written.exec(line)
    if (apart) {
      const [, at, from, to, severity = '', code = '', message = ''] = apart
      expected.push({ line: Number(at) - 1, start: Number(from) - 1, end: Number(to) - 1, severity, code, message })
      continue
    }
    const found = marker.exec(line)
    if (!found) {
      above = index
      continue
    }
    const start = line.indexOf('^')
    const [, , carets = '', severity = '', code = '', message = ''] = found
    expected.push({ line: above, start, end: start + carets.length, severity, code, message: message.trim() })
  }
  return expected
}

const place = (line: number, start: number, end: number): string => `${line + 1}:${start + 1}-${end + 1}`

/** One line for each expectation, without the message where the fixture gives none. */
export const sayExpected = (expected: readonly Expected[]): string[] =>
  expected.map(({ line, start, end, severity, code, message }) =>
    `${place(line, start, end)} ${severity} ${code} ${message}`.trim(),
  )

/** What was found, as `sayExpected` says it: messages only where one was expected. */
export function sayFound(diagnostics: readonly Diagnostic[], expected: readonly Expected[]): string[] {
  return diagnostics.map(({ range, severity, code, message }) => {
    const { start, end } = range
    const width = start.line === end.line ? end.character : start.character + 1
    const same = expected.find((one) => one.line === start.line && one.start === start.character && one.code === code)
    const said = same && same.message === '' ? '' : message
    return `${place(start.line, start.character, Math.max(width, start.character + 1))} ${severity} ${code} ${said}`.trim()
  })
}
