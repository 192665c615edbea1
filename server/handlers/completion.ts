// Completion, as the client takes it.

import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  type CompletionTriggerKind,
  type Connection,
  InsertTextFormat,
} from 'vscode-languageserver'
import { completionsAt } from '../features/completion.ts'
import type { Proposal, ProposalKind } from '../features/proposal.ts'
import { guarded } from '../guard.ts'
import { rangeIn, type State } from '../state.ts'
import { placeOf } from './place.ts'

const kinds: Readonly<Record<ProposalKind, CompletionItemKind>> = {
  behavior: CompletionItemKind.Method,
  entity: CompletionItemKind.Class,
  event: CompletionItemKind.Event,
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  key: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  lambda: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  name: CompletionItemKind.Variable,
  operator: CompletionItemKind.Operator,
  option: CompletionItemKind.EnumMember,
  parameter: CompletionItemKind.Variable,
  value: CompletionItemKind.Value,
}

export const completionTriggers = ['.', "'", '"', '`', ' ', '(', '[']

const byCharacter: CompletionTriggerKind = 2

export function handleCompletion(connection: Connection, state: State): void {
  connection.onCompletion(
    guarded<CompletionParams, CompletionItem[]>(connection, 'completion', [], ({ textDocument, position, context }) => {
      const at = placeOf(state, { textDocument, position })
      if (!at) return []
      const trigger = context?.triggerKind === byCharacter ? context.triggerCharacter : undefined
      const proposals = completionsAt(at.snapshot, at.file, at.offset, trigger)
      return proposals.map((proposal, index) => itemOf(state, at.path, proposal, index))
    }),
  )
}

/** Text with a mark as a snippet, in which `$` and `}` mean something. */
const snippetOf = (insert: string): string => {
  const [before = '', after = ''] = insert.split('$0')
  const plain = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&')
  return `${plain(before)}$0${plain(after)}`
}

function itemOf(state: State, path: string, proposal: Proposal, index: number): CompletionItem {
  const { label, kind, detail, doc, insert, rank } = proposal
  const snippet = state.client.snippets && insert.includes('$0')
  const newText = snippet ? snippetOf(insert) : insert.replace('$0', '')
  return {
    label,
    kind: kinds[kind],
    detail,
    ...(doc && { documentation: doc }),
    sortText: `${rank}${String(index).padStart(4, '0')}`,
    filterText: kind === 'lambda' ? '' : label,
    textEdit: { range: rangeIn(state, path, proposal), newText },
    ...(snippet && { insertTextFormat: InsertTextFormat.Snippet }),
  }
}
