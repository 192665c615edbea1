// The checked tree as JavaScript text of a decision: what a careful person would write by hand. Negations are pushed
// down to the atoms, so that most of them need no third value.

import { opposite } from '../closure/compare.ts'
import { chainOf, type TypedCompare, type TypedNode } from '../tree.ts'
import type { Type } from '../types.ts'
import { rowSource, rowsSource } from './value.ts'
import { member, text, type Writer } from './writer.ts'

export function decideSource(writer: Writer, node: TypedNode, wanted: boolean): string {
  switch (node.kind) {
    case 'literal':
      return String(node.value === wanted)
    case 'authenticated':
      return `typeof user?.id ${wanted ? '===' : '!=='} 'string'`
    case 'not':
      return writer.decide(node.operand, !wanted)
    case 'logic': {
      const either = (node.operator === '||') === wanted
      let inner = writer
      const parts = chainOf(node).map((part) => {
        const written = inner.decide(part, wanted)
        if (!either && part.kind === 'authenticated' && wanted) inner = inner.signedIn()
        return written
      })
      return `(${parts.join(either ? ' || ' : ' && ')})`
    }
    case 'compare':
      return compareSource(writer, node, wanted)
    case 'is-user': {
      const found = writer.variable()
      const operand = plainField(writer, node.operand) ?? writer.value(node.operand)
      const equal = `${found} ${wanted ? '===' : '!=='} user.id`
      const signedIn = writer.isSignedIn ? '' : `typeof user?.id === 'string' && `
      return `(typeof (${found} = ${operand}) === 'string' && ${signedIn}${equal})`
    }
    case 'in': {
      const { list } = node
      if (list.kind === 'list' && list.items.every((item) => item.kind === 'literal' && item.value !== null))
        return inConstants(writer, node, wanted)
      break
    }
    case 'quantifier': {
      const rows = rowsSource(writer, node.collection)
      const test = (node.name === 'some') === wanted ? 'someRow' : 'everyRow'
      return `truth.${test}(${rows}, (row${node.index}) => ${writer.decide(node.body, wanted)})`
    }
    case 'field':
      if (plainField(writer, node)) return `${plainField(writer, node)} === ${wanted}`
      break
    default:
  }
  return `${writer.value(node)} === ${wanted}`
}

/** What is a text wherever somebody is signed in. */
const knownId = 'user?.id'

const isText = ({ kind }: Type): boolean => kind === 'string' || kind === 'enum' || kind === 'id' || kind === 'record'

/** A field of a row in scope, as it is stored; nothing where it has to be looked up or worked out. */
function plainField(writer: Writer, node: TypedNode): string | undefined {
  if (node.kind !== 'field' || (node.object.kind !== 'row' && node.object.kind !== 'parameter')) return undefined
  return member(rowSource(writer, node.object), node.field)
}

/** Whether a stored value counts, as JavaScript of it; it is then what it is. */
function presence({ kind }: Type): ((value: string) => string) | undefined {
  if (kind === 'integer') return (value) => `Number.isSafeInteger(${value})`
  if (kind === 'number') return (value) => `Number.isFinite(${value})`
  if (kind === 'boolean') return (value) => `typeof ${value} === 'boolean'`
  return undefined
}

function compareSource(writer: Writer, node: TypedCompare, wanted: boolean): string {
  const operator = wanted ? node.operator : opposite[node.operator]
  const swapped = node.left.kind === 'literal'
  const [left, right] = swapped ? [node.right, node.left] : [node.left, node.right]
  const equality = operator === '==' || operator === '!='
  if (equality && left.type.kind === 'boolean' && right.kind === 'literal') {
    return writer.decide(left, (right.value === true) === (operator === '=='))
  }
  const stored = plainField(writer, left)
  const other = plainField(writer, right)
  if (equality && isText(left.type) && isText(right.type) && stored !== undefined) {
    const literal = right.kind === 'literal' ? text(String(right.value)) : undefined
    if (operator === '==' && literal !== undefined) return `${stored} === ${literal}`
    if (operator === '==' && other !== undefined && [stored, other].includes(knownId) && writer.isSignedIn)
      return `${stored} === ${other}`
    if (literal !== undefined || other !== undefined) {
      const found = writer.variable()
      const present = `typeof (${found} = ${stored}) === 'string'`
      if (literal !== undefined) return `(${present} && ${found} !== ${literal})`
      if (operator === '==') return `(${present} && ${found} === ${other})`
    }
  }
  const counts = presence(left.type)
  if (stored !== undefined && counts && right.kind === 'literal' && typeof right.value === 'number') {
    const found = writer.variable()
    const compared = swapped && !equality ? mirrored[operator] : operator
    return `(${counts(`(${found} = ${stored})`)} && ${found} ${spelled(compared)} ${right.value})`
  }
  const [a, b] = [writer.variable(), writer.variable()]
  const [first, second] = [writer.value(node.left), writer.value(node.right)]
  return `((${a} = ${first}) !== null && (${b} = ${second}) !== null && ${a} ${spelled(operator)} ${b})`
}

const spelled = (operator: string): string => ({ '==': '===', '!=': '!==' })[operator] ?? operator

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

/** Past this many constants a set is faster than comparing one by one. */
const mostCompared = 6

function inConstants(writer: Writer, node: TypedNode & { readonly kind: 'in' }, wanted: boolean): string {
  const { value, list } = node
  const items = list.kind === 'list' ? list.items.map((item) => writer.value(item)) : []
  const found = writer.variable()
  const stored = isText(value.type) ? plainField(writer, value) : undefined
  const source = stored ?? writer.value(value)
  const among = (name: string): string =>
    items.length > mostCompared
      ? `${writer.constant(`new Set([${items.join(', ')}])`)}.has(${name})`
      : `(${items.map((item) => `${name} === ${item}`).join(' || ')})`
  if (wanted) return `((${found} = ${source}), ${among(found)})`
  const present =
    stored === undefined ? `(${found} = ${source}) !== null` : `typeof (${found} = ${source}) === 'string'`
  return `(${present} && !${among(found)})`
}
