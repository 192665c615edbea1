// The OpenAPI document says of an app what is true of it, in the form that the standard asks for.

import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { formatSchemas } from '../../runtime/generate/openapi/value.ts'
import { openApi } from '../../runtime/generate/openapi.ts'
import { formatRules } from '../../runtime/truth/text-rules.ts'
import { appFrom, example } from '../helpers/app.ts'

// biome-ignore lint/suspicious/noExplicitAny: the document is whatever the test says it is.
const documentOf = async (source: string): Promise<any> => openApi(await appFrom(source))

type Operation = { readonly operationId: string; readonly parameters?: readonly { in: string; name: string }[] }

const operationsOf = (document: { paths: object }): readonly (readonly [path: string, Operation])[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods as { [method: string]: Operation }).map((operation) => [path, operation] as const),
  )

const withUser = (entities: string): string => `import { defineApp } from 'truthfile'
export default defineApp({ name: 'Test', entities: {
  User: { fields: { email: { type: 'string', required: true, unique: true, format: 'email' } }, permissions: { read: 'authenticated' } },
  ${entities}
} })
`

describe.each(['tasks', 'blog', 'crm'])('of the %s example', (name) => {
  test('is OpenAPI 3.1, in which every reference leads somewhere', async () => {
    const checked = await new Validator().validate(structuredClone(await documentOf(example(name))))
    expect(checked).toEqual({ valid: true })
  })

  test('names every operation once, and declares what its path holds', async () => {
    const operations = operationsOf(await documentOf(example(name)))
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [path, { parameters = [] }] of operations) {
      const declared = parameters.filter((one) => one.in === 'path').map((one) => `{${one.name}}`)
      expect(declared, path).toEqual(path.match(/\{\w+\}/g) ?? [])
      const places = parameters.map((one) => `${one.in} ${one.name}`)
      expect(new Set(places).size, path).toBe(places.length)
    }
  })

  test('is the same each time', async () => {
    expect(JSON.stringify(await documentOf(example(name)))).toBe(JSON.stringify(await documentOf(example(name))))
  })
})

describe('schemas', () => {
  test('of what is sent, created, replaced and changed', async () => {
    const { schemas } = (await documentOf(example('tasks'))).components
    expect(Object.keys(schemas).filter((name) => name.startsWith('Task'))).toEqual(['Task', 'TaskCreate', 'TaskUpdate'])
    expect(schemas.Task.properties).toMatchObject({
      status: { type: ['string', 'null'], enum: ['todo', 'doing', 'done', 'archived', null] },
      dueDate: { type: ['string', 'null'], format: 'date' },
      createdBy: { type: 'string' },
      createdAt: { type: 'string', format: 'date-time' },
    })
    expect(schemas.TaskCreate).toMatchObject({
      properties: { title: { type: 'string', maxLength: 200 }, status: { default: 'todo' } },
      required: ['title'],
      additionalProperties: false,
    })
    expect(schemas.TaskCreate.properties).not.toHaveProperty('id')
    expect(schemas.TaskUpdate).not.toHaveProperty('required')
    expect(schemas.TaskUpdate.properties.status).not.toHaveProperty('default')
    expect(schemas.SignUp.required).toEqual(['email', 'name', 'password'])
    expect(schemas.SignUp.properties).not.toHaveProperty('role')
  })

  test('hold no secret that is sent, and take those that are given', async () => {
    const { schemas } = (await documentOf(example('crm'))).components
    expect(schemas.ApiKey.properties).not.toHaveProperty('key')
    expect(schemas.ApiKeyCreate.properties.key).toMatchObject({ writeOnly: true, minLength: 16 })
    expect(schemas.ApiKeyCreate.required).toEqual(['name', 'key'])
  })

  test('do not promise what a rule may leave out, and say which rule', async () => {
    const { schemas } = (await documentOf(example('crm'))).components
    expect(schemas.Deal.required).toContain('value')
    expect(schemas.Deal.required).not.toContain('margin')
    expect(schemas.Deal.properties.margin.description).toBe(
      "Left out unless the user is the row’s agent, or the user’s role is manager or admin (`owner || user.role in ['manager', 'admin']`).",
    )
  })

  test('know the two sides of a relation, computed values and input', async () => {
    const { schemas } = (await documentOf(example('crm'))).components
    expect(schemas.Company.properties).not.toHaveProperty('deals')
    expect(schemas.Contact.properties.deals).toMatchObject({ type: 'array', items: { type: 'string' } })
    expect(schemas.ContactCreate.properties).not.toHaveProperty('deals')
    expect(schemas.Deal.properties.isLate).toMatchObject({ type: ['boolean', 'null'], readOnly: true })
    expect(schemas.DealLoseInput.required).toEqual(['reason'])
    expect(schemas.MembershipReplace.properties).not.toHaveProperty('team')
    expect(schemas.ProductCreate.properties.code.pattern).toBe('^(?:[A-Z]{2}-[0-9]{4})$')
  })

  test('keep their names apart from those of entities', async () => {
    const document = await documentOf(
      withUser(`Task: { fields: { a: 'string' }, permissions: { create: 'authenticated', read: 'authenticated' } },
      TaskCreate: { fields: { b: 'string' }, permissions: { read: 'authenticated' } },
      Problem: { fields: { c: 'string' }, permissions: { read: 'authenticated' } }`),
    )
    const { schemas } = document.components
    expect(schemas.TaskCreate.properties).toHaveProperty('b')
    expect(schemas.TaskCreate2.properties).toHaveProperty('a')
    expect(schemas.Problem2.properties).toHaveProperty('correlationId')
    expect(document.paths['/api/tasks'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/TaskCreate2',
    })
  })
})

