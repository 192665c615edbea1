// What the database room promises to everyone else; the embedded and the remote implementation keep it alike.

/** A bound value, as the drivers take it: a JavaScript number is always REAL, a bigint always INTEGER. */
export type SqlValue = string | number | bigint | null

/** A row of raw values, in the order of the statement's own columns. Integers are safe numbers. */
export type Row = readonly (string | number | null)[]

/**
 * A value before binding. Whole numbers and booleans are bound as INTEGER, other numbers as REAL. A REAL column turns
 * an INTEGER into a REAL by itself; where SQL computes with the parameter, or where a whole number may lie beyond
 * 2^53 − 1, `{ real }` binds it as REAL whatever its value.
 */
export type Input = string | number | bigint | boolean | null | { readonly real: number }

/** A single SQL statement with the numbered parameters ?1 to ?n; made by `statement`, best once and kept. */
export type Statement = {
  readonly text: string
  /** The highest parameter number; exactly as many values must be given. */
  readonly parameters: number
  /** Whether it only reads, and may so be given to `query`. */
  readonly reads: boolean
  /** Whether at most one row comes of it, which is fetched in one go. */
  readonly single?: boolean
  /**
   * Whether it may look at many rows. It is run beside everything else, and ended with DatabaseError 'slow' once
   * `Limits.long` has passed; a remote database has its own limit.
   */
  readonly long?: boolean
  /** Whether the same is likely to be asked again, so that an embedded database keeps its answer until something is written. */
  readonly kept?: boolean
}

export interface Transaction {
  /**
   * Runs one statement; its rows when it reads or has RETURNING, else none. Throws DatabaseError. A failed statement
   * fails the whole transaction, even when its error is caught: nothing of it is committed.
   */
  run(statement: Statement, values: readonly Input[]): Promise<readonly Row[]>
}

export interface Database {
  readonly kind: 'embedded' | 'remote'
  /** Reads. Sees every transaction that was committed before the call. Throws DatabaseError. */
  query(statement: Statement, values: readonly Input[]): Promise<readonly Row[]>
  /**
   * BEGIN IMMEDIATE, `work`, COMMIT; ROLLBACK when `work` throws, and its error is thrown on. Transactions of this
   * process run one after the other in the order of the calls, so `work` must not wait for another one, nor for
   * anything slow. Those that wait at the same time may be committed together; one that can take long is `alone`, so
   * that nobody waits for its end but those behind it. Once the promise resolves the change is stored. Throws DatabaseError.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, alone?: 'alone'): Promise<T>
  /**
   * Several reads of the database as it was at the first of them. Nobody waits for it. Throws DatabaseError, also where
   * `work` writes.
   */
  snapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Runs statements without parameters in one transaction: all or none. */
  script(texts: readonly string[]): Promise<void>
  /** Waits for the transactions under way, then lets go of the database. Later calls throw. */
  close(): Promise<void>
}

export type DatabaseOptions = {
  /** A file path, a `file:` URL, `:memory:`, or a `libsql:`, `https:` or `http:` URL. */
  readonly url: string
  readonly authToken?: string
  readonly syncUrl?: string
  /** `full` survives a power cut to the last commit; `normal` may lose the last commits then, but never at a crash of the process. */
  readonly durability: 'normal' | 'full'
}

/** Time limits, in milliseconds. */
export type Limits = {
  /** How long to try again while another process holds the write lock; then DatabaseError 'busy'. */
  readonly busy: number
  /** How long one transaction may take; then it is rolled back. */
  readonly transaction: number
  /** How long a statement may take that may look at many rows; a fifth of it for all those of a transaction that writes. */
  readonly long: number
  /** How long one request to a remote database may take; then DatabaseError 'unreachable'. */
  readonly request: number
}
