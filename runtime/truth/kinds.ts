// The field kinds, one row each: the type in SQL and in TypeScript, what a value of it must look like, which keys it takes.

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
