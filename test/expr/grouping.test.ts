// Every expression groups as JavaScript does: the second opinion is acorn's.

import { type Expression as EsNode, parseExpressionAt } from 'acorn'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Node } from '../../expr/syntax/ast.ts'
import { parseExpression } from '../../expr/syntax/parse.ts'

/** The grouping, written out. */
function ours(node: Node): string {
  switch (node.kind) {
    case 'binary':
      return `(${ours(node.left)} ${node.operator} ${ours(node.right)})`
    case 'unary':
      return `(${node.operator} ${ours(node.operand)})`
    case 'member':
      return `${ours(node.object)}.${node.name}`
    case 'call':
      return `${node.name}(${node.arguments.map(ours).join()})`
    case 'method':
      return `${ours(node.object)}.${node.name}(${node.arguments.map(ours).join()})`
    case 'list':
      return `[${node.items.map(ours).join()}]`
    case 'lambda':
      return `${node.parameter}=>${ours(node.body)}`
    case 'name':
      return node.name
    case 'literal':
      return JSON.stringify(node.value)
    case 'error':
      return '?'
  }
}

const spelling: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' }

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree of another tool, taken apart by its `type`.
function theirs(node: any): string {
  switch ((node as EsNode).type) {
    case 'LogicalExpression':
    case 'BinaryExpression':
      return `(${theirs(node.left)} ${spelling[node.operator] ?? node.operator} ${theirs(node.right)})`
    case 'UnaryExpression':
      return `(${node.operator} ${theirs(node.argument)})`
    case 'MemberExpression':
      return `${theirs(node.object)}.${node.property.name}`
    case 'CallExpression':
      return `${theirs(node.callee)}(${node.arguments.map(theirs).join()})`
    case 'ArrayExpression':
      return `[${node.elements.map(theirs).join()}]`
    case 'ArrowFunctionExpression':
      return `${node.params[0].name}=>${theirs(node.body)}`
    case 'Identifier':
      return node.name
    case 'Literal':
      return JSON.stringify(node.value)
    default:
      throw new Error(node.type)
  }
}

const operators = ['||', '&&', '==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%']
const { sentence } = fc.letrec<{ sentence: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    {
      arbitrary: fc.constantFrom('a', 'b.c', '1', '0.5e2', "'x\\u{1F600}'", 'true', 'null', '"y"', 'nullable', 'inner'),
      weight: 6,
    },
    tie('sentence').map((inner) => `(${inner})`),
    tie('sentence').map((inner) => `!${inner}`),
    tie('operand').map((inner) => `- ${inner}`),
    tie('sentence').map((inner) => `f(${inner}, a)`),
    tie('sentence').map((inner) => `a.some(x => ${inner})`),
    tie('sentence').map((inner) => `[${inner}, b].includes(${inner})`),
  ),
  sentence: fc
    .tuple(tie('operand'), fc.array(fc.tuple(fc.constantFrom(...operators), tie('operand')), { maxLength: 4 }))
    .map(([first, rest]) => rest.reduce((text, [operator, operand]) => `${text} ${operator} ${operand}`, first)),
}))

test('generated sentences', () => {
  let compared = 0
  const property = fc.property(sentence, (source) => {
    const { tree, problems } = parseExpression(source)
    // Chained comparisons are refused; everything else must group alike.
    if (!tree || problems.length > 0) return
    compared += 1
    expect(ours(tree)).toBe(theirs(parseExpressionAt(source, 0, { ecmaVersion: 2023 })))
  })
  fc.assert(property, { numRuns: 8_000 })
  expect(compared).toBeGreaterThan(2_000)
})
