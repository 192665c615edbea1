// What every page handler is given, and how it sends the browser elsewhere.

import type { Call, Outcome } from '../call.ts'
import type { Service } from '../service.ts'

export type Pages = { readonly service: Service; readonly call: Call; readonly problems: string | undefined }

/** An address as a header can hold it; what is encoded already stays. */
const encoded = (address: string): string => address.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)

/** After a form was taken: 303, so that going back or reloading sends nothing twice. */
export const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): Outcome => ({
  status: 303,
  headers: { Location: encoded(location), ...headers },
})

/** Only addresses of this app: never another site, however it is spelt. */
export const localPath = (text: string | null | undefined): string =>
  text && /^\/(?![/\\])/.test(text) && !/[\t\r\n]/.test(text) ? text : '/'
