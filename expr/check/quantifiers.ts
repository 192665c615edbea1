// `some` and `every`: a condition tried on each of the related rows.

import { parameterTaken } from '../messages/names.ts'
import { maxQuantifiers, tooManyQuantifiers } from '../messages/syntax.ts'
import { argumentCount, bodyNeedsBoolean, lambdaNeeded } from '../messages/types.ts'
import { replaceBy } from '../problems.ts'
import type { MethodNode } from '../syntax/ast.ts'
import type { TypedCollection, TypedNode } from '../tree.ts'
import { booleanType } from '../types.ts'
import { asBoolean } from './booleans.ts'
import { type Checker, faulty, place, textOf } from './context.ts'
import { namesInScope } from './names.ts'

export function checkQuantifier(
  checker: Checker,
  node: MethodNode,
  collection: TypedCollection,
  name: 'some' | 'every',
): TypedNode {
  const [lambda, ...rest] = node.arguments
  const { entity } = collection.type
  if (rest.length) {
    checker.report(argumentCount(name, 1, node.arguments.length), node)
    return faulty(node)
  }
  if (lambda?.kind !== 'lambda') {
    if (lambda?.kind !== 'error') checker.report(lambdaNeeded(name, entity.charAt(0).toLowerCase()), lambda ?? node)
    return faulty(node)
  }
  const { parameter, parameterStart } = lambda
  if (namesInScope(checker).includes(parameter)) {
    checker.report(parameterTaken(parameter), { start: parameterStart, end: parameterStart + parameter.length })
    return faulty(node)
  }
  const index = checker.parameters.length
  if (index >= maxQuantifiers) {
    checker.report(tooManyQuantifiers(), node)
    return faulty(node)
  }
  checker.parameters.push({ name: parameter, entity })
  const body = checkBody(checker, name, checker.check(lambda.body))
  checker.parameters.pop()
  return { kind: 'quantifier', type: booleanType, name, collection, parameter, index, body, ...place(node) }
}

/** A record is no condition here, not even one of the auth entity: `c => c.author` reads like "has an author". */
function checkBody(checker: Checker, name: string, body: TypedNode): TypedNode {
  if (body.type.kind !== 'record') return asBoolean(checker, body, (found) => bodyNeedsBoolean(name, found))
  const path = textOf(checker, body)
  const test = body.type.entity === checker.auth ? `${path} == user` : `${path} != null`
  checker.report(bodyNeedsBoolean(name, body.type), body, replaceBy(test, body))
  return faulty(body)
}
