// The checked tree as JavaScript text of its value, three-valued where it is a condition. Each value is worked out once.

import { parseDate, parseInstant } from '../dates.ts'
import { functions } from '../functions.ts'
import { isCollection, type TypedCollection, type TypedNode, type TypedRecord } from '../tree.ts'
import type { Type } from '../types.ts'
import { member, text, type Writer } from './writer.ts'

const roots = { user: 'user', entity: 'entity', next: 'next', previous: 'previous' } as const

/** A row: its variable, or how it is looked up. */
export function rowSource(writer: Writer, node: TypedRecord): string {
  if (node.kind === 'row') return roots[node.root]
  if (node.kind === 'parameter') return `row${node.index}`
  return `truth.row(context, ${text(node.type.entity)}, ${writer.value(node)})`
}

/** A stored value read by its type: `null` when it has another one. */
function readSource(writer: Writer, stored: string, type: Type): string {
  const kept = (test: (name: string) => string): string => {
    const name = writer.variable()
    return `(${test(`(${name} = ${stored})`)} ? ${name} : null)`
  }
  switch (type.kind) {
    case 'string':
    case 'enum':
    case 'id':
    case 'record':
      return kept((value) => `typeof ${value} === 'string'`)
    case 'number':
    case 'duration':
      return kept((value) => `Number.isFinite(${value})`)
    case 'integer':
      return kept((value) => `Number.isSafeInteger(${value})`)
    case 'boolean':
      return kept((value) => `typeof ${value} === 'boolean'`)
    case 'date':
      return `truth.date(${stored})`
    case 'datetime':
      return `truth.instant(${stored})`
    case 'list':
      return kept((value) => `Array.isArray(${value})`)
    case 'json':
      return `(${stored} ?? null)`
    default:
      return 'null'
  }
}

/** A form of values that are all there; `null` when one is missing. */
function ofPresent(writer: Writer, values: readonly string[], form: (names: readonly string[]) => string): string {
  const names = values.map(() => writer.variable())
  const missing = values.map((value, index) => `(${names[index]} = ${value}) === null`)
  return `(${missing.join(' || ')} ? null : ${form(names)})`
}

/** The rows of a collection. */
export const rowsSource = (writer: Writer, { entity, field, object }: TypedCollection): string =>
  `truth.rows(context, ${text(entity)}, ${text(field)}, ${member(rowSource(writer, object), 'id')})`

function literalSource(value: string | number | boolean | null, type: Type): string {
  if (type.kind === 'date') return String(parseDate(String(value)))
  if (type.kind === 'datetime') return String(parseInstant(String(value)))
  return typeof value === 'string' ? text(value) : String(value)
}

