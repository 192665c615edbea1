// Values that must fit a field: defaults, and what behaviors set.

import { soleExpression } from '../../../expr/template.ts'
import type { App, Entity, Field } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { valueFault } from '../kinds.ts'
import { setKeyOf } from '../model/entities.ts'
import { entriesAt } from '../model/take.ts'
import { isUntoldField } from '../model/untold.ts'
import { childOf, isComputed, type Node, type Path, plainValue } from '../node.ts'
import { describe } from '../structure.ts'
import type { ValueRules } from '../value-rules.ts'
import { entryAt, keyPlace, quoted, type Rule, unknownName, valuePlace } from './rule.ts'

/** The words that the runtime fills in, by field type. */
const filledIn = (field: Field, word: unknown): boolean =>
  (word === 'now' && (field.type === 'date' || field.type === 'datetime')) ||
  (word === 'auto' && field.type === 'uuid') ||
  (word === 'user' && field.type === 'relation')

/** What a literal lacks to be a value of a field, in words, and which part of it does. */
export type Misfit = { readonly wrong: string; readonly node: Node }

/** A list is told by its first element that does not fit. */
function misfitIn(node: Node, rules: ValueRules): Misfit | undefined {
  const wrong = valueFault(plainValue(node), rules)
  if (wrong === undefined) return undefined
  const one = { ...rules, many: false }
  const element =
    rules.many && node.kind === 'list'
      ? node.items.find((item) => valueFault(plainValue(item), one) !== undefined)
      : undefined
  return { wrong, node: element ?? node }
}

/** What of a default, or of what is set, does not fit a field; undefined when it does, or when that cannot be told. */
export function misfit(field: Field, node: Node): Misfit | undefined {
  // That there is no option is told at the field.
  if (field.type === 'enum' && !field.options?.length) return undefined
  if (field.type === 'relation') return { wrong: 'must be `user`, where the relation is to the auth entity', node }
  try {
    return misfitIn(node, field)
  } catch {
    // A faulty pattern or schema is reported at the field itself.
    return undefined
  }
}

function checkDefault(field: Field, node: Node, path: Path, auth: string | undefined): Fault | undefined {
  if (isComputed(node) || node.kind === 'foreign' || (node.kind === 'computed' && node.missing)) return undefined
  const value = plainValue(node)
  const at = node.place
  if (value === 'user' && field.type === 'relation') {
    if (field.relation?.to === auth && !field.many) return undefined
    const message = `\`default: 'user'\` is for a relation to the auth entity${auth ? ` \`${auth}\`` : ''}.`
    return { code: codes.badDefault, message, at, path }
  }
  if (filledIn(field, value)) return undefined
  if (node.kind === 'null') {
    const message = 'A field without a default is empty anyway: leave `default: null` out.'
    return field.required ? { code: codes.badDefault, message, at, path } : undefined
  }
  const fault = misfit(field, node)
  if (!fault) return undefined
  return {
    code: codes.badDefault,
    message: `The default of \`${field.name}\` ${fault.wrong}, but is ${describe(fault.node)}.`,
    at: fault.node.place,
    path,
  }
}

export const valueRule: Rule = (app, root, report, once) => {
  for (const [name, entity] of app.entities) {
    const entry = entryAt(root, name)
    if (entry)
      once('values', entry.value, name, entry.key, report, (own) => checkEntity(app, entity, entry.value, root, own))
  }
}

function checkEntity(app: App, entity: Entity, node: Node, root: Node, report: (fault: Fault) => void): void {
  const auth = app.settings.auth.entity
  const { name } = entity
  for (const [key, { value }] of entriesAt(node, 'fields')) {
    const field = entity.fields.get(key)
    const given = childOf(value, 'default')
    if (!field || field.system || !given || isUntoldField(app, name, key)) continue
    const fault = checkDefault(field, given, ['entities', name, 'fields', key, 'default'], auth)
    if (fault) report(fault)
  }
  for (const [behavior, { value }] of entriesAt(node, 'behaviors')) {
    const setKey = setKeyOf(value)
    for (const [target, { value: given }] of entriesAt(value, setKey)) {
      const path = ['entities', name, 'behaviors', behavior, setKey, target]
      checkSet(target, given, path, root, { app, entity, templates: false }).forEach(report)
    }
  }
}

