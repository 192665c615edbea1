// Static evaluation of one expression of a truth file: literals, constants, spreads, property access, joined templates
// and the `define*` calls. Never throws and never runs anything.

import ts from 'typescript'
import { codes, type Fault } from '../codes.ts'
import { childOf, type Entry, type Node, type Piece, type Place, type StringNode } from '../node.ts'
import { definerOf, definers, type Module, placeOf } from './module.ts'

/** What evaluation asks of the files around the expression. */
export type Reader = {
  readonly env: (name: string) => string | undefined
  readonly report: (fault: Fault) => void
  /** The node of a name as seen from a module. */
  readonly lookUp: (module: Module, name: string, at: ts.Node) => Node
  /** `tasks.Task` of a file that is imported as `tasks`. */
  readonly memberOf: (module: Module, object: ts.Expression, name: ts.Identifier) => Node | undefined
  readonly evaluating: Set<ts.Node>
  /** Expressions still to be evaluated: constants that double each other end here. */
  readonly budget: { left: number }
}

/** Deep enough for any file a person writes, and short of the stack's end. */
const deepest = 200

export function evaluate(module: Module, expression: ts.Expression, reader: Reader, depth = 0): Node {
  const place = placeOf(expression, module.source)
  const unknown: Node = { kind: 'computed', place, missing: false }
  if (depth > deepest || reader.budget.left-- <= 0) return unknown
  const inner = (node: ts.Expression): Node => evaluate(module, node, reader, depth + 1)

  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isTypeAssertionExpression(expression) ||
    ts.isNonNullExpression(expression)
  ) {
    return inner(expression.expression)
  }
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression)) {
    return stringNode(place, [piece(expression, module.source)], expression.text)
  }
  if (ts.isTemplateExpression(expression)) return template(module, expression, inner)
  if (ts.isNumericLiteral(expression)) return { kind: 'number', value: Number(expression.text), place }
  if (ts.isPrefixUnaryExpression(expression)) {
    const operand = inner(expression.operand)
    if (operand.kind !== 'number') return unknown
    if (expression.operator === ts.SyntaxKind.MinusToken) return { kind: 'number', value: -operand.value, place }
    return expression.operator === ts.SyntaxKind.PlusToken ? { ...operand, place } : unknown
  }
  if (expression.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'boolean', value: true, place }
  if (expression.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'boolean', value: false, place }
  if (expression.kind === ts.SyntaxKind.NullKeyword) return { kind: 'null', place }
  if (ts.isObjectLiteralExpression(expression)) return object(module, expression, reader, inner)
  if (ts.isArrayLiteralExpression(expression)) return list(expression, place, inner)
  if (ts.isIdentifier(expression)) {
    if (expression.text === '') return { kind: 'computed', place, missing: true }
    return reader.lookUp(module, expression.text, expression)
  }
  if (ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.name)) {
    const exported = ts.isIdentifier(expression.expression)
      ? reader.memberOf(module, expression.expression, expression.name)
      : undefined
    return exported ?? partOf(inner(expression.expression), expression.name.text, place)
  }
  if (ts.isElementAccessExpression(expression)) {
    const key = inner(expression.argumentExpression)
    if (key.kind !== 'string' && key.kind !== 'number') return unknown
    return partOf(inner(expression.expression), key.value, place)
  }
  if (ts.isCallExpression(expression)) return call(module, expression, reader, inner) ?? unknown
  return unknown
}

/** What is made of a part that is not plain: known by running the file, or not even then where that part is missing. */
const untold = (part: Node, place: Place): Node => ({
  kind: 'computed',
  place,
  missing: part.kind === 'computed' && part.missing,
})

const partOf = (object: Node, name: string | number, place: Place): Node =>
  childOf(object, name) ?? untold(object, place)

function call(
  module: Module,
  expression: ts.CallExpression,
  reader: Reader,
  inner: (node: ts.Expression) => Node,
): Node | undefined {
  const [first, second] = expression.arguments
  const name = definerOf(expression)
  if (!ts.isIdentifier(name) || !first || module.constants.has(name.text)) return undefined
  if (definers.has(name.text)) return inner(first)
  if (name.text !== 'env') return undefined
  const variable = inner(first)
  if (variable.kind !== 'string') return undefined
  const fallback = second && inner(second)
  const value = reader.env(variable.value)
  const place = placeOf(expression, module.source)
  if (value !== undefined) return stringNode(place, [], value)
  return fallback ?? stringNode(place, [], '')
}

