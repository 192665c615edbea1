// A rule explained: in plain language, and as the SQL that it becomes.

import { readingOf } from '../../expr/editor/reading.ts'
import { compileExpression, renderSql, witness } from '../../expr/index.ts'
import type { Parameter } from '../../expr/sql/sql.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'

export type RuleText = {
  readonly reading: string
  readonly sql?: string
  /** Cases in words, where there are some that are certain: one that gets in, one that does not. */
  readonly grants?: string
  readonly refuses?: string
}

/** What a parameter of the statement stands for, in a word. */
function saidParameter(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'value':
      return typeof parameter.value === 'string'
        ? `'${parameter.value.replaceAll("'", "''")}'`
        : String(parameter.value)
    case 'user':
    case 'input':
      return `:${parameter.kind}.${parameter.field}`
    case 'given':
      return `:${parameter.name}`
    default:
      return `:${parameter.kind}`
  }
}

/** Undefined for an expression with errors, and for one that is no condition. */
export function ruleText({ kind, node, scope }: Site): RuleText | undefined {
  if (kind !== 'expression') return undefined
  const compiled = compileExpression(node.value, scope)
  if (!compiled.ok || compiled.expression.type.kind !== 'boolean') return undefined
  const reading = sentence(readingOf(compiled.expression.tree))
  const sql = sqlOf(compiled.expression)
  const grants = witness(compiled.expression, true, scope.schema)
  const refuses = witness(compiled.expression, false, scope.schema)
  return { reading, ...(sql && { sql }), ...(grants && { grants }), ...(refuses && { refuses }) }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** The condition with its values written in. Rules that need a former row or an event have no SQL of their own. */
function sqlOf(
  expression: Extract<ReturnType<typeof compileExpression>, { ok: true }>['expression'],
): string | undefined {
  if (expression.reads.some((path) => /^(?:previous|event)\b/.test(path))) return undefined
  const { text, parameters } = renderSql(expression.toSql())
  return text.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|\?(\d+)/g, (whole, number?: string) => {
    const parameter = number === undefined ? undefined : parameters[Number(number) - 1]
    return parameter ? saidParameter(parameter) : whole
  })
}
