// The pages: which address shows what. Each page is made on the server and works without JavaScript.

import type { Collection } from '../../database/records/collection.ts'
import { styleSheet } from '../../ui/style.ts'
import { type Call, isGet, type Outcome } from '../call.ts'
import { fairly } from '../fair.ts'
import { isRefusal, otherMethod, type Refusal, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { behaviorPost } from './behavior.ts'
import { conflictsAsFaults } from './conflict.ts'
import { deletePost, detailPage } from './detail.tsx'
import { enterPage, isEntry } from './enter.ts'
import { createPage, createPost, editPage, editPost } from './form.tsx'
import { frameOf, mayOpen } from './frame.ts'
import { listPage, restorePost } from './list.tsx'
import { type Pages, redirect } from './pages.ts'
import { handleRecover } from './recover.tsx'
import { messagePage, refusalPage } from './render.tsx'
import { handleSign } from './sign.tsx'
import { handleView, matchView } from './view.ts'

function home(pages: Pages): Outcome {
  const { service, call } = pages
  const frame = frameOf(service, call, service.app.name, pages.problems)
  const [first] = frame.links
  if (first) return redirect(first.href)
  if (!frame.user && frame.canSignIn) return redirect('/sign-in')
  return messagePage(frame, service.app.name, service.app.description ?? 'There is nothing here that you may see.')
}

const [onlyGet, onlyPost, both] = [{ GET: true }, { POST: true }, { GET: true, POST: true }]

function segment(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text)
    return decoded.includes('\0') || !decoded.isWellFormed() ? undefined : decoded
  } catch {
    return undefined
  }
}

/** `/tasks`, `/tasks/new`, `/tasks/:id`, `/tasks/:id/edit`, `/tasks/:id/delete`, `/tasks/:id/restore`, `/tasks/:id/:behavior`. */
function entityPage(
  pages: Pages,
  collection: Collection,
  rest: readonly string[],
): Promise<Outcome> | Outcome | undefined {
  const get = isGet(pages.call)
  const post = pages.call.method === 'POST'
  const [first, second, more] = rest
  if (more !== undefined) return undefined
  if (first === undefined) return get ? listPage(pages, collection, {}) : otherMethod(onlyGet)
  if (first === 'new' && second === undefined) {
    return get ? createPage(pages, collection) : post ? createPost(pages, collection) : otherMethod(both)
  }
  const id = segment(first)
  if (id === undefined) return undefined
  if (second === undefined) return get ? detailPage(pages, collection, id) : otherMethod(onlyGet)
  if (second === 'edit')
    return get ? editPage(pages, collection, id) : post ? editPost(pages, collection, id) : otherMethod(both)
  if (second === 'delete') return post ? deletePost(pages, collection, id) : otherMethod(onlyPost)
  const behavior = collection.entity.behaviors.get(second)
  if (!behavior && second === 'restore' && collection.entity.softDelete)
    return post ? restorePost(pages, collection, id) : otherMethod(onlyPost)
  return behavior && (post ? behaviorPost(pages, collection, id, behavior) : otherMethod(onlyPost))
}

async function route(pages: Pages): Promise<Outcome | undefined> {
  const { service, call } = pages
  const view = matchView(service.app, call.path)
  const isHome = call.path === '/' && !(view && mayOpen(view.view, call))
  if (isHome) return isGet(call) ? home(pages) : otherMethod(onlyGet)
  if (call.path === '/assets/style.css') {
    if (!isGet(call)) return otherMethod(onlyGet)
    const headers = { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }
    return { status: 200, body: styleSheet(service.app.settings.ui), headers }
  }
  if (isEntry(pages)) return enterPage(pages)
  const signed = (await handleSign(pages)) ?? (await handleRecover(pages))
  if (signed) return signed
  if (view) return handleView(pages, view.view, view.id)
  const [, name, ...rest] = call.path.replace(/(.)\/$/, '$1').split('/')
  const collection = service.byPath.get(name ?? '')
  return collection && entityPage(pages, collection, rest)
}

/** `refused` is what was found before any page was looked for. */
export async function handlePages(
  service: Service,
  call: Call,
  refused: Refusal | undefined,
  problems?: string,
): Promise<Outcome> {
  const pages: Pages = { service: isGet(call) ? fairly(service, call) : service, call, problems }
  const routed = refused ?? (await conflictsAsFaults(pages, () => route(pages)))
  const outcome = routed ?? refusal(404, 'no-page', 'There is no page at this address.')
  if (!isRefusal(outcome)) return outcome
  // Whoever is not signed in is shown the way in, and comes back afterwards.
  if (outcome.status === 401 && service.accounts && isGet(call)) {
    const search = call.query.size > 0 ? `?${call.query}` : ''
    return redirect(`/sign-in?then=${encodeURIComponent(call.path + search)}`)
  }
  return refusalPage(frameOf(service, call, 'Problem', problems), outcome)
}
