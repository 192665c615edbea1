// What a guard asks of whoever has not said anything yet: whether its input could still make it hold.

import { compileExpression, type Scope } from '../../../expr/index.ts'
import type { TypedNode } from '../../../expr/tree.ts'
import { childrenOf } from '../../../expr/walk.ts'
import type { Rule } from '../app.ts'
import { ruleFrom } from './rule.ts'

const readsInput = (node: TypedNode): boolean =>
  node.kind === 'slot' ? node.source === 'input' : childrenOf(node).some(readsInput)

type Term = { readonly start: number; readonly end: number; readonly text: 'true' | 'false' }

/** The terms that read the input, each as what would help the whole to hold. */
function inputTerms(node: TypedNode, wanted: boolean): readonly Term[] {
  if (!readsInput(node)) return []
  if (node.kind === 'not') return inputTerms(node.operand, !wanted)
  if (node.kind === 'logic') return [...inputTerms(node.left, wanted), ...inputTerms(node.right, wanted)]
  return [{ start: node.start, end: node.end, text: wanted ? 'true' : 'false' }]
}

/** A rule that holds wherever some input lets the given one hold; the rule itself where it reads no input. */
export function withoutInput(rule: Rule, scope: Scope): Rule {
  const terms = [...inputTerms(rule.expression.tree, true)].sort((a, b) => b.start - a.start)
  const source = terms.reduce(
    (text, { start, end, text: word }) => text.slice(0, start) + word + text.slice(end),
    rule.source,
  )
  const compiled = terms.length === 0 ? undefined : compileExpression(source, scope)
  return compiled?.ok ? ruleFrom(rule.path, compiled.expression, scope) : rule
}
