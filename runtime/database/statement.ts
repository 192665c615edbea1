// SQL texts, read just far enough to count their parameters and to tell reads from writes. The drivers accept too few
// or too many values in silence and drop a second statement, so both are refused here.

import type { Statement } from './contract.ts'
import { DatabaseError } from './errors.ts'

// Strings, quoted names and comments are skipped whole; then what matters: parameters, semicolons, words.
const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\?\d*|[:@$][A-Za-z_]\w*|;|=|[A-Za-z_]\w*/g

const readers = new Set(['SELECT', 'WITH', 'VALUES', 'PRAGMA', 'EXPLAIN'])
const writers = new Set(['INSERT', 'UPDATE', 'DELETE'])

const wrong = (text: string, what: string): DatabaseError =>
  new DatabaseError('other', `${what} (in: ${text.slice(0, 300)})`)

/** SQLite's own limit. */
const mostParameters = 32_766

/** The same statement, of which at most one row comes. */
export const single = (of: Statement): Statement => ({ ...of, single: true })

/** The same statement, which may look at many rows. */
export const long = (of: Statement): Statement => ({ ...of, long: true })

/** The same statement, whose answer is worth keeping. */
export const kept = (of: Statement): Statement => ({ ...of, kept: true })

/** A statement ready to run. Throws DatabaseError on unnumbered parameters, a gap in the numbers, or a second statement. */
export function statement(text: string): Statement {
  const numbers = new Set<number>()
  let words = 0
  let reads = true
  let ended = false
  let first = ''
  let previous = ''
  // Of a trigger: how many of its BEGIN and CASE have not met their END; semicolons inside of it are its own.
  let isTrigger = false
  let open = 0
  for (const [found] of text.matchAll(token)) {
    if (found.startsWith('--') || found.startsWith('/*')) continue
    if (ended) throw wrong(text, 'A statement must be alone: nothing may follow its semicolon.')
    if (found === ';') ended = open === 0
    else if (found === '=') reads = reads && first !== 'PRAGMA'
    else if (found.startsWith('?')) numbers.add(parameterNumber(text, found))
    else if (/^[:@$]/.test(found)) throw wrong(text, `Parameters are numbered, so ${found} cannot be one.`)
    else if (/^\w/.test(found)) {
      const word = found.toUpperCase()
      if (words === 0) {
        first = word
        reads = readers.has(word)
      }
      if (writers.has(word) || (previous === 'REPLACE' && word === 'INTO')) reads = false
      isTrigger ||= word === 'TRIGGER' && first === 'CREATE' && (words === 1 || (words === 2 && /^TEMP/.test(previous)))
      if (isTrigger && (word === 'BEGIN' || (word === 'CASE' && open > 0))) open += 1
      if (isTrigger && word === 'END' && open > 0) open -= 1
      words += 1
      previous = word
    }
  }
  if (words === 0) throw wrong(text, 'A statement must not be empty.')
  // `PRAGMA name(value)` sets as well as `PRAGMA name = value`.
  if (first === 'PRAGMA' && text.includes('(')) reads = false
  if (open > 0) throw wrong(text, 'A trigger must have its END.')
  for (let number = 1; number <= numbers.size; number += 1) {
    if (!numbers.has(number))
      throw wrong(text, `Parameter ?${number} is missing between ?1 and ?${Math.max(...numbers)}.`)
  }
  return { text, parameters: numbers.size, reads }
}

function parameterNumber(text: string, found: string): number {
  if (found === '?') throw wrong(text, 'Parameters must be numbered: ?1, ?2 and so on.')
  const number = Number(found.slice(1))
  if (number < 1 || number > mostParameters)
    throw wrong(text, `${found} is no parameter: the numbers go from 1 to ${mostParameters}.`)
  return number
}