export function valueSource(writer: Writer, node: TypedNode): string {
  const { value } = writer
  switch (node.kind) {
    case 'literal':
      return literalSource(node.value, node.type)
    case 'row':
    case 'parameter':
      return readSource(writer, member(rowSource(writer, node), 'id'), node.type)
    case 'field': {
      const { object, field } = node
      if (field === 'id' && object.kind !== 'row' && object.kind !== 'parameter') return value(object)
      return readSource(writer, member(rowSource(writer, object), field), node.type)
    }
    case 'slot':
      return readSource(writer, member(`context.${node.source}`, node.field), node.type)
    case 'clock':
      return node.name === 'now' ? 'truth.instant(context.now)' : 'truth.today(context.now)'
    case 'authenticated':
      return "(typeof user?.id === 'string')"
    case 'is-user':
      return ofPresent(writer, [value(node.operand), '(user?.id ?? null)'], ([a, b]) => `${a} === ${b}`)
    case 'is-null':
      return `(${value(node.operand)} ${node.negated ? '!==' : '==='} null)`
    case 'not':
      return `truth.not(${value(node.operand)})`
    case 'logic': {
      const decisive = node.operator === '||'
      const [a, b] = [writer.variable(), writer.variable()]
      const unknown = `${a} === null || ${b} === null ? null : ${!decisive}`
      return `((${a} = ${value(node.left)}) === ${decisive} || (${b} = ${value(node.right)}) === ${decisive} ? ${decisive} : ${unknown})`
    }
    case 'compare': {
      const operator = { '==': '===', '!=': '!==' }[node.operator as string] ?? node.operator
      return ofPresent(writer, [value(node.left), value(node.right)], ([a, b]) => `${a} ${operator} ${b}`)
    }
    case 'in':
      return inSource(writer, node.value, node.list)
    case 'arithmetic':
    case 'negate':
      return `truth.finite(${numberSource(writer, node)})`
    case 'join':
      return ofPresent(writer, [value(node.left), value(node.right)], ([a, b]) => `${a} + ${b}`)
    case 'shift':
      return `truth.inCalendar(${shiftSource(writer, node)})`
    case 'difference':
      return ofPresent(writer, [value(node.left), value(node.right)], ([a, b]) => `${a} - ${b}`)
    case 'midnight':
      return value(node.operand)
    case 'call': {
      const values = node.arguments.map(value)
      const form = functions[node.name].source
      return node.name === 'coalesce' ? form(values) : ofPresent(writer, values, form)
    }
    case 'count':
      return `(${rowsSource(writer, node.collection)}?.length ?? null)`
    case 'quantifier': {
      const rows = rowsSource(writer, node.collection)
      return `truth.quantify(${rows}, ${node.name === 'some'}, (row${node.index}) => ${value(node.body)})`
    }
    case 'list':
      return `[${node.items.map(value).join(', ')}]`
  }
}

/** A chain is computed as it stands; see closure/arithmetic.ts. */
function numberSource(writer: Writer, node: TypedNode): string {
  if (node.kind === 'negate') return ofPresent(writer, [numberSource(writer, node.operand)], ([a]) => `-${a}`)
  if (node.kind !== 'arithmetic') return writer.value(node)
  const { operator, left, right } = node
  if (operator === '%') {
    return ofPresent(writer, [writer.value(left), writer.value(right)], ([a, b]) => `truth.remainder(${a}, ${b})`)
  }
  if (operator === '/') {
    const values = [numberSource(writer, left), writer.value(right)]
    return ofPresent(writer, values, ([a, b]) => `${b} === 0 ? null : ${a} / ${b}`)
  }
  const values = [numberSource(writer, left), numberSource(writer, right)]
  return ofPresent(writer, values, ([a, b]) => `${a} ${operator} ${b}`)
}

function shiftSource(writer: Writer, node: TypedNode): string {
  if (node.kind !== 'shift') return writer.value(node)
  const values = [shiftSource(writer, node.date), writer.value(node.duration)]
  return ofPresent(writer, values, ([a, b]) => `${a} ${node.operator} ${b}`)
}

function inSource(writer: Writer, wanted: TypedNode, list: TypedNode): string {
  if (list.kind === 'list') return `truth.among(${writer.value(wanted)}, ${writer.value(list)})`
  if (isCollection(list)) {
    const ids = `(${rowsSource(writer, list)}?.map((row) => row.id) ?? null)`
    return `truth.inList(${ids}, (id) => id, ${writer.value(wanted)})`
  }
  const type: Type = list.type.kind === 'list' ? list.type.element : { kind: 'unknown' }
  return `truth.inList(${writer.value(list)}, (stored) => ${readElement(type)}, ${writer.value(wanted)})`
}

function readElement(type: Type): string {
  switch (type.kind) {
    case 'number':
      return 'Number.isFinite(stored) ? stored : null'
    case 'integer':
      return 'Number.isSafeInteger(stored) ? stored : null'
    case 'boolean':
      return "typeof stored === 'boolean' ? stored : null"
    case 'date':
      return 'truth.date(stored)'
    case 'datetime':
      return 'truth.instant(stored)'
    default:
      return "typeof stored === 'string' ? stored : null"
  }
}
