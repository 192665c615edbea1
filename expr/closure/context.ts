// What a closure is evaluated in.

/** A row: relation fields hold ids, datetimes ISO text, lists arrays. A missing key is null. */
export type Row = { readonly [field: string]: unknown }

/** Follows relations for closures. Without it a path through a relation is missing. */
export interface Rows {
  /** The row of an entity with this id. */
  get(entity: string, id: string): Row | undefined
  /** The rows of a relation field with `many`, of the row with this id. */
  collection(entity: string, field: string, id: string): readonly Row[]
}

export type Context = {
  /** The signed-in user, or null. */
  readonly user: Row | null
  readonly entity?: Row | null
  /** The row as it would be after the write. */
  readonly next?: Row
  /** The row before the write. */
  readonly previous?: Row | null
  readonly input?: Row
  readonly event?: Row
  /** The instant of the request, ISO text in UTC with milliseconds. */
  readonly now: string
  readonly rows?: Rows
}

/** A value while it is computed: dates and durations are milliseconds, a record is its id, missing is null. */
export type Value = string | number | boolean | null | readonly Value[]
export type Closure = (context: Context) => Value
/** A condition that is definitely met. */
export type Decision = (context: Context) => boolean
