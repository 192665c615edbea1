// The blog example: public reading, drafts, comments that depend on their post.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { example, startApp, type TestApp } from '../helpers/app.ts'

type Person = { readonly id: string; readonly token: string }

let app: TestApp
let author: Person
let reader: Person
let draft: string
let post: string

beforeAll(async () => {
  app = await startApp(example('blog'))
  author = await app.signUp('Author')
  await app.set('User', author.id, { role: 'author' })
  reader = await app.signUp('Reader')
  const tag = await app.send('POST', '/api/tags', { name: 'news' }, author)
  const make = async (slug: string) =>
    (await app.send('POST', '/api/posts', { title: slug, slug, body: 'text', tags: [tag.body.id] }, author)).body.id
  draft = await make('a-draft')
  post = await make('a-post')
  await app.send('POST', `/api/posts/${post}/publish`, undefined, author)
}, 60_000)
afterAll(() => app.close())

const nobody = {}

describe('posts', () => {
  test('everybody reads what is published and nothing else', async () => {
    for (const who of [nobody, reader]) {
      const { body } = await app.send('GET', '/api/posts', undefined, who)
      expect(body.data.map((row: { slug: string }) => row.slug)).toEqual(['a-post'])
      expect((await app.send('GET', `/api/posts/${draft}`, undefined, who)).status).toBe(404)
    }
    expect((await app.send('GET', '/api/posts', undefined, author)).body.data).toHaveLength(2)
  })

  test('are published by their author, once', async () => {
    const { body } = await app.send('GET', `/api/posts/${post}`)
    expect(body).toMatchObject({ status: 'published', isFresh: true })
    expect(body.tags).toHaveLength(1)
    expect((await app.send('POST', `/api/posts/${post}/publish`, undefined, author)).status).toBe(403)
    expect((await app.send('POST', `/api/posts/${draft}/publish`, undefined, reader)).status).toBe(404)
    expect((await app.send('POST', `/api/posts/${post}/withdraw`)).status).toBe(401)
  })

  test('cannot be published by setting the field', async () => {
    const { status, body } = await app.send('PATCH', `/api/posts/${draft}`, { status: 'published' }, author)
    expect(status).toBe(422)
    expect(body.errors[0]).toMatchObject({ path: 'status', code: 'readonly' })
  })

  test('readers do not write them', async () => {
    expect((await app.send('POST', '/api/posts', { title: 'x', slug: 'x', body: 'x' }, reader)).status).toBe(403)
    expect((await app.send('POST', '/api/posts', { title: 'x', slug: 'x', body: 'x' })).status).toBe(401)
  })
})

describe('comments', () => {
  test('belong on published posts', async () => {
    const write = async (on: string, who: object) =>
      (await app.send('POST', '/api/comments', { post: on, body: 'hello' }, who)).status
    expect(await write(post, reader)).toBe(201)
    expect(await write(post, nobody)).toBe(401)
    expect(await write(draft, reader)).toBe(422)
    expect(await write(draft, author)).toBe(403)
  })

  test('that the post’s author hides are gone for the others', async () => {
    const { body } = await app.send('GET', '/api/comments')
    const [comment] = body.data
    expect((await app.send('POST', `/api/comments/${comment.id}/hide`, undefined, reader)).status).toBe(403)
    expect((await app.send('POST', `/api/comments/${comment.id}/hide`, undefined, author)).status).toBe(200)
    expect((await app.send('GET', '/api/comments')).body.data).toEqual([])
    expect((await app.send('GET', '/api/comments', undefined, reader)).body.data).toHaveLength(1)
  })

  test('a post cannot be taken from under them', async () => {
    const { status, body } = await app.send('PATCH', `/api/comments/x`, { post: draft }, reader)
    expect(status).toBe(404)
    const own = await app.send('GET', '/api/comments', undefined, reader)
    const moved = await app.send('PATCH', `/api/comments/${own.body.data[0].id}`, { post: draft }, reader)
    expect(body.code).toBe('not-found')
    expect([moved.status, moved.body.code]).toEqual([403, 'forbidden'])
  })

  test('are replaced without the post that they cannot leave', async () => {
    const own = await app.send('GET', '/api/comments', undefined, reader)
    const [{ id, post: on }] = own.body.data
    await app.set('Comment', id, { hidden: 0 })
    const replaced = await app.send('PUT', `/api/comments/${id}`, { body: 'hello again' }, reader)
    expect(replaced.status).toBe(200)
    expect(replaced.body).toMatchObject({ body: 'hello again', post: on })
    expect((await app.send('PUT', `/api/comments/${id}`, { body: 'x', post: on }, reader)).status).toBe(422)
  })
})

test('people’s addresses are theirs', async () => {
  const { body } = await app.send('GET', '/api/users', undefined, reader)
  const emails = body.data.map((row: { email?: string }) => row.email)
  expect(emails.sort()).toEqual(['reader@example.com', undefined])
  expect((await app.send('GET', '/api/users?sort=email')).status).toBe(400)
})

test.each(['/', '/latest', '/calendar', '/posts', '/tags', '/comments'])(
  'the page %s is there for everybody',
  async (path) => {
    const { status, text } = await app.send('GET', path)
    expect(path === '/' ? status === 303 : status === 200 && text.includes('Field notes')).toBe(true)
  },
)
