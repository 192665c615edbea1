// The addresses of views: which are taken, and what a view's own could be.

import type { App } from '../runtime/truth/app.ts'
import { pageAddresses } from '../runtime/truth/own-addresses.ts'

/** `/tasks/:id` and `/tasks/:task` are the same address. */
const shapeOf = (route: string): string => route.replace(/\/+$/, '').replaceAll(/:[^/]+/g, ':')

/** Whether a view may have an address: neither the runtime's nor another view's. */
export function isFree(app: App, route: string, view: string): boolean {
  if (pageAddresses.has(route.split('/')[1] ?? '') || `${route}/`.startsWith(`${app.settings.api.prefix}/`))
    return false
  return [...app.views.values()].every((other) => other.name === view || shapeOf(other.route) !== shapeOf(route))
}

/** A name as it stands in addresses: `TaskBoard` is `task-board`. */
export const segmentOf = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

/** Whether a view shows one row, so that its address must say which. */
export const isOfOneRow = (type: string | undefined, mode: string | undefined): boolean =>
  type === 'detail' || (type === 'form' && mode === 'edit')
