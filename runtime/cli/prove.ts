// `truth check --prove`: asks every rule of an app by each of its evaluators, on every row of a small world, and tells
// where they do not say the same.

import { rowsIn } from '../../expr/agree/rows.ts'
import { now } from '../../expr/agree/values.ts'
import { worldOf } from '../../expr/agree/world.ts'
import { type Context, type Expression, type Row, sourceHelpers } from '../../expr/index.ts'
import { openSmallWorlds, type SmallWorlds } from '../database/small-world.ts'
import type { App, Entity, Field, Rule } from '../truth/app.ts'
import { fieldSchema } from '../truth/model/schema.ts'

export type Disagreement = {
  readonly path: string
  readonly source: string
  readonly user: Row | null
  readonly row: Row
  /** What each evaluator decides. */
  readonly answers: Readonly<Record<string, unknown>>
}

export type Proof = {
  readonly rules: number
  /** Rows on which rules were asked, once for each user. */
  readonly asked: number
  /** Rules of which only a sample of the combinations was tried. */
  readonly sampled: number
  readonly disagreements: readonly Disagreement[]
}

type Asked = { readonly entity: Entity; readonly rule: Rule; readonly input: ReadonlyMap<string, Field> }

const noInput: ReadonlyMap<string, Field> = new Map()

/** Every rule that the database may have to answer. */
export function rulesOf(app: App): readonly Asked[] {
  return [...app.entities.values()].flatMap((entity) => {
    const plain = [
      ...entity.permissions.values(),
      ...[...entity.fields.values()].flatMap(({ read, update }) => [read, update]),
      ...entity.computed.values(),
    ].flatMap((rule) => (rule ? [{ entity, rule, input: noInput }] : []))
    const behaviors = [...entity.behaviors.values()].flatMap(({ guards, set, input }) => {
      const values = [...set.values()].flatMap((value) => (value.kind === 'expression' ? [value.rule] : []))
      return [...guards, ...values].map((rule) => ({ entity, rule, input }))
    })
    // A behavior without a rule of its own has that of the entity, which is in both.
    return [
      ...new Map([...plain, ...behaviors].map((asked) => [`${asked.rule.path} ${asked.rule.source}`, asked])).values(),
    ]
  })
}

/** The function that a bundle would hold, run. */
function generated(expression: Expression): (context: Context) => unknown {
  return new Function('truth', `return ${expression.toSource()}`)(sourceHelpers) as (context: Context) => unknown
}

/** Booleans come from the database as 1 and 0, lists and JSON as text. */
function sameValue(inSql: unknown, inClosure: unknown): boolean {
  if (typeof inClosure === 'boolean') return inSql === Number(inClosure)
  if (typeof inClosure === 'object' && inClosure !== null) return inSql === JSON.stringify(inClosure)
  return inSql === inClosure
}

/** The first row on which a rule's evaluators differ, and how many rows it was asked on. */
export async function proveRule(
  worlds: SmallWorlds,
  app: App,
  { entity, rule, input }: Asked,
  bySql: Expression = rule.expression,
): Promise<{ readonly asked: number; readonly exhaustive: boolean; readonly disagreement: Disagreement | undefined }> {
  const { expression, path, source } = rule
  const declared = new Map([...input].map(([name, field]) => [name, fieldSchema(field)]))
  const world = worldOf(expression, app.schema, entity.name, declared)
  await worlds.fill(world.data)
  const rows = rowsIn(app.schema, world.data)
  const isCondition = expression.type.kind === 'boolean' || expression.type.kind === 'record'
  const inSource = isCondition ? generated(expression) : undefined
  let asked = 0
  for (const user of world.users) {
    for (const given of world.inputs) {
      const found = await worlds.ask(bySql, entity, { user, now, input: given })
      const left = isCondition ? expression.residual({ user, now }) : undefined
      for (const row of world.data[entity.name] ?? []) {
        asked += 1
        const context: Context = { user, entity: row, next: row, input: given, now, rows }
        const [value, decided] = found.get(String(row.id)) ?? []
        const isSame = sameValue(value, expression.value(context))
        const answers: Record<string, unknown> = isCondition
          ? {
              closure: expression.evaluate(context),
              source: inSource?.(context),
              database: decided,
              residual: typeof left === 'object' ? left.evaluate(context) : left,
            }
          : { closure: expression.value(context), database: value }
        const differ = isCondition && new Set(Object.values(answers)).size > 1
        if (!differ && isSame) continue
        if (!differ)
          Object.assign(answers, { 'value by closure': expression.value(context), 'value by database': value })
        return { asked, exhaustive: world.exhaustive, disagreement: { path, source, user, row, answers } }
      }
    }
  }
  return { asked, exhaustive: world.exhaustive, disagreement: undefined }
}

export async function prove(app: App): Promise<Proof> {
  const worlds = await openSmallWorlds(app)
  try {
    const rules = rulesOf(app)
    let asked = 0
    let sampled = 0
    const disagreements: Disagreement[] = []
    for (const one of rules) {
      const proof = await proveRule(worlds, app, one)
      asked += proof.asked
      if (!proof.exhaustive) sampled += 1
      if (proof.disagreement) disagreements.push(proof.disagreement)
    }
    return { rules: rules.length, asked, sampled, disagreements }
  } finally {
    await worlds.close()
  }
}