describe('operations', () => {
  test('that nobody may do are left out', async () => {
    const { paths, components } = await documentOf(
      withUser(`Note: { fields: { a: 'string' }, permissions: { read: 'authenticated', update: false },
        behaviors: { sign: { set: { a: 'x' }, requires: 'authenticated' } } },
      Hidden: { fields: { a: 'string' }, permissions: { create: 'authenticated', update: 'authenticated' } }`),
    )
    expect(Object.keys(paths).filter((path) => /note|hidden/.test(path))).toEqual([
      '/api/notes',
      '/api/notes/aggregate',
      '/api/notes/changes',
      '/api/notes/{id}',
      '/api/notes/{id}/sign',
      '/api/hiddens',
    ])
    expect(Object.keys(paths['/api/notes'])).toEqual(['get'])
    expect(Object.keys(paths['/api/notes/{id}'])).toEqual(['get'])
    expect(Object.keys(paths['/api/hiddens'])).toEqual(['post'])
    expect(paths['/api/hiddens'].post.responses[201].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/RowId',
    })
    expect(components.schemas).not.toHaveProperty('NoteUpdate')
  })

  test('say in words who may do them, and who must sign in', async () => {
    const { paths } = await documentOf(example('blog'))
    expect(paths['/api/posts/{id}'].delete.description).toBe(
      "Allowed where (the user is the row’s author and the row’s status is draft), or the user’s role is editor (`owner && status == 'draft' || user.role == 'editor'`).",
    )
    expect(paths['/api/posts/{id}'].delete.security).not.toContainEqual({})
    expect(paths['/api/posts'].get.security).toContainEqual({})
    expect(paths['/api/tags'].get.description).toMatch(/^Everybody may do this\./)
    expect(paths['/api/tags'].get.responses).not.toHaveProperty('401')
  })

  test('offer search where there is something to search, and no field that a row’s rule hides', async () => {
    const { paths } = await documentOf(example('blog'))
    const names = (path: string): string[] => paths[path].get.parameters.map(({ name }: { name: string }) => name)
    expect(names('/api/posts')).toContain('search')
    expect(names('/api/comments')).not.toContain('search')
    expect(names('/api/users')).toContain('name')
    expect(names('/api/users')).not.toContain('email')
    expect(names('/api/posts')).not.toContain('tags')
  })

  test('of accounts are there where people can sign in', async () => {
    const { paths, components } = await documentOf(`import { defineApp } from 'truthfile'
export default defineApp({ name: 'Open', settings: { auth: { enabled: false }, api: { prefix: '/v1' } }, entities: {
  Note: { fields: { a: 'string' }, permissions: { read: true, create: 'authenticated' } } } })
`)
    expect(Object.keys(paths)).toEqual([
      '/v1/notes',
      '/v1/notes/aggregate',
      '/v1/notes/changes',
      '/v1/notes/{id}',
      '/v1/batch',
      '/healthz',
      '/readyz',
      '/openapi.json',
    ])
    expect(Object.keys(paths['/v1/notes'])).toEqual(['get'])
    expect(components).not.toHaveProperty('securitySchemes')
  })
})

test('entering by a provider is in it where there is one', async () => {
  const source = withUser('').replace('entities:', "settings: { auth: { provider: './auth.ts' } }, entities:")
  const document = await documentOf(source)
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true })
  expect(Object.keys(document.paths['/api/auth/enter'])).toEqual(['get', 'post'])
  expect((await documentOf(withUser(''))).paths['/api/auth/enter']).toBeUndefined()
})

test('the formats of texts are those of the truth room', () => {
  expect([...formatSchemas.keys()]).toEqual(Object.keys(formatRules))
  const samples = ['a-b', 'A', '#fff', '#FFFFF', '+49 (30) 123-4', '12', 'https://a.example/b', 'javascript:alert(1)']
  for (const [name, { pattern }] of formatSchemas) {
    if (typeof pattern !== 'string') continue
    for (const sample of samples) {
      const right = formatRules[name]?.right(sample)
      // What an address looks like beyond its scheme is left to `format`.
      if (name === 'url' && !right) continue
      expect(new RegExp(pattern, 'u').test(sample), `${name} ${sample}`).toBe(right)
    }
  }
})
