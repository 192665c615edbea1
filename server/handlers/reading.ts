// Hover, signature help, colours, hints: what helps to read, as the client takes it.

import {
  type Connection,
  type Hover,
  type InlayHint,
  InlayHintKind,
  MarkupKind,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SignatureHelp,
  type TextDocumentPositionParams,
} from 'vscode-languageserver'
import { hintsIn } from '../features/hints.ts'
import { hoverAt } from '../features/hover.ts'
import { signatureAt } from '../features/signature.ts'
import { coloursIn, tokenModifiers, tokenTypes } from '../features/tokens.ts'
import { guarded } from '../guard.ts'
import { pathOf } from '../path.ts'
import { offsetIn, rangeIn, type State } from '../state.ts'
import { fileOf, placeOf } from './place.ts'

export const tokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] }

/** Fences and rules of Markdown taken off, for clients that show plain text. */
const plainText = (markdown: string): string => markdown.replaceAll(/^```\w*\n|\n```$|^---$/gm, '').replaceAll('`', '')

export function handleReading(connection: Connection, state: State): void {
  connection.onHover(
    guarded<TextDocumentPositionParams, Hover | null>(connection, 'hover', null, (params) => {
      const at = placeOf(state, params)
      const hover = at && hoverAt(at.snapshot.analysis, at.file, at.offset)
      if (!at || !hover) return null
      const contents = state.client.markdown
        ? { kind: MarkupKind.Markdown, value: hover.markdown }
        : { kind: MarkupKind.PlainText, value: plainText(hover.markdown) }
      return { contents, range: rangeIn(state, at.path, hover.place) }
    }),
  )
  connection.onSignatureHelp(
    guarded<TextDocumentPositionParams, SignatureHelp | null>(connection, 'signature help', null, (params) => {
      const at = placeOf(state, params)
      const signature = at && signatureAt(at.snapshot.analysis, at.file, at.offset)
      if (!signature) return null
      const { docs, parameter } = signature
      const parameters = docs.parameters.map((label) => ({ label }))
      return {
        signatures: [{ label: docs.signature, documentation: docs.doc, parameters }],
        activeSignature: 0,
        activeParameter: parameter,
      }
    }),
  )

  function tokensOf(uri: string, from?: number, to?: number): SemanticTokens {
    const path = pathOf(uri)
    const found = fileOf(state, path)
    const builder = new SemanticTokensBuilder()
    if (!found) return builder.build()
    for (const { place, type, modifiers } of coloursIn(found.snapshot.analysis, found.file, from, to)) {
      const { start, end } = rangeIn(state, path, place)
      if (start.line !== end.line) continue
      const bits = modifiers.reduce((all, one) => all | (1 << tokenModifiers.indexOf(one)), 0)
      builder.push(start.line, start.character, end.character - start.character, tokenTypes.indexOf(type), bits)
    }
    return builder.build()
  }
  connection.languages.semanticTokens.on(
    guarded(connection, 'colours', { data: [] }, ({ textDocument }: { textDocument: { uri: string } }) =>
      tokensOf(textDocument.uri),
    ),
  )
  connection.languages.semanticTokens.onRange((params, token) =>
    guarded<typeof params, SemanticTokens>(connection, 'colours', { data: [] }, ({ textDocument, range }) => {
      const path = pathOf(textDocument.uri)
      return tokensOf(textDocument.uri, offsetIn(state, path, range.start), offsetIn(state, path, range.end))
    })(params, token),
  )
  connection.languages.inlayHint.on((params, token) =>
    guarded<typeof params, InlayHint[]>(connection, 'hints', [], ({ textDocument, range }) => {
      const path = pathOf(textDocument.uri)
      const found = fileOf(state, path)
      if (!found) return []
      const [from, to] = [offsetIn(state, path, range.start), offsetIn(state, path, range.end)]
      return hintsIn(found.snapshot.analysis, found.file, from, to, state.settings.hints).map(
        ({ offset, label, kind, tip }) => ({
          position: state.texts.converterAt(path).positionAt(offset),
          label,
          kind: kind === 'type' ? InlayHintKind.Type : InlayHintKind.Parameter,
          tooltip: tip,
          ...(kind === 'parameter' ? { paddingRight: true } : { paddingLeft: true }),
        }),
      )
    })(params, token),
  )
}
