// One stream of the Hrana server: a connection of its own, the texts stored for it, and the requests it understands.

import Libsql from 'libsql'

type Value =
  | { readonly type: 'null' }
  | { readonly type: 'integer' | 'text'; readonly value: string }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'blob'; readonly base64: string }

type Sql = { readonly sql?: string; readonly sql_id?: number }

type Statement = Sql & {
  readonly args?: readonly Value[]
  readonly named_args?: readonly { readonly name: string; readonly value: Value }[]
  readonly want_rows?: boolean
}

type Condition =
  | { readonly type: 'ok' | 'error'; readonly step: number }
  | { readonly type: 'not'; readonly cond: Condition }
  | { readonly type: 'and' | 'or'; readonly conds: readonly Condition[] }
  | { readonly type: 'is_autocommit' }

type Batch = { readonly steps: readonly { readonly condition?: Condition; readonly stmt: Statement }[] }

export type Request =
  | { readonly type: 'close' | 'get_autocommit' }
  | { readonly type: 'execute'; readonly stmt: Statement }
  | { readonly type: 'batch'; readonly batch: Batch }
  | ({ readonly type: 'sequence' | 'describe' } & Sql)
  | { readonly type: 'store_sql'; readonly sql_id: number; readonly sql: string }
  | { readonly type: 'close_sql'; readonly sql_id: number }

export type Stream = {
  /** The answer to one request, an error among them; never throws. */
  readonly answer: (request: Request) => object
  readonly isClosed: () => boolean
  readonly close: () => void
}

class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What sqld does not let a client do to its file. */
const refused = /^\s*(?:attach|detach|vacuum|pragma\s+journal_mode)\b/i

const fromValue = (value: Value): unknown => {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'blob':
      return Buffer.from(value.base64, 'base64')
    default:
      return value.value
  }
}

const toValue = (value: unknown): Value => {
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return value === null ? { type: 'null' } : { type: 'blob', base64: Buffer.from(value as Buffer).toString('base64') }
}

const failure = (error: unknown): object => {
  const { message, code } = error as Error & { readonly code?: string }
  return { message: error instanceof Refusal ? message : `SQLite error: ${message}`, code: code ?? 'UNKNOWN' }
}

/** Connections to one file that nobody uses: to open one takes longer than most of what is asked of it. */
export type Idle = { readonly file: string; readonly connections: Libsql.Database[] }

/** After these a connection is not as it was. */
const lasting = /\b(?:pragma|temp|temporary)\b/i

