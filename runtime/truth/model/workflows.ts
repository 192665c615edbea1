// Workflows, from nodes: the condition, and every text of an action that holds an expression.

import type { Place, Scope } from '../../../expr/index.ts'
import { compileExpression, compileTemplate } from '../../../expr/index.ts'
import { shiftProblems } from '../../../expr/problems.ts'
import type { FieldSchema, Schema } from '../../../expr/schema.ts'
import { soleExpression } from '../../../expr/template.ts'
import type { Rule, Workflow } from '../app.ts'
import { childOf, type Node, type Path, type StringNode } from '../node.ts'
import { type Events, rowsOf } from './events.ts'
import { faultInString, type Notes, ruleOf } from './rule.ts'
import { plainObject, present, textAt } from './take.ts'

export function workflowOf(name: string, node: Node, schema: Schema, events: Events, notes: Notes): Workflow {
  const path: Path = ['workflows', name]
  const trigger = childOf(node, 'trigger')
  const event = trigger?.kind === 'string' ? trigger.value : 'schedule'
  const isTold = trigger?.kind === 'string' || trigger?.kind === 'object'
  const entities = isTold ? rowsOf(events, event) : undefined
  const [entity, ...others] = entities ?? []
  const scope: Scope = present({
    schema,
    place: 'workflow' as Place,
    entity,
    openRow: entities === undefined || undefined,
  })
  const condition = readFor(scope, node, path, notes)
  // What is right for the rows of one entity must be so for those of each; every text is told of once.
  for (const other of others) readFor({ ...scope, entity: other }, node, path, { ...notes, site: () => {} })
  return present({ name, trigger: event, condition, options: plainObject(node) })
}

/** Checks the texts of a workflow about rows of an entity, or about none; its condition. */
function readFor(scope: Scope, node: Node, path: Path, notes: Notes): Rule | undefined {
  const condition = ruleOf(childOf(node, 'condition'), [...path, 'condition'], scope, notes)
  const actions = childOf(node, 'actions')
  if (actions?.kind === 'list')
    actions.items.forEach((action, index) => readAction(action, [...path, 'actions', index], scope, notes))
  return condition
}

const text: FieldSchema = { type: 'string' }

/** What the texts of an action must come to, where that is not just any text. */
function expectedAt(action: Node, key: string, { entities }: Schema): FieldSchema | undefined {
  const type = textAt(action, 'type')
  const entity = textAt(action, 'entity')
  if (key === 'id' && entity !== undefined && entities.has(entity) && (type === 'update' || type === 'delete'))
    return { type: 'relation', to: entity }
  return (type === 'email' && key === 'to') || (type === 'webhook' && key === 'url') ? text : undefined
}

function readAction(action: Node, path: Path, scope: Scope, notes: Notes): void {
  if (action.kind !== 'object') return
  const fields = scope.schema.entities.get(textAt(action, 'entity') ?? '')?.fields
  for (const [key, { value }] of action.entries) {
    if (key !== 'set' || value.kind !== 'object' || !fields) {
      readTexts(value, [...path, key], scope, notes, expectedAt(action, key, scope.schema))
      continue
    }
    for (const [name, { value: given }] of value.entries)
      readSet(given, [...path, key, name], scope, notes, fields.get(name))
  }
}

/** A value that an action sets: a text with expressions in it, or `{ expr: '…' }`. */
function readSet(node: Node, path: Path, scope: Scope, notes: Notes, field: FieldSchema | undefined): void {
  const expression = node.kind === 'object' ? childOf(node, 'expr') : undefined
  if (expression) return void ruleOf(expression, [...path, 'expr'], { ...scope, expects: field ?? 'any' }, notes)
  // Whatever it comes to is written as text where a text is stored.
  const isText = field?.type === 'string' || field?.type === 'text' || field?.type === 'json'
  readTexts(node, path, scope, notes, isText || field?.many ? undefined : field)
}

/** Every text of an action may hold `${expression}`; one that is nothing else comes to the value of it. */
function readTexts(node: Node, path: Path, scope: Scope, notes: Notes, expects: FieldSchema | undefined): void {
  if (node.kind === 'list') node.items.forEach((item, at) => readTexts(item, [...path, at], scope, notes, undefined))
  if (node.kind === 'object') {
    for (const [key, { value }] of node.entries) readTexts(value, [...path, key], scope, notes, undefined)
  }
  if (node.kind === 'string' && node.value.includes('${')) readTemplate(node, path, scope, notes, expects)
}

function readTemplate(
  node: StringNode,
  path: Path,
  scope: Scope,
  notes: Notes,
  expects: FieldSchema | undefined,
): void {
  notes.site({ kind: 'template', node, path, scope })
  const sole = soleExpression(node.value)
  const problems =
    expects && sole?.trim()
      ? shiftProblems(compileExpression(sole, { ...scope, expects }).diagnostics, 2)
      : compileTemplate(node.value, scope).diagnostics
  for (const problem of problems) notes.report(faultInString(node, path, problem))
}
