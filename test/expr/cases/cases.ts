// One table of expressions and of what each must give, for everything that reads or runs them: the shared vectors, and
// what has been found since.

import { readFileSync } from 'node:fs'
import type { EntitySchema, FieldSchema, Row, Schema } from 'truthfile/expr'
import type { Data } from '../world.ts'
import { found } from './found.ts'

export type Case = {
  readonly id: string
  readonly source: string
  readonly entity: string
  readonly context?: { readonly user: Row | null; readonly entity?: Row; readonly now: string; readonly db?: Data }
  readonly expect: 'true' | 'false' | 'error'
  readonly kleene?: 'true' | 'false' | 'unknown'
  /** What only memory can hold, a value that is no number, has no row in a table. */
  readonly memoryOnly: boolean
  /** Beyond what is promised of `tsc`, which lets it pass. */
  readonly isLong: boolean
}

type Vector = Omit<Case, 'source' | 'memoryOnly' | 'isLong'> & {
  readonly expression: string
  readonly gen?: {
    readonly before: string
    readonly n: number
    readonly mid: string
    readonly after: string
    readonly wrap?: readonly [string, string]
  }
  readonly tags?: readonly string[]
}

type File = {
  readonly auth: string
  readonly schema: {
    readonly [entity: string]: { readonly owner?: string; readonly fields: { readonly [name: string]: FieldSchema } }
  }
  readonly db: Data
  readonly vectors: readonly Vector[]
}

/** `"NaN:number"` stands for the value that JSON cannot write. */
const revive = (_: string, value: unknown): unknown =>
  typeof value === 'string' && value.endsWith(':number') ? Number(value.slice(0, -':number'.length)) : value

const file = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'), revive) as File

export const schema: Schema = {
  auth: file.auth,
  entities: new Map<string, EntitySchema>(
    Object.entries(file.schema).map(([name, { owner, fields }]) => [
      name,
      { fields: new Map(Object.entries(fields)), ...(owner !== undefined && { owner }) },
    ]),
  ),
}

export const db = file.db

const sourceOf = ({ expression, gen }: Vector): string => {
  if (!gen) return expression
  const [open, close] = gen.wrap ?? ['', '']
  return open + gen.before.repeat(gen.n) + gen.mid + gen.after.repeat(gen.n) + close
}

const vectors = file.vectors.map((vector): Case => {
  const { id, entity, context, expect, kleene, tags } = vector
  const source = sourceOf(vector)
  return {
    id,
    source,
    entity,
    ...(context && { context }),
    expect,
    ...(kleene && { kleene }),
    memoryOnly: tags?.includes('js-only') === true,
    isLong: vector.gen !== undefined,
  }
})

/** Who asks of which row, where a case does not say it. */
const usual = vectors.find(({ id }) => id === 'base-01')?.context

export const cases: readonly Case[] = [
  ...vectors,
  ...found.map(
    ([source, kleene], index): Case => ({
      id: `found-${String(index + 1).padStart(2, '0')}: ${source}`,
      source,
      entity: 'Task',
      ...(usual && { context: usual }),
      expect: kleene === 'error' ? 'error' : kleene === 'true' ? 'true' : 'false',
      ...(kleene !== 'error' && { kleene }),
      memoryOnly: false,
      isLong: false,
    }),
  ),
]

export const refused = cases.filter(({ expect }) => expect === 'error')
export const decided = cases.filter(({ expect }) => expect !== 'error')