/** `transactionLimit` is in milliseconds: a transaction open for longer is rolled back. */
export function createHranaStream(idle: Idle, transactionLimit: number): Stream {
  const texts = new Map<number, string>()
  let connection = idle.connections.pop() ?? connect(idle.file)
  let began: number | undefined
  let closed = false
  let changed = false

  const sqlOf = ({ sql, sql_id }: Sql): string => {
    const text = sql ?? texts.get(sql_id ?? Number.NaN)
    if (text === undefined) throw new Refusal('SQL_NOT_FOUND', `SQL text ${sql_id} not found`)
    if (refused.test(text))
      throw new Refusal('SQL_PARSE_ERROR', 'SQL string could not be parsed: unsupported statement')
    changed ||= lasting.test(text)
    return text
  }

  const watchTime = (): void => {
    if (!connection.inTransaction) began = undefined
    if (began === undefined || performance.now() - began < transactionLimit) return
    connection.exec('ROLLBACK')
    began = undefined
    throw new Refusal('TRANSACTION_TIMEOUT', 'Transaction timed-out')
  }

  const guarded = <T>(work: () => T): T => {
    watchTime()
    const outside = !connection.inTransaction
    try {
      const result = work()
      if (outside && connection.inTransaction) began = performance.now()
      return result
    } catch (error) {
      // After BUSY the driver acknowledges writes that it loses, so the connection is replaced.
      if (outside && (error as { readonly code?: string }).code?.startsWith('SQLITE_BUSY')) {
        connection.close()
        connection = connect(idle.file)
      }
      throw error
    }
  }

  const execute = (statement: Statement): object =>
    guarded(() => {
      const prepared = connection.prepare(sqlOf(statement))
      const named = (statement.named_args ?? []).map(({ name, value }) => [
        name.replace(/^[:@$]/, ''),
        fromValue(value),
      ])
      const given = named.length > 0 ? Object.fromEntries(named) : (statement.args ?? []).map(fromValue)
      if (!prepared.reader) {
        const { changes, lastInsertRowid } = prepared.run(given)
        return { cols: [], rows: [], affected_row_count: changes, last_insert_rowid: String(lastInsertRowid) }
      }
      const cols = prepared.columns().map(({ name, type }) => ({ name, decltype: type }))
      const rows = prepared.raw().safeIntegers(true).all(given) as readonly (readonly unknown[])[]
      const wanted = statement.want_rows === false ? [] : rows.map((row) => row.map(toValue))
      return { cols, rows: wanted, affected_row_count: 0, last_insert_rowid: null }
    })

  const batch = ({ steps }: Batch): object => {
    const results: (object | null)[] = []
    const errors: (object | null)[] = []
    const holds = (condition: Condition): boolean => {
      switch (condition.type) {
        case 'ok':
          return results[condition.step] != null
        case 'error':
          return errors[condition.step] != null
        case 'not':
          return !holds(condition.cond)
        case 'and':
          return condition.conds.every(holds)
        case 'or':
          return condition.conds.some(holds)
        case 'is_autocommit':
          return !connection.inTransaction
      }
    }
    for (const { condition, stmt } of steps) {
      let result: object | null = null
      let error: object | null = null
      try {
        if (!condition || holds(condition)) result = execute(stmt)
      } catch (caught) {
        error = failure(caught)
      }
      results.push(result)
      errors.push(error)
    }
    return { step_results: results, step_errors: errors }
  }

  const describe = (sql: string): object => {
    const prepared = connection.prepare(sql)
    const params = [...new Set(sql.match(/\?\d+|[:@$]\w+/g))].map((name) => ({ name }))
    const cols = prepared.reader ? prepared.columns().map(({ name, type }) => ({ name, decltype: type })) : []
    return { params, cols, is_explain: /^\s*explain\b/i.test(sql), is_readonly: /^\s*(?:select|values)\b/i.test(sql) }
  }

  const close = (): void => {
    if (closed) return
    // A closed connection keeps its locks for as long as a statement of it is in memory.
    if (connection.inTransaction) connection.exec('ROLLBACK')
    if (changed) connection.close()
    else idle.connections.push(connection)
    closed = true
  }

  const respond = (request: Request): object => {
    switch (request.type) {
      case 'close':
        close()
        return {}
      case 'execute':
        return { result: execute(request.stmt) }
      case 'batch':
        return { result: batch(request.batch) }
      case 'sequence':
        guarded(() => connection.exec(sqlOf(request)))
        return {}
      case 'describe':
        return { result: describe(sqlOf(request)) }
      case 'store_sql':
        texts.set(request.sql_id, request.sql)
        return {}
      case 'close_sql':
        texts.delete(request.sql_id)
        return {}
      case 'get_autocommit':
        return { is_autocommit: !connection.inTransaction }
    }
  }

  return {
    answer: (request) => {
      try {
        if (closed) throw new Refusal('STREAM_CLOSED', 'The stream is closed')
        return { type: 'ok', response: { type: request.type, ...respond(request) } }
      } catch (error) {
        return { type: 'error', error: failure(error) }
      }
    },
    isClosed: () => closed,
    close,
  }
}

function connect(path: string): Libsql.Database {
  // A call blocks the process, and with it the transaction it would wait for: BUSY is told at once.
  const connection = new Libsql(path, { timeout: 0 })
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = 1')
  return connection
}
