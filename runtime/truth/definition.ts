// The types people write a truth file against. `defineApp` and its kin return what they are given: the file is plain
// data, and everything beyond its structure is checked by `analyse`.

/** An expression of the truth language, or `true` / `false`. */
export type ExpressionText = string | boolean

type FieldBase = {
  readonly required?: boolean
  readonly unique?: boolean
  readonly label?: string
  readonly description?: string
  /** Never set through the API. */
  readonly readonly?: boolean
  /** Set once, at creation. */
  readonly immutable?: boolean
  /** Never leaves the server; cannot be filtered or sorted on. */
  readonly secret?: boolean
  /** Who may see the field. */
  readonly read?: ExpressionText
  /** Who may set the field, at creation too. */
  readonly update?: ExpressionText
  readonly index?: boolean
  readonly renamedFrom?: string
}

type TextField = FieldBase & {
  readonly type: 'string' | 'text'
  readonly default?: string | readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  /** Matched against the whole value. */
  readonly pattern?: string
  readonly format?: 'email' | 'url' | 'slug' | 'color' | 'phone'
  readonly searchable?: boolean
  readonly rich?: boolean
  readonly many?: boolean
}

type NumberField = FieldBase & {
  readonly type: 'number' | 'integer'
  readonly default?: number | readonly number[]
  readonly min?: number
  readonly max?: number
  readonly many?: boolean
}

type BooleanField = FieldBase & {
  readonly type: 'boolean'
  readonly default?: boolean | readonly boolean[]
  readonly many?: boolean
}

type DateField = FieldBase & {
  readonly type: 'date' | 'datetime'
  /** `'now'` is filled in at creation. */
  readonly default?: string | readonly string[]
  readonly many?: boolean
}

type UuidField = FieldBase & { readonly type: 'uuid'; readonly default?: string; readonly many?: boolean }

type JsonField = FieldBase & { readonly type: 'json'; readonly default?: unknown; readonly schema?: object | boolean }

type EnumField = FieldBase & {
  readonly type: 'enum'
  readonly options?: readonly string[]
  readonly values?: readonly string[]
  /** Former options and what they are called now, so that a migration keeps the data. */
  readonly renamedOptions?: { readonly [former: string]: string }
  readonly default?: string | readonly string[]
  readonly many?: boolean
}

type RelationField = FieldBase & {
  readonly type: 'relation'
  readonly to: string
  readonly many?: boolean
  readonly inverse?: string
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull'
  /** `'user'` is whoever creates the row. */
  readonly default?: 'user'
}

type ShortField = 'string' | 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'datetime' | 'json' | 'uuid'

export type FieldDefinition =
  | ShortField
  | TextField
  | NumberField
  | BooleanField
  | DateField
  | UuidField
  | JsonField
  | EnumField
  | RelationField

export type FieldDefinitions = { readonly [name: string]: FieldDefinition }

type SetDefinition = { readonly [field: string]: unknown }

export type BehaviorDefinition = {
  readonly set?: SetDefinition
  readonly fields?: SetDefinition
  readonly modifies?: SetDefinition
  readonly type?: 'update' | 'delete' | 'custom'
  readonly input?: FieldDefinitions
  readonly requires?: ExpressionText
  readonly emits?: string | readonly string[]
  readonly label?: string
  readonly confirm?: string
  readonly description?: string
}

