// What an expression may talk about: entities, their fields, and how these lie in SQL tables. Plain data, made by
// `runtime/truth` from an app, or by hand by whoever uses `truthfile/expr` alone.

/** The field types an expression can read; `text` and `uuid` behave as `string`. */
export type ScalarType =
  | 'string'
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'json'
  | 'uuid'
  | 'enum'

export type ScalarFieldSchema = {
  readonly type: ScalarType
  /** The options of an `enum`. */
  readonly options?: readonly string[]
  /** A list of values, stored as a JSON array. */
  readonly many?: boolean
  readonly required?: boolean
  /** Never readable by an expression: reported as an unknown field. */
  readonly secret?: boolean
}

export type RelationFieldSchema = {
  readonly type: 'relation'
  readonly to: string
  /** With `inverse` naming a to-one relation of `to`: its other side. Else many-to-many, through a join table. */
  readonly many?: boolean
  readonly inverse?: string
  readonly required?: boolean
  readonly secret?: boolean
}

/** A field whose type cannot be told, since its declaration is faulty or only known by running it. */
export type UnknownFieldSchema = {
  readonly type: 'unknown'
  readonly many?: boolean
  readonly required?: boolean
  readonly secret?: boolean
}

export type FieldSchema = ScalarFieldSchema | RelationFieldSchema | UnknownFieldSchema

export type EntitySchema = {
  /** Declared fields; `id`, `createdAt` and `updatedAt` exist on every entity and need not be listed. */
  readonly fields: ReadonlyMap<string, FieldSchema>
  /** There may be further fields, which cannot be told: nothing is said about names that are not among `fields`. */
  readonly open?: boolean
  /** The field that is the owner relation; when absent it is found among the usual names. */
  readonly owner?: string
  /** Rows whose column `deletedAt` is set are gone: for whatever is behind a relation they are missing. */
  readonly softDelete?: boolean
  /** SQL table, by default the entity's name. A field's column is its name; a join table is `Table.field` with columns `source` and `target`. */
  readonly table?: string
}

export type Schema = {
  readonly entities: ReadonlyMap<string, EntitySchema>
  /** There may be further entities, which cannot be told. */
  readonly open?: boolean
  /** The entity whose rows are the users, by default `User`. */
  readonly auth?: string
}
