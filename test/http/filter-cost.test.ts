// How much a filter may ask of the database.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

let app: TestApp
let token = ''
beforeAll(async () => {
  app = await startApp(example('crm'))
  token = (await app.signUp('ann')).token
})
afterAll(() => app.close())

/** `pipeline.stages.some(a => a.pipeline.stages.some(b => …))` */
const nested = (deep: number, last: string): string =>
  Array.from('abcdef')
    .slice(0, deep)
    .reduceRight((inner, name, at) => `${'abcdef'[at - 1] ?? 'entity'}.pipeline.stages.some(${name} => ${inner})`, last)

const ask = async (filter: string, path = 'stages') => {
  const { status, body } = await app.send('GET', `/api/${path}?filter=${encodeURIComponent(filter)}`, undefined, {
    token,
  })
  return [status, body.code]
}

test.each([
  [200, undefined, nested(1, "a.name == 'x'")],
  [200, undefined, nested(2, "b.name == 'x'")],
  [400, 'filter', nested(3, "c.name == 'x'")],
  [400, 'filter', nested(5, "e.name == 'x'")],
  [400, 'filter', nested(2, 'b.pipeline.stages.length > 1')],
  [400, 'filter', `!(true || ${nested(1, `a.name == 'x' && ${nested(2, 'true')}`)})`],
  [200, undefined, Array(8).fill('pipeline.stages.length > 1').join(' || ')],
  [400, 'filter', Array(9).fill('pipeline.stages.length > 1').join(' || ')],
])('%i %s for %s', async (status, code, filter) => {
  for (const path of ['stages', 'stages/aggregate']) expect(await ask(filter, path)).toEqual([status, code])
  if (status === 400) expect(await ask(filter, 'stages/changes')).toEqual([status, code])
})
