// A composed SQL text made ready once: numbered parameters, a kept statement, and how its values are found.

import {
  type Binding as BindSlots,
  type Bound,
  bindParameters,
  type Parameter,
  renderSql,
  type Sql,
} from '../../../expr/index.ts'
import { type Input, kept, long, type Row, type Statement, single, statement } from '../database.ts'

export type Plan = { readonly statement: Statement; readonly parameters: readonly Parameter[] }

export type { BindSlots }

/** Whether at most one row comes of a plan, whether it may look at many, and whether it is likely to be asked again. */
export type Kind = { readonly single?: boolean; readonly long?: boolean; readonly kept?: boolean }

export function planOf(text: Sql, kind: Kind = {}): Plan {
  const rendered = renderSql(text)
  const plain = statement(rendered.text)
  const counted = kind.single ? single(plain) : plain
  const whole = kind.long ? long(counted) : counted
  // What asks for the instant is never asked with the same values.
  const again = kind.kept && !rendered.parameters.some(({ kind: of }) => of === 'now')
  return { statement: again ? kept(whole) : whole, parameters: rendered.parameters }
}

/** Whoever runs statements: the database's read side, or a transaction. */
export type Runner = (statement: Statement, values: readonly Input[]) => Promise<readonly Row[]>

/** Whole numbers beyond the exact integers are REALs; the binder would refuse them as integers. */
const asInput = (value: Bound): Input =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? { real: value } : value

/** The values of a plan's parameters, in order. */
export const inputsOf = ({ parameters }: Plan, slots: BindSlots): readonly Input[] =>
  bindParameters(parameters, slots).map(asInput)

export const run = (runner: Runner, plan: Plan, slots: BindSlots): Promise<readonly Row[]> =>
  runner(plan.statement, inputsOf(plan, slots))

/** Plans by key: at least the last `least` that were asked for, and at most twice as many. */
export function planCache(least = 250): (key: string, make: () => Sql, kind?: Kind) => Plan {
  // PERF: to find one changes nothing. One map in the order of use would be written at each question, for 5 µs.
  let recent = new Map<string, Plan>()
  let older = recent
  return (key, make, kind) => {
    const found = recent.get(key)
    if (found) return found
    const plan = older.get(key) ?? planOf(make(), kind)
    if (recent.size >= least) {
      older = recent
      recent = new Map()
    }
    recent.set(key, plan)
    return plan
  }
}
