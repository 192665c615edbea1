// The app from its node: fields first, since every expression needs them all, then the rules.

import type { App, Entity, Field, View, Workflow } from '../app.ts'
import type { Fault } from '../codes.ts'
import { faultNow, keepFaults } from '../kept-faults.ts'
import { type KnownFields, type Memory, sameSchema } from '../memory.ts'
import { childOf, type Entry, type Node } from '../node.ts'
import { type Building, entityOf } from './entities.ts'
import { eventsOf } from './events.ts'
import { fieldsOf } from './fields.ts'
import { withMirrors } from './mirrors.ts'
import type { Notes, Site } from './rule.ts'
import { type EntityShape, schemaOf } from './schema.ts'
import { entriesAt, flagAt, present, textAt } from './take.ts'
import { isOpen, isOpenEntity, untoldFields } from './untold.ts'
import { settingsOf, viewOf } from './views.ts'
import { workflowOf } from './workflows.ts'

/** The entity whose rows sign in. */
function authEntityOf(root: Node): string | undefined {
  const declared = textAt(childOf(childOf(root, 'settings'), 'auth'), 'entity') ?? 'User'
  return childOf(childOf(root, 'entities'), declared) ? declared : undefined
}

const noFields: ReadonlyMap<string, Field> = new Map()

export function appOf(root: Node, notes: Notes, memory?: Memory): App {
  const auth = authEntityOf(root)
  const shapes = new Map<string, EntityShape>()
  for (const [name, { value }] of entriesAt(root, 'entities')) {
    const table = textAt(value, 'table') ?? name
    shapes.set(name, {
      ...knownFields(value, name === auth, memory),
      open: isOpenEntity(value),
      owner: textAt(value, 'owner'),
      table,
      softDelete: flagAt(value, 'softDelete') ?? false,
    })
  }
  const schema = sameSchema(memory?.schema, schemaOf(shapes, auth, isOpen(childOf(root, 'entities'))))
  if (memory) memory.schema = schema
  const building: Building = { ...notes, schema, fieldsOf: (name) => shapes.get(name)?.fields ?? noFields }
  const entities = new Map<string, Entity>()
  for (const [name, entry] of entriesAt(root, 'entities'))
    entities.set(name, knownEntity(name, entry, building, memory))
  const views = new Map<string, View>()
  for (const [name, { value }] of entriesAt(root, 'views')) views.set(name, viewOf(name, value, schema, notes))
  const workflows = new Map<string, Workflow>()
  const events = eventsOf(entities, root)
  for (const [name, { value }] of entriesAt(root, 'workflows')) {
    workflows.set(name, workflowOf(name, value, schema, events, notes))
  }
  return present({
    name: textAt(root, 'name') ?? 'App',
    version: textAt(root, 'version'),
    description: textAt(root, 'description'),
    settings: settingsOf(root, auth),
    entities: withMirrors(entities),
    views,
    workflows,
    schema,
  })
}

function knownFields(node: Node, isAuth: boolean, memory: Memory | undefined): KnownFields {
  const known = memory?.fields.get(node)
  if (known?.isAuth === isAuth) return known
  const fields = fieldsOf(node, isAuth)
  const found = { isAuth, fields, untold: untoldFields(node, 'fields', fields, isAuth) }
  memory?.fields.set(node, found)
  return found
}

/** An entity is worked out again when its text or the schema changed. */
function knownEntity(name: string, { key, value }: Entry, building: Building, memory: Memory | undefined): Entity {
  if (!memory) return entityOf(name, value, building)
  const { schema } = building
  const known = memory.entities.get(value)
  if (known && known.name === name && known.schema === schema) {
    known.sites.forEach(building.site)
    for (const fault of known.faults) building.report(faultNow(fault, key))
    return known.entity
  }
  const sites: Site[] = []
  const found: Fault[] = []
  const entity = entityOf(name, value, {
    ...building,
    report: (fault) => {
      found.push(fault)
      building.report(fault)
    },
    site: (site) => {
      sites.push(site)
      building.site(site)
    },
  })
  const faults = keepFaults(found, value, key)
  if (faults) memory.entities.set(value, { name, schema, entity, sites, faults })
  return entity
}
