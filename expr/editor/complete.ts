// Completion in an expression: what can be written at the cursor, for half-typed text too. Never throws, and offers
// only what the checker will accept as a name there.

import type { Scope } from '../scope.ts'
import type { Node, Span } from '../syntax/ast.ts'
import { describe, type Type } from '../types.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import { type Expected, expectedAt, suits } from './expected.ts'
import { type Inspected, inspectExpression, ownStart } from './inspect.ts'
import { fieldItems, type Item, memberItems, nameItems, slotItems } from './items.ts'
import { operatorItems } from './operators.ts'

/** An item with the text that it replaces; the lower the rank, the better it fits. */
export type Completion = Item & Span & { readonly rank: number }

export type CompleteOptions = {
  /** The quote for texts, one that does not end the literal around the expression. */
  readonly quote?: "'" | '"'
}

/** Stands where the cursor is, so that the rest can be understood. */
const probe = '$probe'

export function completeExpression(
  source: string,
  offset: number,
  scope: Scope,
  options: CompleteOptions = {},
): readonly Completion[] {
  const cursor = cursorAt(source, offset)
  const at = (items: readonly Item[], rank = 0): Completion[] =>
    items.map((item) => ({ ...item, start: cursor.start, end: cursor.end, rank }))
  if (cursor.where === 'nowhere') return []
  if (cursor.where === 'operator') return at(operatorItems(inspectBefore(source, cursor.start, scope), scope))
  const start = cursor.where === 'text' ? cursor.start - 1 : cursor.start
  const probed = source.slice(0, start) + probe
  const inspected = inspectExpression(probed, scope)
  const node = nodeAt(inspected, probed, start)
  if (!node) return []
  if (cursor.where === 'member') return at(membersOf(node, inspected, scope, source[cursor.end] === '('))
  if (cursor.where === 'lambda') return at(lambdaItems(node, inspected, scope))
  const expected = expectedAt(node, inspected, scope)
  if (cursor.where === 'text') return at(textItems(expected, cursor))
  const parameters = inspected.parts.get(node)?.parameters ?? []
  return valueItems(expected, nameItems(scope, parameters), options.quote ?? "'").map((item) => ({
    ...item,
    start: cursor.start,
    end: cursor.end,
  }))
}

/** The expression up to the cursor, without what is being typed. */
function inspectBefore(source: string, end: number, scope: Scope): Inspected {
  return inspectExpression(source.slice(0, end).trimEnd(), scope)
}

/** The node that the probe became: a name of its own, or the name of a member. */
function nodeAt({ tree, parents }: Inspected, source: string, start: number): Node | undefined {
  const isProbe = (node: Node): boolean =>
    (node.kind === 'name' && node.start <= start && ownStart(source, node) === start) ||
    (node.kind === 'member' && node.nameStart === start)
  if (tree && isProbe(tree)) return tree
  return [...parents.keys()].find(isProbe)
}

function membersOf(node: Node, { parts }: Inspected, scope: Scope, called: boolean): Item[] {
  if (node.kind !== 'member') return []
  const { object } = node
  const part = parts.get(object)
  if (!part) {
    // `input` and `event` are no values, so they are not among the parts.
    const source = object.kind === 'name' && parts.has(node) ? object.name : undefined
    return source === 'input' || source === 'event' ? slotItems(scope, source) : []
  }
  const { type } = part.typed
  const items = type.kind === 'record' ? fieldItems(scope, type.entity) : memberItems(type)
  return called ? items.map(({ insert: _, ...item }) => item) : items
}

function lambdaItems(node: Node, { parents, parts }: Inspected, scope: Scope): Item[] {
  const method = parents.get(node)
  const object = method?.kind === 'method' ? parts.get(method.object) : undefined
  if (object?.typed.type.kind !== 'collection') return []
  const { entity } = object.typed.type
  const taken = new Set(nameItems(scope, object.parameters).map(({ label }) => label))
  const first = entity.charAt(0).toLowerCase()
  const name = [first, `${first}${entity.slice(1)}`, `${first}1`, `${first}2`].find((one) => !taken.has(one))
  if (name === undefined) return []
  return [{ label: `${name} => …`, kind: 'lambda', detail: `for each ${entity}`, insert: `${name} => ${name}.$0` }]
}

const optionItem = (option: string, { of }: Expected, insert: string): Item => ({
  label: option,
  kind: 'option',
  detail: of?.is === 'field' ? `option of ${of.entity}.${of.field}` : 'option',
  insert,
  ...(of && { meaning: { is: 'option', option, of } }),
})

function textItems(expected: Expected, cursor: Cursor): Item[] {
  const type = expected.among ? undefined : expected.type
  if (type?.kind !== 'enum') return []
  const end = cursor.closed ? '' : (cursor.quote ?? '')
  const written = (option: string): string => option.replaceAll(/[\\'"]/g, '\\$&')
  return type.options.map((option) => optionItem(option, expected, `${written(option)}${end}`))
}

/** Writes a text in quotes. */
const quoted = (text: string, quote: string): string => `${quote}${text.replaceAll(/[\\'"]/g, '\\$&')}${quote}`

function valueItems(expected: Expected, names: readonly Item[], quote: string): (Item & { rank: number })[] {
  const { type, among, operator } = expected
  if (among) {
    const list: Item = {
      label: '[…]',
      kind: 'keyword',
      detail: `a list of ${describe(type ?? { kind: 'unknown' })}`,
      insert: '[$0]',
    }
    return [{ ...list, rank: 0 }, ...names.flatMap((item) => ranked(item, expected))]
  }
  const options = type?.kind === 'enum' ? type.options : []
  const first = options.map((option) => ({
    ...optionItem(option, expected, quoted(option, quote)),
    label: quoted(option, quote),
    rank: 0,
  }))
  const withoutBooleans = operator !== undefined && type !== undefined && type.kind !== 'boolean'
  return [
    ...first,
    ...names.flatMap((item) => {
      if (withoutBooleans && (item.label === 'true' || item.label === 'false')) return []
      if (item.label === 'null' && operator !== undefined && operator !== '==' && operator !== '!=') return []
      return ranked(item, expected)
    }),
  ]
}

/** An item where it fits, behind it where a path may lead on from it, else not at all. */
function ranked(item: Item, expected: Expected): (Item & { rank: number })[] {
  const { type } = item
  if (!expected.type || expected.type.kind === 'unknown') return [{ ...item, rank: item.kind === 'field' ? 1 : 2 }]
  if (item.label === 'null') return [{ ...item, rank: 4 }]
  if (type && type.kind !== 'unknown' && suits(type, expected))
    return [{ ...item, rank: item.kind === 'function' ? 2 : 1 }]
  if (expected.type.kind === 'boolean')
    return [{ ...item, rank: item.kind === 'function' ? 4 : canBegin(type) ? 2 : 3 }]
  return canBegin(type) || item.label === 'coalesce' ? [{ ...item, rank: 3 }] : []
}

/** Whether a value has something to go on with: fields, methods. */
const canBegin = (type: Type | undefined): boolean => !type || type.kind === 'record' || type.kind === 'collection'
