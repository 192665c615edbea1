// What is wrong with a text of the expression language, as it is, or were it another one, or its schema another.

import { compileExpression, compileQuery, compileTemplate, type Problem, type Schema } from '../../expr/index.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'

export function problemsOf(
  { kind, node, scope }: Site,
  schema: Schema = scope.schema,
  text = node.value,
): readonly Problem[] {
  if (kind === 'query') return compileQuery(text, schema).diagnostics
  const asked = { ...scope, schema }
  return (kind === 'template' ? compileTemplate(text, asked) : compileExpression(text, asked)).diagnostics
}
