// The field types, and the part of a field that says which values it accepts.

export type FieldType =
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
  | 'relation'

/** The part of a field that says which values it accepts. */
export type ValueRules = {
  readonly type: FieldType
  readonly many?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly min?: number
  readonly max?: number
  readonly options?: readonly string[]
  readonly schema?: unknown
}