/** Where a value is set: of which entity, and whether its texts may hold `${expression}`. */
type Target = { readonly app: App; readonly entity: Entity; readonly templates: boolean }

/** What is wrong with a value that a behavior or an action sets a field to. */
export function checkSet(name: string, given: Node, path: Path, root: Node, target: Target): Fault[] {
  const { app, entity } = target
  if (isUntoldField(app, entity.name, name)) return []
  const auth = app.settings.auth.entity
  const field = entity.fields.get(name)
  if (!field) {
    const message = `Unknown field \`${name}\` on ${entity.name}.`
    return [unknownName(codes.unknownField, message, name, entity.fields.keys(), keyPlace(root, path), path)]
  }
  const fault = (message: string, fixes?: Fault['fixes']): Fault[] => [
    { code: codes.unfitValue, message, at: valuePlace(root, path), path, ...(fixes && { fixes }) },
  ]
  if (field.system || field.relation?.inverse) {
    return fault(
      `\`${name}\` cannot be set: ${field.system ? 'the runtime sets it' : 'it mirrors a relation of the other side'}.`,
    )
  }
  if (given.kind === 'object' && field.type !== 'json') {
    const others = [...given.entries.keys()].filter((key) => key !== 'expr')
    if (given.entries.has('expr') && others.length === 0) return checkExpr(given, path)
    return fault(
      `A value that is worked out is written \`{ expr: '…' }\`; found the keys ${quoted(given.entries.keys())}.`,
    )
  }
  if (given.kind === 'object' && given.entries.has('expr')) return []
  if (isComputed(given) || given.kind === 'foreign' || given.kind === 'computed') return []
  if (given.kind === 'null') return field.required ? fault(`\`${name}\` is required and cannot be set to null.`) : []
  if (target.templates && isWorkedOut(given, field)) return []
  const value = plainValue(given)
  if (value === 'user' && field.relation && field.relation.to !== auth) {
    return fault(`\`'user'\` fits a relation to the auth entity; \`${name}\` leads to ${field.relation.to}.`)
  }
  if (filledIn(field, value)) return []
  if (given.kind === 'string' && field.relation && isPathText(given.value)) {
    const at = given.place
    const text = `{ expr: '${given.value}' }`
    return fault(
      `This is the id \`${given.value}\`, as it stands. A value that is worked out is written \`${text}\`.`,
      [{ message: `Change to \`${text}\``, at, text }],
    )
  }
  const found = field.type === 'relation' ? misfitIn(given, field) : misfit(field, given)
  if (!found) return []
  const { wrong, node } = found
  if (node === given) return fault(`\`${name}\` ${wrong}, but is set to ${describe(given)}.`)
  return [{ code: codes.unfitValue, message: `\`${name}\` ${wrong}, but is ${describe(node)}.`, at: node.place, path }]
}

/** `{ expr: … }` holds a text, `true` or `false`; the text itself was compiled when the app was read. */
function checkExpr(given: Node, path: Path): Fault[] {
  const expr = childOf(given, 'expr')
  if (!expr || expr.kind === 'string' || expr.kind === 'boolean' || isComputed(expr)) return []
  const message = `\`expr\` must be an expression (a text), true or false, but is ${describe(expr)}.`
  return [{ code: codes.wrongValue, message, at: expr.place, path: [...path, 'expr'] }]
}

/** A text that was meant as an expression: no id looks like this. */
export const isPathText = (text: string): boolean => /^(?:entity|event|input|next|previous|user)(?:\.\w+)+$/.test(text)

/** Whether what a text comes to is only known when the workflow runs; what its expression gives was compared already. */
function isWorkedOut(given: Node, field: Field): boolean {
  if (given.kind === 'list') return given.items.some((item) => item.kind === 'string' && item.value.includes('${'))
  if (given.kind !== 'string' || !given.value.includes('${')) return false
  const takesText =
    field.type === 'string' || field.type === 'text' || field.type === 'json' || field.type === 'relation'
  return !field.many && (takesText || soleExpression(given.value) !== undefined)
}
