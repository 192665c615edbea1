// Whatever is written, the type level ends, within its time and memory, and never refuses what the checker accepts. A few
// texts in every run, the same ones; `npm run fuzz` asks for any number, others each time.

import process from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someExpression } from '../expr/arbitrary.ts'
import { schema } from '../expr/model.ts'
import { mistaken, mistyped, respelt } from './damage.ts'
import { check } from './judge.ts'
import { judge } from './native.ts'

const asked = Number(process.env.TRUTH_TYPES ?? 150)
const atOnce = 1_000

/** Pieces of expressions in any order. */
const pieces = fc.constantFrom(
  ...'open title rank parts some every user authenticated == != <= && || ! in ( ) [ ] , . => \' " ` \\ § ${ } 0 1e9 .5 null true \n \t ä 😀 // /* -- p'.split(
    ' ',
  ),
  ' ',
)
const rubble = fc.array(pieces, { minLength: 1, maxLength: 60 }).map((parts) => parts.join(''))

test(`${asked} texts of every kind`, () => {
  const any = fc.oneof(someExpression, respelt, mistaken, mistyped, rubble)
  const seed = process.env.TRUTH_TYPES === undefined ? 11 : Date.now()
  const sources = fc.sample(any, { numRuns: asked, seed })
  for (let start = 0; start < sources.length; start += atOnce) {
    const some = sources.slice(start, start + atOnce)
    const said = judge(
      schema,
      some.map((source) => ['Task', source]),
    )
    const wronged = some.filter(
      (source, index) => said[index] !== undefined && check(schema, 'Task', source).length === 0,
    )
    expect(wronged, `seed ${seed}`).toEqual([])
  }
}, 3_600_000)
