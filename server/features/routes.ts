// The addresses that an app answers at, by entity: for the preview and the code lens.

import type { App, Entity } from '../../runtime/truth/app.ts'

export type Route = { readonly method: string; readonly path: string; readonly does: string }

/** The routes of an entity's rows; what nobody is granted is left out. */
export function routesOf(app: App, entity: Entity): readonly Route[] {
  const at = `${app.settings.api.prefix}/${entity.path}`
  const granted = (action: string): boolean => {
    const rule = entity.permissions.get(action)
    return rule !== undefined && rule.source !== 'false'
  }
  const routes: Route[] = []
  if (granted('read')) {
    routes.push({ method: 'GET', path: at, does: `lists ${entity.labelPlural}` })
    routes.push({ method: 'GET', path: `${at}/:id`, does: `one ${entity.label}` })
    routes.push({ method: 'GET', path: `${at}/aggregate`, does: `counts and sums ${entity.labelPlural}` })
    routes.push({ method: 'GET', path: `${at}/changes`, does: `tells of changes to ${entity.labelPlural}` })
  }
  if (granted('create')) routes.push({ method: 'POST', path: at, does: `creates a ${entity.label}` })
  if (granted('update')) {
    routes.push({ method: 'PATCH', path: `${at}/:id`, does: 'changes the given fields' })
    routes.push({ method: 'PUT', path: `${at}/:id`, does: 'replaces the fields' })
  }
  if (granted('delete'))
    routes.push({
      method: 'DELETE',
      path: `${at}/:id`,
      does: entity.softDelete ? 'deletes, to be restored' : 'deletes',
    })
  if (entity.softDelete && granted('read') && granted('delete') && !entity.behaviors.has('restore'))
    routes.push({ method: 'POST', path: `${at}/:id/restore`, does: 'takes a delete back' })
  for (const behavior of entity.behaviors.values()) {
    if (behavior.guards.length > 0)
      routes.push({ method: 'POST', path: `${at}/:id/${behavior.name}`, does: behavior.label })
  }
  return routes
}

const accounts: readonly Route[] = [
  { method: 'POST', path: '/auth/sign-up', does: 'makes an account' },
  { method: 'POST', path: '/auth/sign-in', does: 'begins a session' },
  { method: 'POST', path: '/auth/sign-out', does: 'ends it' },
  { method: 'GET', path: '/auth/session', does: 'who is signed in' },
  { method: 'GET', path: '/auth/sessions', does: 'every session of the caller' },
  { method: 'DELETE', path: '/auth/sessions', does: 'ends all but this one' },
  { method: 'DELETE', path: '/auth/sessions/:id', does: 'ends one of them' },
  { method: 'POST', path: '/auth/password', does: 'sets another password' },
]

const providers: readonly Route[] = [
  { method: 'GET', path: '/auth/enter', does: 'page: begins a session by the provider' },
  { method: 'POST', path: '/auth/enter', does: 'begins a session by the provider' },
  { method: '*', path: '/auth/provider/*', does: 'the provider’s own' },
]

const line = ({ method, path, does }: Route, width: number): string =>
  `${method.padEnd(7)}${path.padEnd(width)}  ${does}`

/** Every route, in columns. */
export function routesPreview(app: App): string {
  const groups = [...app.entities.values()].map((entity) => ({ title: entity.name, routes: routesOf(app, entity) }))
  const { auth, api } = app.settings
  const own = [...accounts, ...(auth.provider === undefined ? [] : providers)]
    .filter(({ path }) => auth.signUp || path !== '/auth/sign-up')
    .map((route) => ({ ...route, path: `${api.prefix}${route.path}` }))
  const pages = [...app.views.values()].map(({ route, title }) => ({
    method: 'GET',
    path: route,
    does: `page: ${title}`,
  }))
  const all = [
    ...groups,
    ...(auth.enabled ? [{ title: 'Accounts', routes: own }] : []),
    { title: 'Pages', routes: pages },
  ].filter(({ routes }) => routes.length > 0)
  const width = Math.max(...all.flatMap(({ routes }) => routes.map(({ path }) => path.length)), 0)
  return `${all.map(({ title, routes }) => `# ${title}\n${routes.map((route) => line(route, width)).join('\n')}`).join('\n\n')}\n`
}
