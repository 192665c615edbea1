// Apps in the least words, for tests of the tables that an app needs and of nothing else of it.

import type { App, Entity, Field } from '../../runtime/truth/app.ts'

export type SmallField = Partial<Omit<Field, 'name' | 'relation'>> & {
  readonly to?: string
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull'
}

export type SmallEntity = Partial<Pick<Entity, 'table' | 'indexes' | 'unique' | 'softDelete' | 'renamedFrom'>> & {
  readonly fields: { readonly [name: string]: SmallField }
}

function fieldOf(name: string, { to, onDelete = 'restrict', ...given }: SmallField): Field {
  const flags = { system: false, required: false, unique: false, index: false, readonly: false, immutable: false }
  return {
    name,
    type: to === undefined ? 'text' : 'relation',
    ...flags,
    secret: false,
    many: false,
    searchable: false,
    label: name,
    ...given,
    ...(to !== undefined && { relation: { to, onDelete } }),
  }
}

function entityOf(name: string, { fields, ...given }: SmallEntity): Entity {
  const all = { id: { system: true, required: true }, ...fields }
  return {
    name,
    fields: new Map(Object.entries(all).map(([key, field]) => [key, fieldOf(key, field)])),
    permissions: new Map(),
    behaviors: new Map(),
    computed: new Map(),
    indexes: [],
    unique: [],
    path: name.toLowerCase(),
    table: name,
    label: name,
    labelPlural: name,
    softDelete: false,
    ui: { display: {} },
    ...given,
  }
}

/** `auth` names the entity whose rows sign in. */
export function smallApp(entities: { readonly [name: string]: SmallEntity }, auth?: string): App {
  return {
    name: 'small',
    settings: {
      auth: {
        enabled: auth !== undefined,
        signUp: true,
        sessionTimeout: 60,
        ...(auth !== undefined && { entity: auth }),
      },
      database: { durability: 'normal' },
      api: { prefix: '/api', pageSize: 20, maxPageSize: 100, cors: [] },
      ui: { theme: 'auto' },
      log: { level: 'info' },
    },
    entities: new Map(Object.entries(entities).map(([name, entity]) => [name, entityOf(name, entity)])),
    views: new Map(),
    workflows: new Map(),
    schema: { entities: new Map() } as unknown as App['schema'],
  }
}
