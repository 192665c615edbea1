// What the parts of the source compiler share while one expression is compiled.

import type { TypedNode } from '../tree.ts'

export type Writer = {
  /** A variable of the function that is being written, to hold a value that is needed twice. */
  readonly variable: () => string
  /** Writes a constant outside of the function; gives its name. */
  readonly constant: (code: string) => string
  /** A node as its value: `null` when it is missing or unknown. The parts call each other through this. */
  readonly value: (node: TypedNode) => string
  /** A condition that holds exactly where the node is definitely `wanted`. */
  readonly decide: (node: TypedNode, wanted: boolean) => string
  /** Whether what is written only runs where somebody is signed in. */
  readonly isSignedIn: boolean
  /** The same for what only runs where somebody is. */
  readonly signedIn: () => Writer
}

/** A text as JavaScript; safe inside of `<script>` and on every line. */
export const text = (value: string): string =>
  JSON.stringify(value).replace(/[\u2028\u2029<]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A member access that a name of the user's cannot leave. */
export const member = (object: string, field: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(field) ? `${object}?.${field}` : `${object}?.[${text(field)}]`
