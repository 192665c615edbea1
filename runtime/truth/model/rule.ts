// Compiles the expressions of a file, and puts their problems on the exact token inside the literal.

import type { Problem } from '../../../expr/codes.ts'
import { compileExpression, type Expression, findField, type Scope } from '../../../expr/index.ts'
import type { Rule } from '../app.ts'
import type { Fault } from '../codes.ts'
import { placeInString, writtenIn } from '../literal.ts'
import { type Node, type Path, pathText, type StringNode } from '../node.ts'

export type Report = (fault: Fault) => void

/** A text of the expression language: what it is, where it stands, and the names it may use. */
export type Site = {
  readonly kind: 'expression' | 'query' | 'template'
  readonly node: StringNode
  readonly path: Path
  readonly scope: Scope
}

/** What building the app says besides the app: faults, and every expression it came across, faulty ones too. */
export type Notes = { readonly report: Report; readonly site: (site: Site) => void }

/** A problem of an expression as a fault of the file that holds it. */
export function faultInString(node: StringNode, path: Path, problem: Problem): Fault {
  const fixes = problem.suggestions?.map((suggestion) => ({
    message: suggestion.message,
    at: placeInString(node, suggestion.start, suggestion.end),
    text: writtenIn(node, suggestion.start, suggestion.text),
  }))
  return {
    code: { id: problem.code, severity: problem.severity },
    message: problem.message,
    at: placeInString(node, problem.start, problem.end),
    path,
    ...(fixes && { fixes }),
  }
}

/** The rule that a node holds; undefined when there is none or it is faulty, which was then reported. */
export function ruleOf(node: Node | undefined, path: Path, scope: Scope, notes: Notes): Rule | undefined {
  if (node?.kind !== 'string' && node?.kind !== 'boolean') return undefined
  const source = String(node.value)
  const compiled = compileExpression(source, scope)
  if (node.kind === 'string') {
    notes.site({ kind: 'expression', node, path, scope })
    for (const problem of compiled.diagnostics) notes.report(faultInString(node, path, problem))
  }
  if (!compiled.ok) return undefined
  return ruleFrom(pathText(path), compiled.expression, scope)
}

/** A compiled expression as a rule of the place that its path names. */
export const ruleFrom = (path: string, expression: Expression, scope: Scope): Rule => ({
  path,
  source: expression.source,
  expression,
  readsRow: expression.reads.some((name) => !name.startsWith('user.')),
  followsRelations: expression.reads.some((name) => leavesRow(name, scope)),
})

/** Whether a path ends outside of the row that it starts in. */
export function leavesRow(path: string, { schema, entity }: Scope): boolean {
  const [root, name, ...further] = path.split('.')
  if (further.length > 0) return true
  const start = root === 'user' ? (schema.auth ?? 'User') : entity
  const field = start === undefined || name === undefined ? undefined : findField(schema, start, name)
  return field?.type === 'relation' && field.many === true
}