export type EntityDefinition = {
  readonly fields: FieldDefinitions
  readonly owner?: string
  /** What is not granted is denied. */
  readonly permissions?: { readonly [action: string]: ExpressionText }
  readonly behaviors?: { readonly [name: string]: BehaviorDefinition }
  readonly computed?: { readonly [name: string]: ExpressionText }
  readonly indexes?: readonly (readonly string[])[]
  readonly unique?: readonly (readonly string[])[]
  readonly path?: string
  readonly table?: string
  readonly label?: string
  readonly description?: string
  readonly softDelete?: boolean
  readonly renamedFrom?: string
  readonly ui?: {
    readonly display?: { readonly [role: string]: string | readonly string[] }
    readonly list?: {
      readonly columns?: readonly string[]
      readonly sortable?: readonly string[]
      readonly filterable?: readonly string[]
      readonly searchable?: readonly string[]
      readonly pageSize?: number
      readonly actions?: readonly string[]
    }
    readonly form?: { readonly fields?: readonly string[]; readonly layout?: string; readonly sections?: Sections }
    readonly detail?: { readonly sections?: Sections; readonly actions?: readonly string[] }
  }
}

/** Fields under a heading, by name or in order. */
type Sections =
  | { readonly [title: string]: readonly string[] }
  | readonly { readonly title?: string; readonly label?: string; readonly fields: readonly string[] }[]

/** A query whose rows are counted, or of whose rows a field is summed and the like. */
export type MetricDefinition =
  | string
  | {
      readonly label?: string
      readonly data: string
      readonly sum?: string
      readonly avg?: string
      readonly min?: string
      readonly max?: string
    }

/** A query whose rows are shown. */
export type WidgetDefinition =
  | string
  | { readonly title?: string; readonly data: string; readonly columns?: readonly string[] }

export type ViewDefinition = {
  readonly type: 'list' | 'detail' | 'form' | 'kanban' | 'calendar' | 'dashboard' | 'custom'
  readonly route: string
  readonly entity?: string
  readonly title?: string
  readonly permission?: ExpressionText
  readonly data?: string
  readonly filters?: readonly string[] | { readonly [field: string]: unknown }
  readonly columns?: readonly string[]
  readonly actions?: readonly string[]
  readonly mode?: 'create' | 'edit'
  readonly groupBy?: string
  readonly cardFields?: readonly string[]
  readonly dateField?: string
  readonly titleField?: string
  readonly colorField?: string
  readonly metrics?: { readonly [name: string]: MetricDefinition } | readonly MetricDefinition[]
  readonly widgets?: { readonly [name: string]: WidgetDefinition } | readonly WidgetDefinition[]
  readonly layout?: string
  readonly template?: string
  readonly content?: unknown
}

export type ActionDefinition = { readonly type: string; readonly [key: string]: unknown }

export type WorkflowDefinition = {
  readonly trigger: string | { readonly schedule: string }
  readonly schedule?: string
  readonly condition?: ExpressionText
  readonly actions: readonly ActionDefinition[]
  readonly retry?: { readonly attempts?: number; readonly backoff?: string | number }
  readonly description?: string
}

export type SettingsDefinition = {
  readonly auth?: {
    readonly enabled?: boolean
    readonly entity?: string
    readonly signUp?: boolean
    /** A module beside the truth file whose default export is an `AuthProvider`: `./auth.ts`. */
    readonly provider?: string
    /** Seconds. */
    readonly sessionTimeout?: number
  }
  readonly database?: {
    readonly url?: string
    readonly authToken?: string
    readonly syncUrl?: string
    readonly durability?: 'normal' | 'full'
  }
  readonly api?: {
    readonly prefix?: string
    readonly pageSize?: number
    readonly maxPageSize?: number
    /** Requests a minute, for each user or address; no limit by default. */
    readonly rateLimit?: number
    readonly cors?: boolean | string | readonly string[]
  }
  readonly ui?: { readonly theme?: 'light' | 'dark' | 'auto'; readonly accent?: string; readonly layout?: string }
  readonly log?: { readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent' }
}

export type AppDefinition = {
  readonly name: string
  readonly version?: string
  readonly description?: string
  readonly settings?: SettingsDefinition
  readonly entities: { readonly [name: string]: EntityDefinition }
  readonly views?: { readonly [name: string]: ViewDefinition }
  readonly workflows?: { readonly [name: string]: WorkflowDefinition }
}
