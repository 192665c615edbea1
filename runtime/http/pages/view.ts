// Declared views, each at an address of its own.

import type { App, View } from '../../truth/app.ts'
import { isGet, type Outcome } from '../call.ts'
import { forbidden, noSuchAddress, otherMethod, signInFirst } from '../refusal.ts'
import { boardPage } from './board.tsx'
import { dashboardPage } from './dashboard.tsx'
import { detailPage } from './detail.tsx'
import { createPage, createPost, editPage, editPost } from './form.tsx'
import { mayOpen } from './frame.ts'
import { listPage } from './list.tsx'
import type { Pages } from './pages.ts'
import { viewData } from './view-data.ts'

/** The view at an address, and the id in it. */
export function matchView(
  app: App,
  path: string,
): { readonly view: View; readonly id: string | undefined } | undefined {
  const parts = path.replace(/(.)\/$/, '$1').split('/')
  for (const view of app.views.values()) {
    const route = view.route.replace(/(.)\/$/, '$1').split('/')
    if (route.length !== parts.length) continue
    const named = route.indexOf(':id')
    const at = named >= 0 ? named : route.findIndex((part) => part.startsWith(':'))
    if (!route.every((part, index) => part.startsWith(':') || part === parts[index])) continue
    try {
      const id = at < 0 ? undefined : decodeURIComponent(parts[at] ?? '')
      return id?.includes('\0') || id?.isWellFormed() === false ? undefined : { view, id }
    } catch {
      return undefined
    }
  }
  return undefined
}

export async function handleView(pages: Pages, view: View, id: string | undefined): Promise<Outcome> {
  const { service, call } = pages
  const collection = service.byName.get(view.entity ?? '')
  if (!mayOpen(view, call)) return call.caller.user ? forbidden('You may not open this page.') : signInFirst()
  if (view.type === 'dashboard') return isGet(call) ? dashboardPage(pages, view) : otherMethod({ GET: true })
  if (!collection) return noSuchAddress()
  const post = call.method === 'POST'
  if (!isGet(call) && !(post && view.type === 'form'))
    return otherMethod({ GET: true, ...(view.type === 'form' && { POST: true }) })
  switch (view.type) {
    case 'list':
      return listPage(pages, collection, {
        title: view.title,
        columns: view.columns,
        filters: view.filters,
        actions: view.actions,
        data: view.query && viewData(service.app, collection.entity, view.query, `view ${view.name}`, call.caller),
      })
    case 'detail':
      return id === undefined ? noSuchAddress() : detailPage(pages, collection, id, { actions: view.actions })
    case 'form':
      if (id === undefined || view.mode === 'create')
        return post ? createPost(pages, collection) : createPage(pages, collection)
      return post ? editPost(pages, collection, id) : editPage(pages, collection, id)
    case 'kanban':
    case 'calendar':
      return boardPage(pages, view, collection)
    default:
      return noSuchAddress()
  }
}
