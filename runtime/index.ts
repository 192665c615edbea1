// The npm package's public face: what a truth file imports, and what a program that embeds Truth calls.

export { env } from './env.ts'
export type { AuthProvider, ProvidedPerson, ProvidedWay } from './http/accounts/auth-provider.ts'
export { type AnalyseOptions, type Analysis, analyse } from './truth/analyse.ts'
export type { App } from './truth/app.ts'
export { defineApp, defineEntity, defineFields, defineView, defineWorkflow } from './truth/define.ts'
export type {
  ActionDefinition,
  AppDefinition,
  BehaviorDefinition,
  EntityDefinition,
  FieldDefinition,
  FieldDefinitions,
  SettingsDefinition,
  ViewDefinition,
  WorkflowDefinition,
} from './truth/definition.ts'
export type { Diagnostic } from './truth/diagnostic.ts'
export type { Behaviors, CreateInput, InferApp, Row, UpdateInput } from './truth/infer.ts'
