// What can go wrong in a database, in the same words for both implementations. Over HTTP only the message tells, so the
// message is what is read everywhere.

export type DatabaseErrorKind =
  | 'unique'
  | 'foreignKey'
  | 'notNull'
  | 'check'
  | 'busy'
  | 'slow'
  | 'unreachable'
  | 'other'

/** `table` and `columns` are there where the database's message names them. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly kind: DatabaseErrorKind
  readonly table?: string
  readonly columns?: readonly string[]

  constructor(kind: DatabaseErrorKind, message: string, details: Place & { readonly cause?: unknown } = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause })
    this.kind = kind
    if (details.table !== undefined) this.table = details.table
    if (details.columns !== undefined) this.columns = details.columns
  }
}

type Place = { readonly table?: string; readonly columns?: readonly string[] }

/** `Task.title, Task.status`; the table's own name may have dots, a column's may not. */
function placeOf(list: string): Place {
  const parts = list
    .split(', ')
    .map((part) => ({ table: part.slice(0, part.lastIndexOf('.')), column: part.slice(part.lastIndexOf('.') + 1) }))
  const table = parts[0]?.table
  return table ? { table, columns: parts.map(({ column }) => column) } : {}
}

const patterns: readonly (readonly [RegExp, DatabaseErrorKind, (found: string) => Place])[] = [
  [/UNIQUE constraint failed: ([^\n]+)/, 'unique', placeOf],
  [/NOT NULL constraint failed: ([^\n]+)/, 'notNull', placeOf],
  [/FOREIGN KEY constraint failed/, 'foreignKey', () => ({})],
  // Of a condition that begins with a quoted name, SQLite tells that name alone.
  [/CHECK constraint failed: ([A-Za-z]\w*)$/m, 'check', (column) => ({ columns: [column] })],
  [/CHECK constraint failed/, 'check', () => ({})],
  [/cannot store \w+ value in \w+ column ([^\n]+)/, 'check', placeOf],
  [/database (?:table )?is locked|SQLITE_BUSY|locking protocol|transaction timed.?out/i, 'busy', () => ({})],
  [/fetch failed|HTTP status (?:429|5\d\d)|stream (?:has )?expired|SQLITE_IOERR_NETWORK/i, 'unreachable', () => ({})],
]

/** Any error of a driver as a DatabaseError. `text` is the statement, told where the fault is in it. */
export function databaseError(error: unknown, text?: string): DatabaseError {
  if (error instanceof DatabaseError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new DatabaseError('unreachable', 'The database did not answer in time.', { cause: error })
  }
  for (const [pattern, kind, place] of patterns) {
    const found = pattern.exec(message)
    if (found)
      return new DatabaseError(kind, found[0].startsWith('fetch') ? 'The database cannot be reached.' : message, {
        ...place(found[1] ?? ''),
        cause: error,
      })
  }
  return new DatabaseError('other', text === undefined ? message : `${message} (in: ${text.slice(0, 300)})`, {
    cause: error,
  })
}
