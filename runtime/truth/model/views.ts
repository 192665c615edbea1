// Views and settings, from nodes.

import type { Place, Scope } from '../../../expr/index.ts'
import type { Schema } from '../../../expr/schema.ts'
import type { Settings, View } from '../app.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { metricsOf, queryOf, widgetsOf } from './dashboards.ts'
import { labelOf } from './names.ts'
import { type Notes, ruleOf } from './rule.ts'
import { entriesAt, flagAt, numberAt, plainObject, present, textAt, textsAt } from './take.ts'

export function viewOf(name: string, node: Node, schema: Schema, notes: Notes): View {
  const path: Path = ['views', name]
  const entity = textAt(node, 'entity')
  const isKnown = entity !== undefined && schema.entities.has(entity)
  const openRow = (!isKnown && childOf(node, 'entity') !== undefined) || undefined
  const scope: Scope = present({ schema, place: 'view' as Place, entity: isKnown ? entity : undefined, openRow })
  const permission = ruleOf(childOf(node, 'permission'), [...path, 'permission'], scope, notes)
  const query = queryOf(childOf(node, 'data'), [...path, 'data'], schema, notes)
  const mode = textAt(node, 'mode')
  return present({
    name,
    type: textAt(node, 'type') ?? 'custom',
    route: textAt(node, 'route') ?? '',
    title: textAt(node, 'title') ?? labelOf(name),
    entity,
    permission,
    query,
    columns: textsAt(node, 'columns'),
    actions: textsAt(node, 'actions'),
    filters: filtersOf(node),
    mode: mode === 'create' || mode === 'edit' ? mode : undefined,
    metrics: metricsOf(node, path, schema, notes),
    widgets: widgetsOf(node, path, schema, notes),
    options: plainObject(node),
  })
}

/** A list of names, or names with whatever a program of the app's own makes of them. */
function filtersOf(node: Node): readonly string[] | undefined {
  return childOf(node, 'filters')?.kind === 'object'
    ? entriesAt(node, 'filters').map(([name]) => name)
    : textsAt(node, 'filters')
}

const fortnight = 14 * 24 * 60 * 60

function origins(api: Node | undefined): string[] {
  const cors = childOf(api, 'cors')
  if (cors?.kind === 'string') return [cors.value]
  if (cors?.kind === 'boolean') return cors.value ? ['*'] : []
  return textsAt(api, 'cors') ?? []
}

export function settingsOf(root: Node, authEntity: string | undefined): Settings {
  const settings = childOf(root, 'settings')
  const auth = childOf(settings, 'auth')
  const database = childOf(settings, 'database')
  const api = childOf(settings, 'api')
  const ui = childOf(settings, 'ui')
  return {
    auth: present({
      enabled: (flagAt(auth, 'enabled') ?? true) && authEntity !== undefined,
      entity: authEntity,
      signUp: flagAt(auth, 'signUp') ?? true,
      provider: textAt(auth, 'provider'),
      sessionTimeout: numberAt(auth, 'sessionTimeout') ?? fortnight,
    }),
    database: present({
      url: textAt(database, 'url') || undefined,
      authToken: textAt(database, 'authToken') || undefined,
      syncUrl: textAt(database, 'syncUrl') || undefined,
      durability: textAt(database, 'durability') === 'full' ? ('full' as const) : ('normal' as const),
    }),
    api: present({
      prefix: textAt(api, 'prefix') ?? '/api',
      pageSize: numberAt(api, 'pageSize') ?? 20,
      maxPageSize: numberAt(api, 'maxPageSize') ?? 100,
      cors: origins(api),
      rateLimit: numberAt(api, 'rateLimit'),
    }),
    ui: present({ theme: (textAt(ui, 'theme') ?? 'auto') as Settings['ui']['theme'], accent: textAt(ui, 'accent') }),
    log: { level: textAt(childOf(settings, 'log'), 'level') ?? 'info' },
  }
}
