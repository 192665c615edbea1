// Whether a formula can be met at all, and by what: a search over its alternatives that keeps, for each variable, the
// cases still possible, and which ids are the same (union-find). In the manner of DPLL(T) (Ganzinger et al. 2004),
// small: no learning, but a bound on the steps, past which it says that it does not know.

import { type Constraint, constraintOf } from './constraint.ts'
import type { Variable } from './domain.ts'
import type { Formula } from './formula.ts'

/** What a solution fixes: the cases left to each variable that matters, and the pairs of ids that are the same. */
export type Model = {
  readonly cases: ReadonlyMap<string, { readonly variable: Variable; readonly allowed: readonly boolean[] }>
  readonly equal: readonly (readonly [string, string])[]
}

export type Answer =
  | { readonly is: 'impossible' }
  /** `certain` unless the solution leans on a condition that was not looked into. */
  | { readonly is: 'possible'; readonly model: Model; readonly certain: boolean }
  /** The bound was reached. */
  | { readonly is: 'open' }

type Domains = Map<string, { readonly variable: Variable; readonly allowed: readonly boolean[] }>
type State = {
  readonly domains: Domains
  readonly groups: Map<string, string>
  readonly different: readonly (readonly [string, string])[]
  readonly equal: readonly (readonly [string, string])[]
}

/** Steps of the search; about 5 ms. */
const mostSteps = 20_000

export function solve(formula: Formula, variables: ReadonlyMap<string, Variable>): Answer {
  const budget = { left: mostSteps }
  const start: State = { domains: new Map(), groups: new Map(), different: [], equal: [] }
  const found = search([formula], start, variables, budget)
  if (found) {
    const certain = ![...found.domains.values()].some(({ variable }) => variable.opaque) && !namesRowTwice(found)
    return { is: 'possible', model: { cases: found.domains, equal: found.equal }, certain }
  }
  return budget.left > 0 ? { is: 'impossible' } : { is: 'open' }
}

/** Whether a value is known by two paths, because two ids are the same: what one says of it the other might not. */
function namesRowTwice({ domains, equal }: State): boolean {
  const rowOf = (key: string): string => `${key.replace(/\.id$/, '')}.`
  const keys = [...domains.keys()]
  return equal.some(
    ([left, right]) =>
      keys.some((key) => key.startsWith(rowOf(left)) && key !== left) &&
      keys.some((key) => key.startsWith(rowOf(right)) && key !== right),
  )
}

type Open = Formula | Constraint | { readonly kind: 'choice'; readonly alternatives: readonly Open[] }

/** A state in which all of these hold. */
function search(
  open: readonly Open[],
  state: State,
  variables: ReadonlyMap<string, Variable>,
  budget: { left: number },
): State | undefined {
  let current: State | undefined = state
  const choices: (readonly Open[])[] = []
  const queue = [...open]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (budget.left-- <= 0) return undefined
    if (next.kind === 'all') queue.push(...next.parts)
    else if (next.kind === 'atom') queue.push(constraintOf(next, variables))
    else if (next.kind === 'any') choices.push(next.parts)
    else if (next.kind === 'either') choices.push(next.of)
    else if (next.kind === 'choice') choices.push(next.alternatives)
    else {
      current = assume(current, next, variables)
      if (!current) return undefined
    }
  }
  // The choice with the fewest alternatives first.
  choices.sort((a, b) => a.length - b.length)
  const [first, ...rest] = choices
  if (!first) return current
  for (const alternative of first) {
    const found = search([alternative, ...rest.map(choice)], current, variables, budget)
    if (found || budget.left <= 0) return found
  }
  return undefined
}

const choice = (alternatives: readonly Open[]): Open => ({ kind: 'choice', alternatives })

const groupOf = (state: State, key: string): string => {
  const above = state.groups.get(key)
  return above === undefined || above === key ? key : groupOf(state, above)
}

function assume(
  state: State,
  constraint: Exclude<Constraint, { kind: 'either' }>,
  variables: ReadonlyMap<string, Variable>,
): State | undefined {
  if (constraint.kind === 'cases') return narrow(state, constraint.variable, constraint.allowed, variables)
  const { left, right } = constraint
  // Both are there.
  let next: State | undefined = state
  for (const one of [left, right]) {
    next =
      next &&
      narrow(
        next,
        one,
        one.cases.map(({ is }) => is !== 'missing'),
        variables,
      )
  }
  if (!next) return undefined
  const [a, b] = [groupOf(next, left.key), groupOf(next, right.key)]
  if (constraint.kind === 'different') {
    if (a === b) return undefined
    return settled({ ...next, different: [...next.different, [left.key, right.key]] })
  }
  const groups = new Map(next.groups).set(a, b)
  return settled({ ...next, groups, equal: [...next.equal, [left.key, right.key]] })
}

const same = (state: State, [left, right]: readonly [string, string]): boolean =>
  groupOf(state, left) === groupOf(state, right)

/** The state, if no two ids are the same and different. */
const settled = (state: State): State | undefined =>
  state.different.some((pair) => same(state, pair)) ? undefined : state

function narrow(
  state: State,
  variable: Variable,
  allowed: readonly boolean[],
  variables: ReadonlyMap<string, Variable>,
): State | undefined {
  const before = state.domains.get(variable.key)?.allowed
  const after = before ? allowed.map((one, index) => one && before[index] === true) : allowed
  if (!after.includes(true)) return undefined
  if (before && after.every((one, index) => one === before[index])) return state
  const domains = new Map(state.domains).set(variable.key, { variable, allowed: after })
  let next: State | undefined = { ...state, domains }
  const missing = variable.cases.findIndex(({ is }) => is === 'missing')
  if (variable.opaque) return next
  const there = missing < 0 || !after[missing]
  if (!there && after.filter(Boolean).length > 1) return next
  const also = (other: Variable | undefined): void => {
    if (!next || !other) return
    next = narrow(
      next,
      other,
      other.cases.map(({ is }) => (is === 'missing') !== there),
      variables,
    )
  }
  // A value that is there has a row that is there, and a required one is missing only with its row.
  const above = prefixesOf(variable.key)
  if (there) for (const key of above) also(variables.get(key))
  else if (variable.required) also(variables.get(above.at(-1) ?? ''))
  for (const [key, other] of variables) {
    const rows = prefixesOf(key)
    if (there ? other.required && rows.at(-1) === variable.key : rows.includes(variable.key)) also(other)
  }
  return next
}

const mostPrefixes = 10_000
const prefixes = new Map<string, readonly string[]>()

/** The ids of the rows that a value is behind: `entity.project.owner` is behind `entity.project`, `user.role` behind `user.id`. */
function prefixesOf(key: string): readonly string[] {
  // PERF: asked of every variable at every step.
  const found = prefixes.get(key)
  if (found) return found
  const parts = key.split('.')
  const above = parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('.'))
  const all = parts[0] === 'user' && key !== 'user.id' ? ['user.id', ...above] : above
  if (prefixes.size >= mostPrefixes) prefixes.clear()
  prefixes.set(key, all)
  return all
}
