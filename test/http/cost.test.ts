// What a list costs: nothing for somebody who may read nothing, and no permission for somebody who may read everything.

import { expect, test } from 'vitest'
import { openDatabase } from '../../runtime/database/database.ts'
import { startApp } from '../helpers/app.ts'

const source = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Cost',
  entities: {
    User: {
      fields: { email: { type: 'string' }, name: 'string', role: { type: 'enum', options: ['admin', 'user'], default: 'user', update: false } },
      permissions: { read: 'authenticated' },
    },
    Note: {
      fields: { text: 'string', owner: { type: 'relation', to: 'User', default: 'user' } },
      permissions: { create: 'authenticated', read: "user.role == 'admin' || owner && user.name != 'Mute'" },
    },
  },
})
`

test('a list', async () => {
  const read: string[] = []
  const app = await startApp(source, async () => {
    const database = await openDatabase({ url: ':memory:', durability: 'normal' })
    const query: typeof database.query = (statement, values) => {
      if (statement.text.includes('FROM "Note"')) read.push(statement.text)
      return database.query(statement, values)
    }
    return { ...database, query }
  })
  try {
    const people: Record<string, { id: string; token: string }> = {}
    for (const name of ['Ann', 'Mute', 'Root']) people[name] = await app.signUp(name)
    await app.set('User', people.Root!.id, { role: 'admin' })
    await app.send('POST', '/api/notes', { text: 'a' }, people.Ann)
    const list = async (name: string): Promise<number> => {
      read.length = 0
      return (await app.send('GET', '/api/notes?count=true', undefined, people[name])).body.data.length
    }
    expect(await list('Mute')).toBe(0)
    expect(read).toEqual([])
    expect(await list('Ann')).toBe(1)
    expect(read.every((text) => text.includes('"Note"."owner" ='))).toBe(true)
    expect(await list('Root')).toBe(1)
    expect(read).toHaveLength(2)
    expect(read.some((text) => text.includes('"Note"."owner" ='))).toBe(false)
  } finally {
    await app.close()
  }
})
