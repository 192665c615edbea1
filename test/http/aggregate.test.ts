// Counts and sums, over rows and fields that the caller may read and over no others.

import { expect, test } from 'vitest'
import type { Reply } from '../helpers/app.ts'
import { describeEach } from '../helpers/databases.ts'
import { type Person, startDesk, type World } from '../helpers/desk-app.ts'

const ask = ({ app }: World, who: Person | undefined, query: string): Promise<Reply> =>
  app.send('GET', `/api/files/aggregate${query}`, undefined, { token: who?.token })

describeEach(['embedded file', 'remote'], (open) => {
  test('counts, sums and groups what the caller may read', async () => {
    const world = await startDesk(open)
    const { ann, bob, chief, folder, app } = world
    await app.send('POST', '/api/files', { title: 'Loft', pages: 7, day: '2026-03-01' }, bob)
    const all = '?sum=pages&avg=pages&min=title,day&max=pages'
    expect((await ask(world, ann, all)).body).toEqual({
      data: [
        {
          count: 2,
          sum: { pages: 123 },
          avg: { pages: 61.5 },
          min: { title: 'Cellar', day: null },
          max: { pages: 120 },
        },
      ],
    })
    expect((await ask(world, chief, all)).body.data[0]).toMatchObject({
      count: 3,
      sum: { pages: 130 },
      min: { day: '2026-03-01' },
    })
    expect((await ask(world, chief, '?group=folder,closed&max=pages')).body.data).toEqual([
      { group: { folder: null, closed: false }, count: 1, max: { pages: 7 } },
      { group: { folder, closed: false }, count: 2, max: { pages: 120 } },
    ])
    expect((await ask(world, ann, '?filter=pages > 5&title=Roof')).body).toEqual({ data: [{ count: 1 }] })
    expect((await ask(world, bob, '?title=Cellar&sum=pages')).body).toEqual({ data: [{ count: 0, sum: { pages: 0 } }] })
    expect((await ask(world, chief, '?sum=budget')).body.data[0].sum).toEqual({ budget: 900 })
  })

  test('large sums do not overflow', async () => {
    const world = await startDesk(open)
    const largest = Number.MAX_SAFE_INTEGER
    await world.app.database.script([
      `INSERT INTO "File" ("id", "title", "pages", "author", "closed", "createdAt", "updatedAt") WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT 'big' || i, 'big', ${largest}, '${world.ann.id}', 0, '', '' FROM n`,
    ])
    const { body } = await ask(world, world.ann, '?title=big&sum=pages')
    expect(body.data[0].sum.pages / (largest * 2000)).toBeCloseTo(1, 12)
  })
})

test('names that the caller may not name, and what cannot be taken of a field', async () => {
  const world = await startDesk()
  const { ann } = world
  const told = async (query: string): Promise<string> => {
    const { status, body } = await ask(world, ann, query)
    expect(status).toBe(400)
    return body.detail
  }
  for (const parameter of ['group', 'sum', 'avg', 'min', 'max']) {
    const hidden = await told(`?${parameter}=budget`)
    expect(hidden.replace('budget', 'it')).toBe((await told(`?${parameter}=nothing`)).replace('nothing', 'it'))
  }
  expect(await told('?budget=900')).toContain('no field `budget`')
  expect(await told('?sum=title')).toContain('cannot be taken')
  expect(await told('?group=readers')).toContain('cannot be taken')
  expect(await told('?sort=title')).toContain('no field `sort`')
  expect(await told('?group=title,pages,day,closed,folder')).toContain('at most 4')
  expect((await ask(world, undefined, '')).body).toEqual({ data: [{ count: 0 }] })
  expect((await world.app.send('DELETE', '/api/files/aggregate', undefined, ann)).status).toBe(405)
  await world.app.close()
})

test('too many groups are a 400, not a part of them', async () => {
  const world = await startDesk()
  await world.app.database.script([
    `INSERT INTO "File" ("id", "title", "pages", "author", "closed", "createdAt", "updatedAt") WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) SELECT 'many' || i, 'many', i, '${world.ann.id}', 0, '', '' FROM n`,
  ])
  expect((await ask(world, world.ann, '?title=many&group=pages')).status).toBe(400)
  expect((await ask(world, world.ann, '?title=many&group=pages&filter=pages <= 1000')).body.data).toHaveLength(1000)
  await world.app.close()
})
