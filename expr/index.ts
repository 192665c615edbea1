// The public face of the expression language (`truthfile/expr`), usable without the rest of the project.

export { type Answer, type Answering, type Disagreement, disagreementText, findDisagreement } from './agree/agree.ts'
export { type Asker, type Case, type SmallWorld, smallWorld } from './agree/world.ts'
export {
  type Certainty,
  counterexample,
  implies,
  isAlways,
  isNever,
  overlaps,
  ownFields,
  type UselessTerm,
  uselessTerms,
  witness,
} from './analyze/analyze.ts'
export { closest } from './closest.ts'
export type { Context, Row, Rows } from './closure/context.ts'
export type { CodeInfo, Problem, Severity, Suggestion } from './codes.ts'
export { type Compiled, compileExpression, type Expression, type Place, type Scope } from './compile.ts'
export type { NeededChange } from './explain/change.ts'
export { type Explanation, explanationText } from './explain/explain.ts'
export { type CompiledQuery, compileQuery, type Query } from './query.ts'
export type {
  EntitySchema,
  FieldSchema,
  RelationFieldSchema,
  ScalarFieldSchema,
  ScalarType,
  Schema,
} from './schema.ts'
export { fieldNames, findField, ownerOf } from './scope.ts'
export type { SourceOptions } from './source/compile.ts'
export * as sourceHelpers from './source/helpers.ts'
export type { RowSql, Seen, SqlOptions } from './sql/compile.ts'
export { deepestPart, parserDepth } from './sql/depth.ts'
export { type Binding, type Bound, bindParameters, renderSql } from './sql/render.ts'
export { identifier, joinSql, type Parameter, type Sql, sql } from './sql/sql.ts'
export { type CompiledTemplate, compileTemplate, type Template } from './template.ts'
export { describe, type Type } from './types.ts'
export { isLanguageWord } from './words.ts'
