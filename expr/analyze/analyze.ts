// Questions about rules: whether one is always or never true, what in it is for nothing, how two compare, and who gets
// in. Exact over enum options, booleans, missing values, the constants that values are compared with, and equality among
// ids; where an answer leans on anything else, it is `unknown`.

import type { Expression } from '../compile.ts'
import type { Schema } from '../schema.ts'
import { chainOf, type TypedNode } from '../tree.ts'
import { mapChildren } from '../walk.ts'
import { pathOf, type Variable, variablesOf } from './domain.ts'
import { type Atom, atomsOf, type Formula, formulaOf } from './formula.ts'
import { type Answer, solve } from './solve.ts'
import { inWords } from './words.ts'

export type Certainty = 'yes' | 'no' | 'unknown'

const userId: Variable = {
  key: 'user.id',
  type: { kind: 'string' },
  cases: [{ is: 'other' }, { is: 'missing' }],
  required: false,
  opaque: false,
}

type Variables = ReadonlyMap<string, Variable>

function variablesIn(atoms: readonly Atom[], schema: Schema): Variables {
  const variables = new Map(variablesOf(atoms, schema))
  if (!variables.has('user.id')) variables.set('user.id', userId)
  return variables
}

const answer = (formula: Formula, schema: Schema): Answer => solve(formula, variablesIn(atomsOf(formula), schema))

const known = new WeakMap<Expression, { readonly schema: Schema; readonly variables: Variables }>()

/** PERF: many questions are about one rule; its variables are worked out once. */
function variablesOfRule(rule: Expression, schema: Schema): Variables {
  const found = known.get(rule)
  if (found?.schema === schema) return found.variables
  const variables = variablesIn(atomsOf(holds(rule)), schema)
  known.set(rule, { schema, variables })
  return variables
}

const both = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts })
const holds = ({ tree, source }: Expression): Formula => formulaOf(tree, source)
const fails = ({ tree, source }: Expression): Formula => formulaOf(tree, source, true, false)

/** Whether something is impossible. */
function ruledOut(found: Answer): Certainty {
  if (found.is === 'impossible') return 'yes'
  return found.is === 'possible' && found.certain ? 'no' : 'unknown'
}

const kept = new Map<string, unknown>()
const mostKept = 10_000

const signatures = new WeakMap<Expression, { readonly schema: Schema; readonly text: string }>()

/** A rule with what the schema says of the fields that it reads. */
function signatureOf(rule: Expression, schema: Schema): string {
  const found = signatures.get(rule)
  if (found?.schema === schema) return found.text
  const fields = [...variablesOfRule(rule, schema).values()].map(({ key, type, cases }) => {
    const options = type.kind === 'enum' ? type.options.join('|') : ''
    return `${key} ${type.kind} ${options} ${cases.length}`
  })
  const text = [rule.source, ...fields].join('\n')
  signatures.set(rule, { schema, text })
  return text
}

/**
 * PERF: an editor asks the same of the same rules at every keystroke. An answer depends on the texts and on what the
 * schema says of the fields that they read, nothing else.
 */
function remembered<T>(question: string, rules: readonly Expression[], schema: Schema, ask: () => T): T {
  const key = [question, ...rules.map((rule) => signatureOf(rule, schema))].join('\n')
  if (kept.has(key)) return kept.get(key) as T
  const found = ask()
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, found)
  return found
}

/** Whether the rule grants in every case. */
export const isAlways = (rule: Expression, schema: Schema): Certainty =>
  remembered('always', [rule], schema, () => ruledOut(solve(fails(rule), variablesOfRule(rule, schema))))

/** Whether the rule grants in no case. */
export const isNever = (rule: Expression, schema: Schema): Certainty =>
  remembered('never', [rule], schema, () => ruledOut(solve(holds(rule), variablesOfRule(rule, schema))))

/** Whether the second rule grants wherever the first one does. */
export const implies = (first: Expression, second: Expression, schema: Schema): Certainty =>
  ruledOut(answer(both(holds(first), fails(second)), schema))

/** Whether there is a case in which both rules grant. */
export function overlaps(first: Expression, second: Expression, schema: Schema): Certainty {
  const apart = ruledOut(answer(both(holds(first), holds(second)), schema))
  return apart === 'yes' ? 'no' : apart === 'no' ? 'yes' : 'unknown'
}

/** A case in which a rule grants, or does not, in words; undefined when there is none that is certain. */
export function witness(rule: Expression, granted: boolean, schema: Schema): string | undefined {
  return told(solve(granted ? holds(rule) : fails(rule), variablesOfRule(rule, schema)))
}

/** A case in which the first rule grants and the second does not, in words. */
export const counterexample = (first: Expression, second: Expression, schema: Schema): string | undefined =>
  remembered('but not', [first, second], schema, () => told(answer(both(holds(first), fails(second)), schema)))

const told = (found: Answer): string | undefined =>
  found.is === 'possible' && found.certain ? inWords(found.model) : undefined

export type UselessTerm = {
  readonly text: string
  readonly start: number
  readonly end: number
  /** `never`: it cannot be true where it would matter. `always`: it cannot be false where it would matter. */
  readonly because: 'never' | 'always'
}

/** Terms of `&&` and `||` without which the rule decides the same in every case. */
export const uselessTerms = (rule: Expression, schema: Schema): readonly UselessTerm[] =>
  remembered('useless', [rule], schema, () => findUseless(rule, schema))

// A part of `||` matters only where the others do not hold, a part of `&&` only where they do, and a part further in only
// where all of that is so around it. What cannot hold there, or cannot fail, is for nothing.
function findUseless(rule: Expression, schema: Schema): readonly UselessTerm[] {
  const { tree, source } = rule
  const variables = variablesOfRule(rule, schema)
  const found: UselessTerm[] = []
  const visit = (node: TypedNode, wanted: boolean, around: readonly Formula[]): void => {
    if (node.kind === 'not') return visit(node.operand, !wanted, around)
    if (node.kind !== 'logic') return
    const any = (node.operator === '||') === wanted
    const parts = chainOf(node)
    const where = (part: TypedNode, others: readonly TypedNode[]): Formula[] => [
      ...around,
      ...others.filter((other) => other !== part).map((other) => formulaOf(other, source, wanted, !any)),
    ]
    const useless = parts.findLast((part) => {
      const matters = both(...where(part, parts), formulaOf(part, source, wanted, any))
      return solve(matters, variables).is === 'impossible'
    })
    if (useless) {
      const { start, end } = useless
      found.push({ text: source.slice(start, end), start, end, because: node.operator === '||' ? 'never' : 'always' })
    }
    const others = parts.filter((part) => part !== useless)
    for (const part of others) visit(part, wanted, where(part, others))
  }
  visit(tree, true, [])
  return found
}

/** The fields of the row itself that a rule reads. */
export function ownFields(rule: Expression): readonly string[] {
  const names = atomsOf(holds(rule)).flatMap(({ node }) => fieldsOf(node))
  return [...new Set(names)]
}

function fieldsOf(node: TypedNode): readonly string[] {
  const path = pathOf(node)?.split('.')
  if (path) return path[0] === 'entity' && path[1] !== undefined ? [path[1]] : []
  const children: TypedNode[] = []
  mapChildren(node, (part) => {
    children.push(part)
    return part
  })
  return children.flatMap(fieldsOf)
}
