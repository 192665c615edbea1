// What every page needs: the links the caller can use, who they are, and what entities' rows are called.

import { contextOf, reachOf } from '../../database/records/caller.ts'
import type { Collection } from '../../database/records/collection.ts'
import type { Entity, View } from '../../truth/app.ts'
import type { Frame, Link } from '../../ui/model.ts'
import { type RowValues, rowLabel } from '../../ui/model.ts'
import { refuseHopeless } from '../api/access.ts'
import type { Call } from '../call.ts'
import type { Service } from '../service.ts'

export const baseOf = (entity: Entity): string => `/${entity.path}`

/** Whether a page of the entity's rows could show the caller anything. */
export const mayBrowse = (collection: Collection, call: Call): boolean =>
  collection.entity.permissions.get('read') !== undefined &&
  refuseHopeless([collection.entity.permissions.get('read')], call.caller) === undefined

/** Whether the caller could read some of an entity's rows. Who may not read may still be shown where to make one. */
export const mayRead = ({ entity }: Collection, { caller }: Call): boolean =>
  reachOf(entity.permissions.get('read'), caller) !== 'none'

/** Whether the caller may open a view; without a rule, its rows' own permissions decide. */
export const mayOpen = (view: View, call: Call): boolean =>
  view.permission === undefined || view.permission.expression.evaluate(contextOf(call.caller))

/** Views that stand on their own, without the id of a row. */
const isPlace = (view: View): boolean =>
  !view.route.includes(':') && ['list', 'kanban', 'calendar', 'dashboard'].includes(view.type)

/** The entities whose rows a view shows. */
const entitiesOf = ({ type, entity, metrics, widgets }: View): readonly string[] =>
  type === 'dashboard' ? [...metrics, ...widgets].map(({ query }) => query.entity) : [entity ?? '']

function linksOf(service: Service, call: Call): Link[] {
  const links: Link[] = []
  const listed = new Set<string>()
  for (const view of service.app.views.values()) {
    const shown = entitiesOf(view).flatMap((name) => service.byName.get(name) ?? [])
    const isShown = view.type === 'dashboard' ? mayRead : mayBrowse
    if (!isPlace(view) || !mayOpen(view, call) || !shown.some((collection) => isShown(collection, call))) continue
    if (view.type === 'list') listed.add(view.entity ?? '')
    links.push({ href: view.route, label: view.title, current: call.path === view.route })
  }
  for (const collection of service.byName.values()) {
    if (listed.has(collection.entity.name) || !mayBrowse(collection, call)) continue
    const href = baseOf(collection.entity)
    links.push({ href, label: collection.entity.labelPlural, current: call.path === href })
  }
  return links
}

export function frameOf(service: Service, call: Call, title: string, problems?: string): Frame {
  const { app, accounts } = service
  const user = call.caller.user
  const people = service.byName.get(accounts?.entity.name ?? '')
  const href =
    user && people && mayBrowse(people, call) ? `${baseOf(people.entity)}/${encodeURIComponent(user.id)}` : undefined
  return {
    app: app.name,
    title,
    links: linksOf(service, call),
    user: user && people ? { label: rowLabel(people.entity, user as RowValues), href } : undefined,
    canSignIn: accounts !== undefined,
    canRecover: accounts !== undefined && service.mailer !== undefined,
    canSignUp: accounts !== undefined && app.settings.auth.signUp,
    problems,
  }
}
