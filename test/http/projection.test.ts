// How rows are written: `expand`, `fields`, `can`. Each hop through its own permission, all of it in one statement.

import { describe, expect, test } from 'vitest'
import type { Reply } from '../helpers/app.ts'
import { describeEach } from '../helpers/databases.ts'
import { type Person, startDesk, type World } from '../helpers/desk-app.ts'

describeEach(['embedded file', 'remote'], (open) => {
  const start = (): Promise<World> => startDesk(open)
  const get = ({ app }: World, who: Person, path: string): Promise<Reply> =>
    app.send('GET', `/api/${path}`, undefined, who)

  test('expand writes the row that a relation leads to, as its reader sees it', async () => {
    const world = await start()
    const { ann, bob, chief, file, folder } = world
    const mine = (await get(world, ann, `files/${file}?expand=folder.keeper,author,readers`)).body
    expect(mine).toMatchObject({
      id: file,
      folder: { id: folder, name: 'Plans', keeper: { id: ann.id, name: 'Ann', email: 'ann@example.com' } },
      author: { id: ann.id, email: 'ann@example.com' },
      readers: [{ id: bob.id, name: 'Bob' }],
    })
    expect(mine.folder).not.toHaveProperty('secretCode')
    expect(mine.readers[0]).not.toHaveProperty('email')
    // Bob may read the file, but not its folder, and not Ann's address.
    const seen = (await get(world, bob, `files/${file}?expand=folder.keeper,author`)).body
    expect(seen).toMatchObject({ folder: null, author: { id: ann.id, name: 'Ann' } })
    expect(seen.author).not.toHaveProperty('email')
    expect((await get(world, chief, `files/${file}?expand=folder`)).body.folder).toMatchObject({ name: 'Plans' })
  })

  test('expand writes the rows of a relation to many, without those that may not be read', async () => {
    const world = await start()
    const { ann, chief, folder, file, app, bob } = world
    const theirs = await app.send('POST', '/api/files', { title: 'Other', readers: [ann.id] }, bob)
    const hidden = await app.send('POST', '/api/files', { title: 'Hidden' }, bob)
    for (const { body } of [theirs, hidden]) await app.set('File', body.id, { folder })
    const titles = async (who: Person): Promise<string[]> =>
      (await get(world, who, `folders/${folder}?expand=files.author`)).body.files.map(
        (one: { title: string }) => one.title,
      )
    expect(await titles(ann)).toEqual(['Roof', 'Cellar', 'Other'])
    expect(await titles(chief)).toEqual(['Roof', 'Cellar', 'Other', 'Hidden'])
    const empty = await app.send('POST', '/api/folders', { name: 'Empty' }, ann)
    expect((await get(world, ann, `folders/${empty.body.id}?expand=files`)).body.files).toEqual([])
    expect((await get(world, bob, `files/${theirs.body.id}?expand=readers`)).body.readers).toMatchObject([
      { id: ann.id },
    ])
    expect((await get(world, bob, `files/${file}?expand=folder.files`)).body.folder).toBe(null)
  })

  test('a list comes in one statement, whatever is expanded', async () => {
    const world = await start()
    const { app, ann, folder } = world
    const send = (index: number) => app.send('POST', '/api/files', { title: `File ${index}`, folder }, ann)
    for (let index = 0; index < 30; index += 1) await send(index)
    let count = 0
    const { query } = app.database
    Object.assign(app.database, {
      query: (...given: Parameters<typeof query>) => {
        count += 1
        return query(...given)
      },
    })
    await get(world, ann, 'files?limit=1')
    const plain = count
    count = 0
    const { body } = await get(world, ann, 'files?limit=30&expand=folder.keeper,author,readers&can=true')
    expect(body.data).toHaveLength(30)
    expect(count).toBe(plain)
  })

  test('fields writes those alone, beside the id; pages go on by what is not written', async () => {
    const world = await start()
    const { ann, file } = world
    expect((await get(world, ann, `files/${file}?fields=title,isLong`)).body).toEqual({
      id: file,
      title: 'Roof',
      isLong: true,
    })
    expect((await get(world, ann, `files/${file}?fields=`)).body).toEqual({ id: file })
    const first = (await get(world, ann, 'files?fields=title&sort=-pages,folder&expand=folder&limit=1')).body
    expect(first.data).toEqual([{ id: file, title: 'Roof', folder: expect.objectContaining({ name: 'Plans' }) }])
    const second = (await get(world, ann, `files?fields=title&sort=-pages,folder&limit=1&after=${first.page.next}`))
      .body
    expect(second.data).toMatchObject([{ title: 'Cellar' }])
    expect(second.page.next).toBe(null)
  })

  test('can tells what this caller may do', async () => {
    const world = await start()
    const { ann, bob, file, app } = world
    const can = async (who: Person): Promise<unknown> => (await get(world, who, `files/${file}?can=true`)).body._can
    expect(await can(ann)).toEqual({ update: true, delete: true, close: true, stamp: true })
    expect(await can(bob)).toEqual({ update: false, delete: false, close: false, stamp: false })
    await app.send('POST', `/api/files/${file}/close`, {}, ann)
    expect(await can(ann)).toEqual({ update: false, delete: true, close: false, stamp: true })
    const { body } = await get(world, bob, 'files?can=true&fields=title')
    expect(body.data).toEqual([
      { id: file, title: 'Roof', _can: { update: false, delete: false, close: false, stamp: false } },
    ])
  })
})

describe('names that may not be named are refused with the same words as names that are not there', () => {
  test.each(['fields', 'expand', 'sort', 'filter'])('%s', async (parameter) => {
    const { app, bob, file } = await startDesk()
    const told = async (path: string, name: string): Promise<string> => {
      const { status, body } = await app.send('GET', `/api/${path}`, undefined, bob)
      expect(status).toBe(400)
      return body.detail.replaceAll(name, 'it')
    }
    for (const path of parameter === 'sort' || parameter === 'filter' ? ['files'] : ['files', `files/${file}`]) {
      const ask = (name: string): string => `${path}?${parameter}=${name}${parameter === 'filter' ? ' == 1' : ''}`
      const missing = await told(ask('nothing'), 'nothing')
      if (parameter !== 'filter') expect(await told(ask('budget'), 'budget')).toBe(missing)
      else expect((await told(ask('budget'), 'budget')).length).toBeGreaterThan(0)
    }
    await app.close()
  })

  test.each([
    ['expand=title', 'no relation'],
    ['expand=author.nothing', 'no field `nothing`'],
    ['expand=folder.secretCode', 'no field `secretCode`'],
    ['expand=readers,folder.files.readers', 'at most one relation to many'],
    ['expand=folder.files.folder.files', 'at most 3 names'],
    [`expand=${Array(11).fill('author').join()}`, 'at most 10 paths'],
    ['can=maybe', '`can` is true or false'],
    ['fields=__proto__', 'no field `__proto__`'],
  ])('%s', async (query, words) => {
    const { app, ann, file } = await startDesk()
    for (const path of ['files', `files/${file}`]) {
      const { status, body } = await app.send('GET', `/api/${path}?${query}`, undefined, ann)
      expect([status, body.detail]).toEqual([400, expect.stringContaining(words)])
    }
    await app.close()
  })
})
