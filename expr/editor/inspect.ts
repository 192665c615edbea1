// What the parts of an expression were understood as, faulty and half-typed ones too: for an editor.

import { checkExpression } from '../check/check.ts'
import type { Checker } from '../check/context.ts'
import type { Problem } from '../codes.ts'
import { problemAt } from '../problems.ts'
import type { Scope } from '../scope.ts'
import type { Node, Span } from '../syntax/ast.ts'
import { parseExpression } from '../syntax/parse.ts'
import type { TypedNode } from '../tree.ts'

export type Parameter = Checker['parameters'][number]

export type Part = {
  readonly node: Node
  readonly typed: TypedNode
  /** The lambda parameters around it, outermost first. */
  readonly parameters: readonly Parameter[]
}

export type Inspected = {
  /** Absent past a bound. */
  readonly tree?: Node
  readonly parts: ReadonlyMap<Node, Part>
  /** What each node is part of. */
  readonly parents: ReadonlyMap<Node, Node>
  readonly problems: readonly Problem[]
}

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'list':
      return node.items
    case 'member':
      return [node.object]
    case 'call':
      return node.arguments
    case 'method':
      return [node.object, ...node.arguments]
    case 'lambda':
      return [node.body]
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    default:
      return []
  }
}

/** Where a name or a text itself begins: the parentheses around it belong to its node. */
export function ownStart(source: string, { start, end }: Span): number {
  const opening = /^[(\s]*/.exec(source.slice(start, end))?.[0].length ?? 0
  return start + opening
}

/** Parses and checks an expression, and keeps what became of each part; never throws. */
export function inspectExpression(source: string, scope: Scope): Inspected {
  const parsed = parseExpression(source)
  const { tree } = parsed
  if (!tree) return { parts: new Map(), parents: new Map(), problems: parsed.problems }
  const parts = new Map<Node, Part>()
  const problems = [...parsed.problems]
  checkExpression(
    tree,
    source,
    scope,
    (fault, at, ...fixes) => void problems.push(problemAt(fault, at, fixes)),
    (node, typed, parameters) => void parts.set(node, { node, typed, parameters: [...parameters] }),
  )
  return { tree, parts, parents: parentsIn(tree), problems }
}

function parentsIn(tree: Node): Map<Node, Node> {
  const parents = new Map<Node, Node>()
  const open = [tree]
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of childrenOf(node)) {
      parents.set(child, node)
      open.push(child)
    }
  }
  return parents
}
