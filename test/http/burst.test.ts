// Many writers at once, over sockets: none fails, none is lost.

import { expect, test } from 'vitest'
import { listen } from '../../runtime/http/listen.ts'
import { example, startApp } from '../helpers/app.ts'

const writers = 500

test(`${writers} create at once`, async () => {
  const app = await startApp(example('tasks'))
  const server = await listen({ service: () => app.service }, '127.0.0.1', 0)
  try {
    const { token } = await app.signUp('Ann')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const create = async (index: number) => {
      const body = JSON.stringify({ title: `Task ${index}` })
      const response = await fetch(`${server.address}/api/tasks`, { method: 'POST', headers, body })
      return [response.status, ((await response.json()) as { readonly id: string }).id] as const
    }
    const made = await Promise.all(Array.from({ length: writers }, (_, index) => create(index)))
    expect(made.filter(([status]) => status !== 201)).toEqual([])
    const { text } = await app.send('GET', '/api/tasks?fields=title', undefined, {
      token,
      headers: { accept: 'application/x-ndjson' },
    })
    const stored = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; title: string })
    expect(stored.map(({ id }) => id).toSorted()).toEqual(made.map(([, id]) => id).toSorted())
    expect(new Set(stored.map(({ title }) => title)).size).toBe(writers)
  } finally {
    await server.stop()
    await app.close()
  }
}, 60_000)
