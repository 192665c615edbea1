// The API: parse → route → authorize → validate → execute → respond. Each action is one function of the request.

import type { Collection } from '../../database/records/collection.ts'
import type { Behavior } from '../../truth/app.ts'
import { type Call, isGet, type Outcome } from '../call.ts'
import { fairly } from '../fair.ts'
import { noSuchAddress, otherMethod } from '../refusal.ts'
import type { Service } from '../service.ts'
import { refuseAccept } from './accept.ts'
import { aggregate } from './aggregate.ts'
import { batch } from './batch.ts'
import { behave, change, remove } from './change.ts'
import { changes } from './changes.ts'
import { create } from './create.ts'
import { idempotent } from './idempotency.ts'
import { ifMatch } from './if-match.ts'
import { get, list } from './read.ts'
import { restore } from './restore.ts'

export type Target =
  | { readonly is: 'aggregate' | 'changes'; readonly collection: Collection }
  | { readonly is: 'collection'; readonly collection: Collection }
  | { readonly is: 'row' | 'restore'; readonly collection: Collection; readonly id: string }
  | { readonly is: 'behavior'; readonly collection: Collection; readonly id: string; readonly behavior: Behavior }

/** What a path below the API's prefix speaks of. */
export function routeOf(service: Service, path: string): Target | undefined {
  const [empty, name, id, behaviorName, more] = path.split('/')
  // The typed client knows entities by their names only.
  const collection =
    empty === '' && name !== undefined ? (service.byPath.get(name) ?? service.byName.get(name)) : undefined
  if (!collection || more !== undefined) return undefined
  if (id === undefined) return { is: 'collection', collection }
  const row = decodeSegment(id)
  if (row === undefined || row === '') return undefined
  if (behaviorName === undefined && (id === 'aggregate' || id === 'changes')) return { is: id, collection }
  if (behaviorName === undefined) return { is: 'row', collection, id: row }
  const behavior = collection.entity.behaviors.get(behaviorName)
  if (!behavior && behaviorName === 'restore' && collection.entity.softDelete)
    return { is: 'restore', collection, id: row }
  return behavior && { is: 'behavior', collection, id: row, behavior }
}

function decodeSegment(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text)
    return decoded.includes('\0') || !decoded.isWellFormed() ? undefined : decoded
  } catch {
    return undefined
  }
}

type Actions<T> = {
  readonly [method: string]: (service: Service, call: Call, target: T) => Promise<Outcome>
}

const onCollection: Actions<Extract<Target, { is: 'collection' }>> = {
  GET: (service, call, { collection }) => list(service, call, collection),
  POST: (service, call, { collection }) => create(service, call, collection),
}

const onAggregate: Actions<{ readonly collection: Collection }> = {
  GET: (service, call, { collection }) => aggregate(service, call, collection),
}

const onChanges: typeof onAggregate = {
  GET: (service, call, { collection }) => changes(service, call, collection),
}

const onRow: Actions<{ readonly collection: Collection; readonly id: string }> = {
  GET: (service, call, { collection, id }) => get(service, call, collection, id),
  PATCH: (service, call, { collection, id }) => change(service, call, collection, id),
  PUT: (service, call, { collection, id }) => change(service, call, collection, id),
  DELETE: (service, call, { collection, id }) => remove(service, call, collection, id),
}

const onRestore: Actions<{ readonly collection: Collection; readonly id: string }> = {
  POST: (service, call, { collection, id }) => restore(service, call, collection, id),
}

const onBehavior: Actions<Extract<Target, { is: 'behavior' }>> = {
  POST: (service, call, { collection, id, behavior }) => behave(service, call, collection, id, behavior),
}

function act<T>(actions: Actions<T>, service: Service, call: Call, target: T): Promise<Outcome> {
  const method = isGet(call) ? 'GET' : call.method
  const action = Object.hasOwn(actions, method) ? actions[method] : undefined
  return action ? action(service, call, target) : Promise.resolve(otherMethod(actions))
}

function actOn(service: Service, call: Call): Promise<Outcome> {
  const target = routeOf(service, call.path)
  if (!target) return Promise.resolve(noSuchAddress())
  const untaken = refuseAccept(call, target.is)
  if (untaken) return Promise.resolve(untaken)
  switch (target.is) {
    case 'collection':
      return act(onCollection, service, call, target)
    case 'aggregate':
      return act(onAggregate, service, call, target)
    case 'changes':
      return act(onChanges, service, call, target)
    case 'row':
      return isGet(call)
        ? act(onRow, service, call, target)
        : ifMatch(service, call, target.collection, target.id, (inside, whole) => act(onRow, inside, whole, target))
    case 'restore':
      return act(onRestore, service, call, target)
    case 'behavior':
      return ifMatch(service, call, target.collection, target.id, (inside, whole) =>
        act(onBehavior, inside, whole, target),
      )
  }
}

/** Lists and aggregates. PERF: a row by its id never takes long. */
const mayTakeLong = /^\/[^/]+(?:\/aggregate)?$/

export function handleApi(service: Service, call: Call): Promise<Outcome> {
  if (call.path !== '/batch') {
    const own = isGet(call) && mayTakeLong.test(call.path) ? fairly(service, call) : service
    return idempotent(own, call, actOn)
  }
  if (call.method === 'POST') return idempotent(fairly(service, call), call, (inside, one) => batch(inside, one, actOn))
  return Promise.resolve(otherMethod({ POST: true }))
}
