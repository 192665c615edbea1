// What an app becomes, as text to read: TypeScript types, SQL tables, OpenAPI, routes. Of a faulty app, what can be told.

import { openApi } from '../../runtime/generate/openapi.ts'
import { createIndexSql, createTableSql } from '../../runtime/generate/sql-schema.ts'
import { tablesOf } from '../../runtime/generate/tables.ts'
import { typesText } from '../../runtime/generate/types.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import { routesPreview } from './routes.ts'

export type Preview = { readonly text: string; readonly languageId: string }

const previews: Readonly<Record<string, (app: App) => Preview>> = {
  types: (app) => ({ text: typesText(app), languageId: 'typescript' }),
  sql: (app) => ({ text: sqlPreview(app), languageId: 'sql' }),
  openapi: (app) => ({ text: `${JSON.stringify(openApi(app), undefined, 2)}\n`, languageId: 'jsonc' }),
  routes: (app) => ({ text: routesPreview(app), languageId: 'plaintext' }),
}

/** How a note begins in each language. */
const comments: Readonly<Record<string, string>> = { sql: '--', typescript: '//', jsonc: '//' }

export const previewKinds: readonly string[] = Object.keys(previews)

export function previewOf({ draft, diagnostics }: Analysis, kind: string): Preview | undefined {
  const preview = Object.hasOwn(previews, kind) ? previews[kind] : undefined
  if (!draft || !preview) return undefined
  const found = preview(draft)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  if (errors === 0) return found
  const comment = comments[found.languageId] ?? '#'
  const note = `${comment} The app has ${errors} error${errors === 1 ? '' : 's'}: this is what can be told of it.`
  return { ...found, text: `${note}\n\n${found.text}` }
}

function sqlPreview(app: App): string {
  const statements = tablesOf(app).flatMap((table) => [
    createTableSql(table),
    ...table.indexes.map((index) => createIndexSql(table, index)),
  ])
  return `${statements.map((statement) => `${statement};`).join('\n\n')}\n`
}
