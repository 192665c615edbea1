// Functions: `now()`, `days(3)`, `coalesce(a, b)`, `has(x)` and the arguments of methods.

import { closest } from '../closest.ts'
import { functions, type ParameterKind } from '../functions.ts'
import * as names from '../messages/names.ts'
import * as say from '../messages/types.ts'
import { replaceByNear } from '../problems.ts'
import type { CallNode, MethodNode } from '../syntax/ast.ts'
import type { FunctionName, TypedNode } from '../tree.ts'
import { dateType, datetimeType, isNumber, type Type } from '../types.ts'
import { checkCoalesce } from './coalesce.ts'
import { nullTest } from './compare.ts'
import { type Checker, faulty, isNullLiteral, place } from './context.ts'

type PlainFunction = Exclude<FunctionName, `${string}.${string}` | 'coalesce'>

const plainFunctions: ReadonlySet<string> = new Set(
  Object.keys(functions).filter((name) => !name.includes('.') && name !== 'coalesce'),
)
/** The functions that are called by their name alone. */
export const functionNames: readonly string[] = ['now', 'today', 'has', 'coalesce', ...plainFunctions]

export function checkCall(checker: Checker, node: CallNode): TypedNode {
  const { name } = node
  const at = place(node)
  if (name === 'now' || name === 'today') {
    if (!checkArguments(checker, name, [], node)) return faulty(node)
    return { kind: 'clock', type: name === 'now' ? datetimeType : dateType, name, ...at }
  }
  if (name === 'has') {
    const operand = checkArguments(checker, name, ['any'], node)?.[0]
    return operand ? nullTest(checker, operand, true, node) : faulty(node)
  }
  if (name === 'coalesce') {
    const values = checkArguments(checker, name, ['any', 'any'], node)
    return values ? checkCoalesce(checker, values[0]!, values[1]!, node) : faulty(node)
  }
  if (!plainFunctions.has(name)) {
    const nameAt = { start: node.start, end: node.start + name.length }
    const suggestion = closest(name, functionNames)
    checker.report(names.unknownFunction(name, suggestion), nameAt, ...replaceByNear(suggestion, nameAt))
    return faulty(node)
  }
  const row = functions[name as PlainFunction]
  const values = checkArguments(checker, name, row.parameters, node)
  if (!values) return faulty(node)
  const type = row.result(values.map((value) => value.type))
  return { kind: 'call', type, name: name as PlainFunction, arguments: values, ...at }
}

const accepts = {
  any: { test: (_: Type) => true, words: 'a value' },
  number: { test: isNumber, words: 'a number' },
  string: { test: (type: Type) => type.kind === 'string', words: 'a string' },
  list: { test: (type: Type) => type.kind === 'list', words: 'a list' },
} as const satisfies Record<ParameterKind, { test: (type: Type) => boolean; words: string }>

/** The checked arguments; undefined when one is faulty, or their number is wrong. */
export function checkArguments(
  checker: Checker,
  name: string,
  kinds: readonly ParameterKind[],
  node: CallNode | MethodNode,
): readonly TypedNode[] | undefined {
  const values: TypedNode[] = []
  let fine = true
  for (const [index, argument] of node.arguments.entries()) {
    if (argument.kind === 'lambda') {
      checker.report(say.lambdaHere(), argument)
      fine = false
      continue
    }
    const value = checker.check(argument)
    const kind = kinds[index]
    values.push(value)
    if (value.type.kind === 'unknown') fine = false
    else if (kind && !accepts[kind].test(value.type)) {
      const fault = isNullLiteral(value)
        ? say.nullArgument(name)
        : say.argumentType(name, accepts[kind].words, value.type)
      checker.report(fault, value)
      fine = false
    }
  }
  if (node.arguments.length !== kinds.length) {
    checker.report(say.argumentCount(name, kinds.length, node.arguments.length), node)
    return undefined
  }
  return fine ? values : undefined
}
