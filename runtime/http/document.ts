// The OpenAPI document as it is sent: written once for each loaded app, when it is first asked for.

import { openApi } from '../generate/openapi.ts'
import type { App } from '../truth/app.ts'
import type { Answer } from './call.ts'
import { etagOf } from './etag.ts'
import type { Service } from './service.ts'

export type Sent = { readonly body: string; readonly etag: string }

export const sent = (body: string): Sent => ({ body, etag: etagOf(body) })

/** An answer that is not sent again to whoever has it. */
export const tagged = ({ body, etag }: Sent, contentType: string): Answer => ({
  status: 200,
  body,
  headers: { 'Content-Type': contentType, ETag: etag },
})

const written = new WeakMap<App, Sent>()

function documentOf({ app, mailer }: Service): Sent {
  const known = written.get(app)
  if (known) return known
  const made = sent(JSON.stringify(openApi(app, { mail: mailer !== undefined })))
  written.set(app, made)
  return made
}

/** GET /openapi.json */
export const openApiAnswer = (service: Service): Answer =>
  tagged(documentOf(service), 'application/json; charset=utf-8')
