// The explorer of the API: Swagger UI from the app's own address. Nothing is fetched from anywhere else, and the policy
// of the pages holds for it.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { renderToString } from 'preact-render-to-string'
import type { App } from '../truth/app.ts'
import { type Call, isGet, type Outcome } from './call.ts'
import { openApiAnswer, type Sent, sent, tagged } from './document.ts'
import { otherMethod } from './refusal.ts'
import type { Service } from './service.ts'

/** Without `validatorUrl` Swagger UI would ask a validator on the web about the document. */
const start = `window.addEventListener('load', () => {
  SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#explorer',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    validatorUrl: null,
  })
})
`

/** The build puts Swagger UI's files beside the bundle; while developing they come from its package. */
function fileText(name: string): string {
  try {
    return readFileSync(fileURLToPath(new URL(`./explorer/${name}`, import.meta.url)), 'utf8')
  } catch {
    return readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`), 'utf8')
  }
}

type Asset = { readonly type: string; readonly text: () => string }

const script = 'text/javascript; charset=utf-8'

const assets: ReadonlyMap<string, Asset> = new Map([
  ['swagger-ui.css', { type: 'text/css; charset=utf-8', text: () => fileText('swagger-ui.css') }],
  ['swagger-ui-bundle.js', { type: script, text: () => fileText('swagger-ui-bundle.js') }],
  ['start.js', { type: script, text: () => start }],
])

/** PERF: two megabytes that most runs of a server never need, so they are read when they are first asked for. */
const read = new Map<string, Sent>()

function assetOf(name: string, asset: Asset): Sent {
  const known = read.get(name)
  if (known) return known
  const made = sent(asset.text())
  read.set(name, made)
  return made
}

function pageText({ name, settings }: App): string {
  const at = `${settings.api.prefix}/docs`
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`API · ${name}`}</title>
        <link rel="stylesheet" href={`${at}/swagger-ui.css`} />
      </head>
      <body>
        <div id="explorer">
          <noscript>
            The explorer needs JavaScript; <a href="/openapi.json">the document</a> does not.
          </noscript>
        </div>
        <script src={`${at}/swagger-ui-bundle.js`} />
        <script src={`${at}/start.js`} />
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}

/** What a path asks for; undefined when it asks for nothing of this. */
function answerOf(service: Service, path: string): (() => Outcome) | undefined {
  if (path === '/openapi.json') return () => openApiAnswer(service)
  const at = `${service.app.settings.api.prefix}/docs`
  if (path === at || path === `${at}/`) return () => tagged(sent(pageText(service.app)), 'text/html; charset=utf-8')
  const name = path.startsWith(`${at}/`) ? path.slice(at.length + 1) : ''
  const asset = assets.get(name)
  return asset && (() => tagged(assetOf(name, asset), asset.type))
}

/** The handler of the document and its explorer, for the paths that are theirs. */
export function explorerOf(
  service: Service,
  path: string,
): ((service: Service, call: Call) => Promise<Outcome>) | undefined {
  const answer = answerOf(service, path)
  if (!answer) return undefined
  return async (_, call) => (isGet(call) ? answer() : otherMethod({ GET: true }))
}
