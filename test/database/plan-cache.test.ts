// Plans are made once, and those that nobody asks for any more are forgotten.

import { expect, test } from 'vitest'
import { sql } from '../../expr/index.ts'
import { planCache } from '../../runtime/database/records/plan.ts'

test('what is asked for again and again is made once, however many others come', () => {
  let made = 0
  const plan = planCache(10)
  const ask = (key: string) =>
    plan(key, () => {
      made += 1
      return sql`SELECT 1`
    })
  const first = ask('first')
  for (let n = 0; n < 1_000; n += 1) {
    ask(`other ${n}`)
    if (n % 5 === 0) expect(ask('first')).toBe(first)
  }
  expect(made).toBe(1_001)
  // The last ten are there still; what came long before is not.
  for (let n = 991; n < 1_000; n += 1) ask(`other ${n}`)
  expect(made).toBe(1_001)
  ask('other 1')
  expect(made).toBe(1_002)
})
