// The names in an expression and what each of them means: for hover, definition, references, rename and colours.

import type { Scope } from '../scope.ts'
import type { LambdaNode, Node, Span } from '../syntax/ast.ts'
import type { TypedNode } from '../tree.ts'
import { type Inspected, inspectExpression, ownStart, type Part } from './inspect.ts'

export type Meaning =
  | { readonly is: 'field'; readonly entity: string; readonly field: string }
  /** `owner`: the field that is the owner relation. */
  | { readonly is: 'owner'; readonly entity: string; readonly field: string }
  | { readonly is: 'row'; readonly name: string; readonly entity: string }
  | { readonly is: 'source'; readonly name: 'input' | 'event' }
  | { readonly is: 'slot'; readonly source: 'input' | 'event'; readonly field: string }
  /** An option of an enum: a text compared with a field or an input. */
  | { readonly is: 'option'; readonly option: string; readonly of: Meaning & { is: 'field' | 'slot' } }
  | { readonly is: 'parameter'; readonly name: string; readonly entity: string; readonly declared: Span }
  | { readonly is: 'function'; readonly name: string; readonly method: boolean }
  | { readonly is: 'builtin'; readonly name: string }

export type Use = Span & {
  readonly meaning: Meaning
  /** What the part that ends with this name was understood as. */
  readonly typed: TypedNode
}

/** Every name that has a meaning, in the order of the text. Options lie between their quotes. */
export function usesIn(source: string, scope: Scope): readonly Use[] {
  const inspected = inspectExpression(source, scope)
  const uses: Use[] = []
  for (const part of inspected.parts.values()) addUses(part, inspected, source, uses)
  return uses.sort((a, b) => a.start - b.start || a.end - b.end)
}

function addUses({ node, typed }: Part, inspected: Inspected, source: string, uses: Use[]): void {
  const add = (start: number, name: string, meaning: Meaning | undefined): void => {
    if (meaning) uses.push({ start, end: start + name.length, meaning, typed })
  }
  switch (node.kind) {
    case 'name':
      return add(ownStart(source, node), node.name, meaningOfName(node, typed, inspected))
    case 'call':
      if (typed.type.kind !== 'unknown')
        add(ownStart(source, node), node.name, { is: 'function', name: node.name, method: false })
      return
    case 'member':
      if (typed.kind === 'slot' && node.object.kind === 'name') {
        add(ownStart(source, node.object), node.object.name, { is: 'source', name: typed.source })
        return add(node.nameStart, node.name, { is: 'slot', source: typed.source, field: typed.field })
      }
      if (typed.kind === 'field') return add(node.nameStart, node.name, fieldMeaning(typed))
      if (typed.kind === 'count' || typed.kind === 'call')
        add(node.nameStart, node.name, { is: 'function', name: node.name, method: true })
      return
    case 'method': {
      for (const argument of node.arguments)
        if (argument.kind === 'lambda') addDeclaration(argument, node, inspected, uses)
      if (typed.type.kind !== 'unknown')
        add(node.nameStart, node.name, { is: 'function', name: node.name, method: true })
      return addOptions(typed, source, uses)
    }
    case 'binary':
      return addOptions(typed, source, uses)
    default:
      return
  }
}

const fieldMeaning = ({ entity, field }: TypedNode & { kind: 'field' }): Meaning & { is: 'field' } => ({
  is: 'field',
  entity,
  field,
})

function meaningOfName(node: Node & { kind: 'name' }, typed: TypedNode, inspected: Inspected): Meaning | undefined {
  const { name } = node
  switch (typed.kind) {
    case 'field':
      return typed.field === name ? fieldMeaning(typed) : { is: 'owner', entity: typed.entity, field: typed.field }
    case 'row':
      return { is: 'row', name, entity: typed.type.entity }
    case 'parameter': {
      const declared = lambdaAround(node, name, inspected)
      return declared && { is: 'parameter', name, entity: typed.type.entity, declared }
    }
    case 'authenticated':
    case 'clock':
      return { is: 'builtin', name }
    default:
      return undefined
  }
}

const declaration = ({ parameter, parameterStart }: LambdaNode): Span => ({
  start: parameterStart,
  end: parameterStart + parameter.length,
})

function lambdaAround(node: Node, name: string, { parents }: Inspected): Span | undefined {
  for (let at = parents.get(node); at; at = parents.get(at)) {
    if (at.kind === 'lambda' && at.parameter === name) return declaration(at)
  }
  return undefined
}

function addDeclaration(
  lambda: LambdaNode,
  method: Node & { kind: 'method' },
  { parts }: Inspected,
  uses: Use[],
): void {
  const typed = parts.get(method.object)?.typed
  if (typed?.type.kind !== 'collection') return
  const declared = declaration(lambda)
  const { entity } = typed.type
  uses.push({ ...declared, meaning: { is: 'parameter', name: lambda.parameter, entity, declared }, typed })
}

/** The texts of a comparison that are options of the enum on its other side. */
function addOptions(typed: TypedNode, source: string, uses: Use[]): void {
  if (typed.kind === 'compare') {
    addOption(typed.left, typed.right, source, uses)
    addOption(typed.right, typed.left, source, uses)
  } else if (typed.kind === 'in') {
    addOption(typed.value, typed.list, source, uses)
    if (typed.list.kind === 'list') for (const item of typed.list.items) addOption(item, typed.value, source, uses)
  }
}

function addOption(text: TypedNode, other: TypedNode, source: string, uses: Use[]): void {
  if (text.kind !== 'literal' || typeof text.value !== 'string' || text.type.kind !== 'enum') return
  const of: Meaning | undefined =
    other.kind === 'field'
      ? fieldMeaning(other)
      : other.kind === 'slot'
        ? { is: 'slot', source: other.source, field: other.field }
        : undefined
  const start = ownStart(source, text) + 1
  const end = start + text.value.length
  // An option that is written with escapes is left alone.
  if (!of || source.slice(start, end) !== text.value) return
  uses.push({ start, end, meaning: { is: 'option', option: text.value, of }, typed: text })
}
