// The declarations that `truth types` writes say of rows what the literal app says.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { typesText } from '../../runtime/generate/types.ts'
import { appFrom, example } from '../helpers/app.ts'

const root = new URL('../../', import.meta.url).pathname

test('of the tasks example', async () => {
  const text = typesText(await appFrom(example('tasks')))
  expect(text).toContain(`export interface Task {
  readonly id: string
  readonly title: string
  readonly status: "todo" | "doing" | "done" | "archived" | null
  readonly dueDate: string | null
  readonly assignee: string | null
  readonly createdBy: string
  readonly createdAt: string
  readonly updatedAt: string
}`)
  expect(text).toContain(`export interface TaskCreate {
  readonly title: string
  readonly status?: "todo" | "doing" | "done" | "archived" | null`)
  expect(text).toContain(`export interface TaskBehaviors {
  readonly complete: Record<string, never>
}`)
})

test('a replacement asks for what is required and has no rule of its own', async () => {
  const text = typesText(
    await appFrom(`export default { name: 'Shop', entities: {
      User: { fields: { email: 'string' }, permissions: { read: 'authenticated' } },
      Thing: {
        fields: {
          name: { type: 'string', required: true },
          price: { type: 'number', required: true, update: 'authenticated' },
          code: { type: 'string', required: true, immutable: true },
          count: { type: 'integer', required: true, default: 0 },
          note: 'text',
        },
        permissions: { read: true, update: 'authenticated' },
      },
      Note: { fields: { text: 'text' }, permissions: { read: true } },
    } }`),
  )
  expect(text).toContain(`replace: ThingUpdate & Required<Pick<ThingUpdate, 'name'>>;`)
  expect(text).toContain('replace: NoteUpdate;')
})

test('compile, and type the client', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  try {
    writeFileSync(join(folder, 'app.types.ts'), typesText(await appFrom(example('blog'))))
    writeFileSync(
      join(folder, 'use.ts'),
      `import { createClient } from 'truthfile/client'
import type { App, Post, PostCreate } from './app.types.ts'
const client = createClient<App>('http://127.0.0.1:1')
export const made: Promise<Post> = client.Post.create({ title: 'a', slug: 'a', body: 'b' })
export const tags: readonly string[] | null = (await client.Post.get('x')).tags
export const hidden: string | undefined = (await client.User.get('x')).email
const post = await client.Post.get('x', { expand: ['comments.author', 'tags'] })
export const name: string | null | undefined = post.comments[0]?.author?.name
export const tag: string | undefined = post.tags[0]?.id
// @ts-expect-error no relation
client.Post.list({ expand: ['title'] })
export const done: Promise<Post> = client.Post.do('x', 'publish')
// @ts-expect-error \`status\` is read-only
export const values: PostCreate = { title: 'a', slug: 'a', body: 'b', status: 'draft' }
// @ts-expect-error \`posts\` is set on the posts
client.Tag.create({ name: 'a', posts: [] })
// @ts-expect-error there is no such behavior
client.Post.do('x', 'print')
const part = await client.Post.get('x', { fields: ['title'], can: true })
export const may: [string, boolean] = [part.title, part._can.publish]
// @ts-expect-error it was not asked for
part.body
const groups = await client.Post.aggregate({ group: ['status'], max: ['title'] })
export const most: string | null | undefined = groups[0]?.max.title
// @ts-expect-error \`title\` is required
client.Post.replace('x', { body: 'b' })
for await (const { title } of client.Post.export()) ((text: string) => text)(title)
for await (const change of client.Post.changes()) if (change.event === 'created') ((text: string) => text)(change.data.title)
const [tagMade, nothing] = await client.batch((b) => [b.Tag.create({ name: 'a' }), b.Post.delete('x')])
export const names: [string, void] = [tagMade.name, nothing]
// @ts-expect-error a stream has no place in a batch
client.batch((b) => [b.Post.changes()])
`,
    )
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2023', 'dom'],
          types: [],
          skipLibCheck: true,
          allowImportingTsExtensions: true,
          paths: { 'truthfile/client': [join(root, 'runtime/client.ts')] },
        },
        include: ['use.ts'],
      }),
    )
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const run = () =>
      execFileSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder], {
        encoding: 'utf8',
      })
    expect(run()).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