/** What stands between the quotes of a literal, or between the braces of a template. */
function piece(node: ts.LiteralLikeNode, source: ts.SourceFile): Omit<Piece, 'from'> {
  const start = node.getStart(source) + 1
  const open = ts.isTemplateHead(node) || ts.isTemplateMiddle(node)
  const end = Math.max(start, node.getEnd() - (open ? 2 : node.isUnterminated ? 0 : 1))
  const place = { file: source.fileName, start, end }
  const first = source.text[start - 1] ?? ''
  const quote = first === '}' ? '`' : first
  return { length: node.text.length, place, raw: source.text.slice(start, end), quote }
}

function stringNode(place: Place, parts: readonly Omit<Piece, 'from'>[], value: string): StringNode {
  let from = 0
  const pieces = parts.map(({ length, place, raw, quote }) => {
    const placed = { length, place, raw, quote, from }
    from += length
    return placed
  })
  return { kind: 'string', value, place, pieces }
}

function template(module: Module, expression: ts.TemplateExpression, inner: (node: ts.Expression) => Node): Node {
  const place = placeOf(expression, module.source)
  const parts: Omit<Piece, 'from'>[] = [piece(expression.head, module.source)]
  let value = expression.head.text
  for (const span of expression.templateSpans) {
    const part = inner(span.expression)
    if (part.kind !== 'string' && part.kind !== 'number' && part.kind !== 'boolean') {
      return untold(part, place)
    }
    const text = String(part.value)
    if (part.kind === 'string') parts.push(...part.pieces)
    else parts.push({ length: text.length, place: part.place, raw: text, quote: '' })
    parts.push(piece(span.literal, module.source))
    value += text + span.literal.text
  }
  return stringNode(place, parts, value)
}

function list(expression: ts.ArrayLiteralExpression, place: Place, inner: (node: ts.Expression) => Node): Node {
  const items: Node[] = []
  for (const element of expression.elements) {
    const node = inner(ts.isSpreadElement(element) ? element.expression : element)
    if (!ts.isSpreadElement(element)) items.push(node)
    else if (node.kind === 'list') for (const item of node.items) items.push(item)
    else return untold(node, place)
  }
  return { kind: 'list', items, place }
}

function object(
  module: Module,
  expression: ts.ObjectLiteralExpression,
  reader: Reader,
  inner: (node: ts.Expression) => Node,
): Node {
  const place = placeOf(expression, module.source)
  const entries = new Map<string, Entry>()
  const own = new Map<string, Place>()
  for (const property of expression.properties) {
    if (ts.isSpreadAssignment(property)) {
      const node = inner(property.expression)
      if (node.kind === 'object') for (const [name, entry] of node.entries) entries.set(name, entry)
      else if (node.kind !== 'null') return untold(node, place)
      continue
    }
    const name = keyOf(property.name, inner)
    if (name === undefined) return { kind: 'computed', place, missing: false }
    if (name === '') continue
    const key = placeOf(property.name, module.source)
    const first = own.get(name)
    if (first) {
      const related = [{ message: 'The first one is here.', at: first }]
      const message = `\`${name}\` is given twice. The second one replaces the first.`
      reader.report({ code: codes.duplicateKey, message, at: key, related })
    }
    own.set(name, key)
    if (name === '__proto__') {
      reader.report({ code: codes.badName, message: '`__proto__` cannot be used as a name.', at: key })
      continue
    }
    const value = ts.isPropertyAssignment(property)
      ? inner(property.initializer)
      : ts.isShorthandPropertyAssignment(property)
        ? inner(property.name)
        : ({ kind: 'computed', place: key, missing: false } as const)
    if (!isUndefined(property)) entries.set(name, { key, value })
  }
  return { kind: 'object', entries, place }
}

/** `key: undefined` is as good as no key. */
const isUndefined = (property: ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(property) &&
  ts.isIdentifier(property.initializer) &&
  property.initializer.text === 'undefined'

function keyOf(name: ts.PropertyName, inner: (node: ts.Expression) => Node): string | undefined {
  if (ts.isComputedPropertyName(name)) {
    const key = inner(name.expression)
    return key.kind === 'string' || key.kind === 'number' ? String(key.value) : undefined
  }
  return ts.isPrivateIdentifier(name) ? undefined : name.text
}
