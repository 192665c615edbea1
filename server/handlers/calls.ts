// The hierarchy of events and workflows, as the client takes it.

import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Connection,
  type Range,
  SymbolKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver'
import {
  type Call,
  type CallItem,
  type CallKind,
  callItemsAt,
  incomingCalls,
  outgoingCalls,
} from '../features/calls.ts'
import { guarded } from '../guard.ts'
import { pathOf } from '../path.ts'
import type { Snapshot } from '../projects.ts'
import { locationOf, type State } from '../state.ts'
import { fileOf, placeOf } from './place.ts'

const kinds: Readonly<Record<CallKind, SymbolKind>> = {
  behavior: SymbolKind.Method,
  entity: SymbolKind.Class,
  workflow: SymbolKind.Event,
}

type Data = Pick<CallItem, 'kind' | 'path'>
type About = { readonly item: CallHierarchyItem }

export function handleCalls(connection: Connection, state: State): void {
  const shown = (snapshot: Snapshot, { kind, path, name, detail, place }: CallItem): CallHierarchyItem => {
    const { uri, range } = locationOf(state, snapshot, place)
    const data: Data = { kind, path }
    return { name, kind: kinds[kind], uri, range, selectionRange: range, data, ...(detail && { detail }) }
  }
  const appOf = ({ item }: About): Snapshot | undefined => fileOf(state, pathOf(item.uri))?.snapshot
  /** Ranges are in the file of the caller; places in other files cannot be shown. */
  const rangesIn = (snapshot: Snapshot, uri: string, { places }: Call): Range[] =>
    places.flatMap((place) => {
      const at = locationOf(state, snapshot, place)
      return at.uri === uri ? [at.range] : []
    })

  connection.languages.callHierarchy.onPrepare(
    guarded<TextDocumentPositionParams, CallHierarchyItem[] | null>(connection, 'calls', null, (params) => {
      const at = placeOf(state, params)
      const found = at ? callItemsAt(at.snapshot.analysis, at.file, at.offset) : []
      return at && found.length > 0 ? found.map((item) => shown(at.snapshot, item)) : null
    }),
  )
  connection.languages.callHierarchy.onIncomingCalls(
    guarded<About, CallHierarchyIncomingCall[]>(connection, 'incoming calls', [], (params) => {
      const snapshot = appOf(params)
      if (!snapshot) return []
      return incomingCalls(snapshot.analysis, params.item.data as Data).map((call) => {
        const from = shown(snapshot, call.item)
        return { from, fromRanges: rangesIn(snapshot, from.uri, call) }
      })
    }),
  )
  connection.languages.callHierarchy.onOutgoingCalls(
    guarded<About, CallHierarchyOutgoingCall[]>(connection, 'outgoing calls', [], (params) => {
      const snapshot = appOf(params)
      if (!snapshot) return []
      return outgoingCalls(snapshot.analysis, params.item.data as Data).map((call) => ({
        to: shown(snapshot, call.item),
        fromRanges: rangesIn(snapshot, params.item.uri, call),
      }))
    }),
  )
}
