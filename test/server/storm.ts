// A server's state under many edits, without a connection.

import { createState, type State } from '../../server/state.ts'

export const path = (name: string): string => `/storm/${name}`
const uri = (name: string): string => `file:///storm/${name}`

/** The state with these files open. */
export function opened(files: ReadonlyMap<string, string>): State {
  const state = createState()
  for (const [name, text] of files) state.texts.open({ uri: uri(name), languageId: 'typescript', version: 1, text })
  return state
}

/** One change as an editor sends it: the stretch that is different. */
export function changeBetween(state: State, name: string, after: string, version: number): void {
  const before = state.texts.textOf(path(name)) ?? ''
  let start = 0
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1
  let tail = 0
  while (
    tail < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1
  const range = state.texts.converterAt(path(name)).rangeOf({ start, end: before.length - tail })
  state.texts.change(uri(name), version, [{ range, text: after.slice(start, after.length - tail) }])
}
