// A whole list as one stream, `Accept: text/csv` or `application/x-ndjson`: page after page, so that memory stays as it
// is however long the list, and no further than the reader has come.

import { stringify } from 'csv-stringify/sync'
import type { Collection } from '../../database/records/collection.ts'
import { columnOf } from '../../database/records/guard.ts'
import { type ListQuery, readList } from '../../database/records/read.ts'
import { visibleMembers } from '../../database/records/row-json.ts'
import type { Answer, Call } from '../call.ts'
import type { Service } from '../service.ts'
import { likingIn } from './accept.ts'

type Format = {
  readonly type: string
  readonly extension: string
  readonly head: (columns: readonly string[]) => string
  readonly rows: (rows: readonly string[], columns: readonly string[]) => string
}

/** SECURITY: what begins like a formula gets a `'` before it, since spreadsheets would run it; numbers are as they are. */
const csvCell = (value: unknown): unknown =>
  typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value

const csvLines = (lines: readonly (readonly unknown[])[]): string =>
  stringify(lines as unknown[][], {
    cast: { boolean: String },
    record_delimiter: 'windows',
    // Of its own it quotes a text with the whole delimiter only, not one with half of it.
    quoted_match: /[\r\n]/,
  })

const formats: readonly Format[] = [
  {
    type: 'text/csv',
    extension: 'csv',
    head: (columns) => csvLines([columns]),
    rows: (rows, columns) =>
      csvLines(
        rows.map((row) => {
          const values = JSON.parse(row) as { readonly [name: string]: unknown }
          return columns.map((name) => csvCell(values[name]))
        }),
      ),
  },
  {
    type: 'application/x-ndjson',
    extension: 'ndjson',
    head: () => '',
    rows: (rows) => rows.map((row) => `${row}\n`).join(''),
  },
]

/** The format that a request likes best; undefined for a page in JSON, which it is where nothing else is liked better. */
export function formatOf({ headers }: Request): Format | undefined {
  const accept = headers.get('accept')
  // PERF: most callers ask for JSON, or for anything.
  if (accept === null || !/csv|ndjson/i.test(accept)) return undefined
  const likingOf = likingIn(accept)
  const [best] = formats.toSorted((a, b) => likingOf(b.type) - likingOf(a.type))
  return best && likingOf(best.type) > likingOf('application/json') ? best : undefined
}

/** Rows that one statement reads. */
const page = 500

async function* pagesOf(
  { database }: Service,
  collection: Collection,
  { caller, query: asked }: Call,
  first: ListQuery,
): AsyncGenerator<readonly string[]> {
  let left = asked.has('limit') ? first.limit : Number.POSITIVE_INFINITY
  let query = first
  while (left > 0) {
    const { rows, next } = await readList(database.query, collection, caller, { ...query, limit: Math.min(page, left) })
    yield rows
    if (!next) return
    left -= rows.length
    query = { ...query, after: next, offset: 0 }
  }
}

function columnsOf({ app, entity }: Collection, { projection }: ListQuery): readonly string[] {
  const wants = (name: string): boolean =>
    !projection?.fields || projection.fields.has(name) || projection.expand.has(name)
  const members = visibleMembers(app, entity, (name) => columnOf(entity, name), wants)
  // The other side of a relation is written only where it is expanded.
  const expanded = [...(projection?.expand.keys() ?? [])]
  return [...new Set([...members.map(({ name }) => name), ...expanded, ...(projection?.can ? ['_can'] : [])])]
}

/** Every row of the list, from where `after` and `offset` say; `limit` is how many, or all. The first page is read at once. */
export async function exportList(
  service: Service,
  call: Call,
  collection: Collection,
  query: ListQuery,
  format: Format,
): Promise<Answer> {
  const headers = {
    'Content-Type': `${format.type}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${collection.entity.path}.${format.extension}"`,
    Vary: 'Accept',
  }
  if (call.method === 'HEAD') return { status: 200, headers }
  const columns = columnsOf(collection, query)
  const pages = pagesOf(service, collection, call, query)
  const encoder = new TextEncoder()
  const { value: first = [] } = await pages.next()
  let begun = format.head(columns) + format.rows(first, columns)
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (begun !== '') {
          controller.enqueue(encoder.encode(begun))
          begun = ''
          return
        }
        const { done, value } = await pages.next()
        const text = value ? format.rows(value, columns) : ''
        if (text !== '') controller.enqueue(encoder.encode(text))
        if (done) controller.close()
      },
      cancel: async () => void (await pages.return(undefined)),
    },
    { highWaterMark: 1 },
  )
  return { status: 200, stream, headers }
}
