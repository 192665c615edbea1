// Code actions, code lenses, previews and explanations, as the client takes them.

import { type CodeAction, CodeActionKind, type CodeLens, type Connection } from 'vscode-languageserver'
import type { Action } from '../features/action.ts'
import { actionsOfApps } from '../features/actions-of-apps.ts'
import { type Explanation, explainRule, type Sample } from '../features/explain.ts'
import { lensesIn } from '../features/lenses.ts'
import { siteAt } from '../features/locate.ts'
import { type Preview, previewOf } from '../features/preview.ts'
import { guarded } from '../guard.ts'
import { nameOf, pathOf, truthFile } from '../path.ts'
import { offsetIn, rangeIn, type State } from '../state.ts'
import { workspaceEdit } from './navigation.ts'
import { fileOf, placeOf } from './place.ts'

/** An app that uses a file: the file that exports it, and its name. */
type AppAddress = { readonly uri: string; readonly name: string }

export const actionKinds = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorRewrite,
  `${CodeActionKind.SourceFixAll}.truth`,
  // A kind of its own: an editor applies all of one kind when it saves, and these edits may touch the same text.
  'source.format.truth',
]

const clientKind = (kind: Action['kind']): string => (kind.startsWith('source.') ? `${kind}.truth` : kind)

export function handleActions(connection: Connection, state: State): void {
  connection.onCodeAction((params, token) =>
    guarded<typeof params, CodeAction[]>(connection, 'code actions', [], ({ textDocument, range, context }) => {
      const found = fileOf(state, pathOf(textDocument.uri))
      if (!found) return []
      const { path } = found
      const span = { start: offsetIn(state, path, range.start), end: offsetIn(state, path, range.end) }
      const wanted = (kind: string): boolean =>
        !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`))
      return actionsOfApps(state.projects.snapshotsOf(path), path, span).flatMap(
        ({ title, kind, edits, diagnostic, preferred }): CodeAction[] => {
          if (!wanted(clientKind(kind))) return []
          const mends =
            diagnostic &&
            context.diagnostics.filter(
              ({ code, message }) => code === diagnostic.code && message === diagnostic.message,
            )
          return [
            {
              title,
              kind: clientKind(kind),
              edit: workspaceEdit(state, (file) => file, edits),
              ...(mends && { diagnostics: mends }),
              ...(preferred && { isPreferred: true }),
            },
          ]
        },
      )
    })(params, token),
  )
  connection.onCodeLens(
    guarded<{ textDocument: { uri: string } }, CodeLens[]>(connection, 'code lens', [], ({ textDocument }) => {
      const path = pathOf(textDocument.uri)
      if (!truthFile.test(path) || !state.settings.lenses) return []
      return lensesIn(state.projects.snapshotsOf(path), path).map((lens) => {
        const range = rangeIn(state, path, lens.place)
        // Only our own client knows these commands; others show the words.
        if (!state.client.previews) return { range, command: { title: lens.title, command: '' } }
        if (lens.opens !== 'references') {
          return {
            range,
            command: { title: lens.title, command: 'truth.preview', arguments: [lens.opens, textDocument.uri] },
          }
        }
        const places = lens.references.map((place) => ({
          uri: state.texts.uriOf(place.file),
          range: rangeIn(state, place.file, place),
        }))
        return {
          range,
          command: {
            title: lens.title,
            command: 'truth.references',
            arguments: [textDocument.uri, range.start, places],
          },
        }
      })
    }),
  )
  connection.onRequest('truth/preview', (params: { uri: string; kind: string }, token) =>
    guarded<typeof params, Preview | null>(connection, 'preview', null, ({ uri, kind }) => {
      const found = fileOf(state, pathOf(uri))
      return (found && previewOf(found.snapshot.analysis, kind)) ?? null
    })(params, token),
  )
  connection.onRequest('truth/apps', (params: { uri: string }, token) =>
    guarded<typeof params, AppAddress[]>(connection, 'apps', [], ({ uri }) => {
      const path = pathOf(uri)
      if (!truthFile.test(path) || state.texts.textOf(path) === undefined) return []
      return state.projects.snapshotsOf(path).map(({ entry, analysis }) => ({
        uri: state.texts.uriOf(entry),
        name: analysis.draft?.name ?? nameOf(entry),
      }))
    })(params, token),
  )
  connection.onRequest('truth/explain', (params: Parameters<typeof placeOf>[1] & { sample?: Sample }, token) =>
    guarded<typeof params, Explanation | null>(connection, 'explain', null, () => {
      const at = placeOf(state, params)
      const found = at && siteAt(at.snapshot.analysis, at.file, at.offset)
      return found?.site.kind === 'expression' ? explainRule(found.site, params.sample) : null
    })(params, token),
  )
}
