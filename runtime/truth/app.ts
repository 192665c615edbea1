// The normalised app: what every later step (tables, API, pages) reads. Made by `analyse`, never changed afterwards.
// Keyed by user-chosen names, so everything is a Map; every default of the truth file is already applied.

import type { Expression, Query, Schema } from '../../expr/index.ts'
import type { FieldType } from './value-rules.ts'

/** A rule of the file, compiled; `true` and `false` in the file become the expressions of that text. */
export type Rule = {
  readonly path: string
  readonly source: string
  readonly expression: Expression
  /** Whether it speaks of the row at all; otherwise it holds for every row or for none. */
  readonly readsRow: boolean
  /** Whether it looks at other rows, so that only the database can decide it. */
  readonly followsRelations: boolean
}

export type OnDelete = 'restrict' | 'cascade' | 'setNull'

export type Default = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'now' | 'user' | 'auto' }

export type Field = {
  readonly name: string
  readonly type: FieldType
  /** `id`, `createdAt`, `updatedAt`: set by the runtime, never by a caller. */
  readonly system: boolean
  readonly required: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly readonly: boolean
  readonly immutable: boolean
  readonly secret: boolean
  readonly many: boolean
  readonly default?: Default
  readonly label: string
  readonly description?: string
  readonly read?: Rule
  readonly update?: Rule
  /** Of the other side of a relation: the `read` rule of the field that it mirrors, about the rows that it leads to. */
  readonly mirrored?: Rule
  readonly searchable: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly rich?: boolean
  readonly min?: number
  readonly max?: number
  readonly options?: readonly string[]
  readonly schema?: unknown
  readonly renamedFrom?: string
  /** Of an enum: former options and what they are called now. */
  readonly renamedOptions?: ReadonlyMap<string, string>
  /** Only on relations. `inverse` names the field of `to` that this one mirrors; with it there is nothing to store. */
  readonly relation?: { readonly to: string; readonly inverse?: string; readonly onDelete: OnDelete }
}

export type SetValue =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'now' | 'user' }
  | { readonly kind: 'expression'; readonly rule: Rule }

export type Behavior = {
  readonly name: string
  readonly type: 'update' | 'delete' | 'custom'
  readonly label: string
  readonly confirm?: string
  readonly set: ReadonlyMap<string, SetValue>
  readonly input: ReadonlyMap<string, Field>
  /** All of these must hold: `requires`, the permission of its name, or, with neither, the `update` permission. */
  readonly guards: readonly Rule[]
  /** The guards as far as they can be asked before there is an input: where these do not hold, no input helps. */
  readonly offeredIf: readonly Rule[]
  readonly emits: readonly string[]
}

/** Fields under a heading. */
export type Section = { readonly title?: string; readonly fields: readonly string[] }

export type EntityUi = {
  readonly display: { readonly [role: string]: string | readonly string[] }
  readonly columns?: readonly string[]
  readonly sortable?: readonly string[]
  readonly filterable?: readonly string[]
  /** What a list offers beside each row, in order; absent means nothing. */
  readonly listActions?: readonly string[]
  readonly pageSize?: number
  readonly formFields?: readonly string[]
  readonly formSections?: readonly Section[]
  readonly detailSections?: readonly Section[]
  /** What the page of a row offers, in order; absent means all that may be done. */
  readonly detailActions?: readonly string[]
}

export type Entity = {
  readonly name: string
  /** In the order of the file, between `id` and `createdAt`, `updatedAt`. */
  readonly fields: ReadonlyMap<string, Field>
  readonly owner?: string
  /** Absent means denied. Keys: create, read, update, delete and behaviors' names. */
  readonly permissions: ReadonlyMap<string, Rule>
  readonly behaviors: ReadonlyMap<string, Behavior>
  readonly computed: ReadonlyMap<string, Rule>
  readonly indexes: readonly (readonly string[])[]
  readonly unique: readonly (readonly string[])[]
  /** URL segment, such as `order-items`. */
  readonly path: string
  readonly table: string
  readonly label: string
  readonly labelPlural: string
  readonly description?: string
  readonly softDelete: boolean
  readonly renamedFrom?: string
  readonly ui: EntityUi
}

export type Measure = { readonly of: 'sum' | 'avg' | 'min' | 'max'; readonly field: string }

/** A figure of a dashboard: how many rows there are, or what comes of a field of theirs. */
export type Metric = { readonly label: string; readonly query: Query; readonly measure?: Measure }

/** Rows on a dashboard. */
export type Widget = { readonly title: string; readonly query: Query; readonly columns?: readonly string[] }

export type View = {
  readonly name: string
  readonly type: string
  readonly route: string
  readonly title: string
  readonly entity?: string
  readonly permission?: Rule
  /** Its `data`. */
  readonly query?: Query
  readonly columns?: readonly string[]
  readonly actions?: readonly string[]
  /** The fields that a list can be narrowed down by. */
  readonly filters?: readonly string[]
  readonly mode?: 'create' | 'edit'
  /** Of a dashboard; empty for any other view. */
  readonly metrics: readonly Metric[]
  readonly widgets: readonly Widget[]
  /** Everything else the view's kind understands, as declared. */
  readonly options: { readonly [key: string]: unknown }
}

export type Workflow = {
  readonly name: string
  readonly trigger: string
  readonly condition?: Rule
  readonly options: { readonly [key: string]: unknown }
}

export type Settings = {
  readonly auth: {
    readonly enabled: boolean
    readonly entity?: string
    readonly signUp: boolean
    /** A path relative to the app's folder. */
    readonly provider?: string
    /** Seconds. */
    readonly sessionTimeout: number
  }
  readonly database: {
    readonly url?: string
    readonly authToken?: string
    readonly syncUrl?: string
    readonly durability: 'normal' | 'full'
  }
  readonly api: {
    readonly prefix: string
    readonly pageSize: number
    readonly maxPageSize: number
    readonly cors: readonly string[]
    /** Requests a minute of one caller. */
    readonly rateLimit?: number
  }
  readonly ui: { readonly theme: 'light' | 'dark' | 'auto'; readonly accent?: string }
  readonly log: { readonly level: string }
}

export type App = {
  readonly name: string
  readonly version?: string
  readonly description?: string
  readonly settings: Settings
  readonly entities: ReadonlyMap<string, Entity>
  readonly views: ReadonlyMap<string, View>
  readonly workflows: ReadonlyMap<string, Workflow>
  /** The same entities as the expression language sees them. */
  readonly schema: Schema
}
