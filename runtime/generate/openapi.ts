// The OpenAPI 3.1 document of an app's HTTP API: what it serves, to whom, in which shape. Pure and deterministic; the
// server sends it and its explorer shows it.

import type { App, Entity } from '../truth/app.ts'
import { accountPaths } from './openapi/account-paths.ts'
import { headers, refusalComponents, type Shared, sharedNames, sharedSchemas } from './openapi/answers.ts'
import { namesFor } from './openapi/names.ts'
import type { Paths, Subject } from './openapi/operation.ts'
import { readPaths } from './openapi/read-paths.ts'
import { hasAccounts } from './openapi/rule.ts'
import { addSchemas, type EntitySchemas, ref, signUpSchema } from './openapi/schemas.ts'
import { batchPaths, servicePaths, type Tags } from './openapi/service-paths.ts'
import type { Json } from './openapi/value.ts'
import { writePaths } from './openapi/write-paths.ts'

const securitySchemes: Json = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The token that signing in or up answers.' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'truth_session', description: 'The session of a browser.' },
}

/** Several operations at one path are one entry. */
function merged(parts: readonly Paths[]): Paths {
  const all = new Map<string, Json>()
  for (const part of parts) {
    for (const [path, operations] of Object.entries(part)) all.set(path, { ...all.get(path), ...operations })
  }
  return Object.fromEntries(all) as Paths
}

/** The schema of the signed-in user's row, as they see it themselves. */
const userSchema = (entity: EntitySchemas | undefined, shared: Shared): Json =>
  entity?.row === undefined ? ref(shared.id) : { anyOf: [ref(entity.row), ref(shared.id)] }

function tagList(app: App, tags: Tags, used: ReadonlySet<unknown>): readonly Json[] {
  const own = [
    { name: tags.accounts, description: 'Signing up, in and out.' },
    { name: tags.batch, description: 'Several requests in one transaction.' },
    { name: tags.service, description: 'The service itself.' },
  ]
  const entities = [...app.entities.values()].map(({ name, labelPlural, description }: Entity) => ({
    name,
    description: description ?? `${labelPlural}.`,
  }))
  return [...entities, ...own].filter(({ name }) => used.has(name))
}

const usedTags = (paths: Paths): ReadonlySet<unknown> =>
  new Set(Object.values(paths).flatMap((methods) => Object.values(methods).flatMap(({ tags }) => tags as unknown[])))

/** The whole document, as plain data. */
export function openApi(app: App, { mail = false }: { readonly mail?: boolean } = {}): Json {
  const names = namesFor(app.entities.keys())
  const shared = sharedNames(names)
  const tagNames = namesFor(app.entities.keys())
  const tags: Tags = { accounts: tagNames('auth'), batch: tagNames('batch'), service: tagNames('service') }
  const schemas = new Map<string, Json>()
  const known = new Map<string, EntitySchemas>()
  for (const entity of app.entities.values()) known.set(entity.name, addSchemas(app, entity, names, schemas))
  const { auth, api } = app.settings
  const authEntity = app.entities.get(auth.entity ?? '')
  const signUp = hasAccounts(app) && auth.signUp && authEntity ? names('SignUp') : undefined
  if (signUp !== undefined && authEntity) schemas.set(signUp, signUpSchema(authEntity))
  for (const [name, schema] of sharedSchemas(shared)) schemas.set(name, schema)
  const paths = merged([
    ...[...app.entities.values()].flatMap((entity) => {
      const at = `${api.prefix}/${entity.path}`
      const subject: Subject = { app, entity, schemas: known.get(entity.name) ?? { inputs: new Map() }, shared, at }
      return [readPaths(subject), ...writePaths(subject)]
    }),
    batchPaths(app, tags),
    accountPaths(app, tags, userSchema(known.get(auth.entity ?? ''), shared), signUp, mail),
    servicePaths(tags),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: app.name,
      version: app.version ?? '0.0.0',
      ...(app.description !== undefined && { description: app.description }),
    },
    tags: tagList(app, tags, usedTags(paths)),
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      responses: refusalComponents(shared.problem),
      headers,
      ...(hasAccounts(app) && { securitySchemes }),
    },
  }
}
