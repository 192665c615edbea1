// What can be said of a part without the app that it belongs to: nothing that hangs on what else is in that app.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'

type Holds = (diagnostic: Diagnostic, known: (entity: string) => boolean) => boolean

const always: Holds = () => true
/** Who signs in is decided elsewhere. */
const notOfAuth: Holds = ({ message }) => !message.includes('auth entity')
const ofKnown: Holds = ({ message }, known) => known(/ on (\w+)\b/.exec(message)?.[1] ?? '')

/** The longest beginning of a code counts; codes without a row are left out. */
const rows: { readonly [code: string]: Holds } = {
  T1: always,
  T2: notOfAuth,
  T3002: ofKnown,
  T3005: notOfAuth,
  T3008: always,
  T3010: always,
  T3011: always,
  T3014: always,
  T3015: always,
  T40: always,
  T4101: always,
  T4102: ofKnown,
  T4103: always,
  T4203: always,
}

export function holdsAlone(diagnostic: Diagnostic, { draft }: Analysis): boolean {
  const { code } = diagnostic
  const row = [code, code.slice(0, 3), code.slice(0, 2)].find((one) => Object.hasOwn(rows, one))
  const known = (entity: string): boolean => draft?.entities.has(entity) === true
  return row !== undefined && rows[row]?.(diagnostic, known) === true
}
