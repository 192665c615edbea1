// The queries of views: `Task where status != 'archived' order by dueDate desc, title limit 50`.

import { closest } from './closest.ts'
import type { Problem } from './codes.ts'
import { compileExpression, type Expression, type Scope } from './compile.ts'
import { unknownEntity } from './messages/names.ts'
import * as say from './messages/types.ts'
import { isUsable, problemAt, type Report, replaceByNear, shiftProblems } from './problems.ts'
import type { Schema } from './schema.ts'
import type { Span } from './syntax/ast.ts'
import * as t from './syntax/tokens.ts'
import type { TypedNode } from './tree.ts'

export type OrderBy = { readonly path: readonly string[]; readonly descending: boolean }

export type Query = {
  readonly entity: string
  readonly where?: Expression
  readonly orderBy: readonly OrderBy[]
  readonly limit?: number
}

export type CompiledQuery =
  | { readonly ok: true; readonly query: Query; readonly diagnostics: readonly Problem[] }
  | { readonly ok: false; readonly diagnostics: readonly Problem[] }

/** @internal */
export type Clause = {
  readonly name: 'where' | 'order by' | 'limit'
  readonly keyword: Span
  readonly tokens: t.Token[]
}

const spanOf = (token: t.Token): Span => ({ start: token.startOffset, end: t.endOf(token) })

/** Parses and checks a query; never throws. */
export function compileQuery(source: string, schema: Schema): CompiledQuery {
  const diagnostics: Problem[] = []
  const report: Report = (fault, at, ...fixes) => void diagnostics.push(problemAt(fault, at, fixes))
  const [first, ...rest] = t.tokenize(source)
  if (first?.tokenType !== t.Name) {
    report(say.queryStart(), first ? spanOf(first) : { start: 0, end: source.length })
    return { ok: false, diagnostics }
  }
  const entity = first.image
  if (!schema.entities.has(entity) && !schema.open) {
    const suggestion = closest(entity, schema.entities.keys())
    report(unknownEntity(entity, suggestion), spanOf(first), ...replaceByNear(suggestion, spanOf(first)))
    return { ok: false, diagnostics }
  }
  const scope: Scope = { schema, place: 'view', entity }
  let query: Query = { entity, orderBy: [] }
  let told = schema.entities.has(entity)
  const untold = (): void => {
    told = false
  }
  for (const clause of clausesOf(rest, report)) {
    if (clause.name === 'limit') query = { ...query, ...limitOf(clause, report) }
    else if (clause.name === 'where') {
      const where = compilePart(source, clause, scope, diagnostics)
      if (where) query = { ...query, where }
      else untold()
    } else query = { ...query, orderBy: orderOf(source, clause, scope, report, diagnostics, untold) }
  }
  diagnostics.sort((a, b) => a.start - b.start)
  // SECURITY: a query whose condition cannot be told is none, not one without a condition.
  return told && isUsable(diagnostics) ? { ok: true, query, diagnostics } : { ok: false, diagnostics }
}

const clauseOrder = ['where', 'order by', 'limit'] as const

/**
 * Cuts the tokens at the words of the query. A name after a value can only be such a word, so fields may share them.
 * @internal
 */
export function clausesOf(tokens: readonly t.Token[], report: Report): Clause[] {
  const clauses: Clause[] = []
  let depth = 0
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    const open = clauses.at(-1)
    const before = tokens[index - 1]
    if (token.tokenType === t.LeftParen || token.tokenType === t.LeftBracket) depth += 1
    if (token.tokenType === t.RightParen || token.tokenType === t.RightBracket) depth -= 1
    const isWord = depth === 0 && (open === undefined || (open.tokens.length > 0 && t.valueEnds.has(before?.tokenType)))
    const name = isWord ? clauseName(token, tokens[index + 1]) : undefined
    if (name) {
      const last = name === 'order by' ? tokens[++index]! : token
      const keyword = { start: token.startOffset, end: t.endOf(last) }
      if (open && clauseOrder.indexOf(name) <= clauseOrder.indexOf(open.name)) report(say.queryClause(name), keyword)
      clauses.push({ name, keyword, tokens: [] })
    } else if (open) open.tokens.push(token)
    else {
      report(say.queryClause(token.image), spanOf(token))
      return []
    }
  }
  return clauses
}

function clauseName(token: t.Token, next: t.Token | undefined): Clause['name'] | undefined {
  if (token.tokenType !== t.Name) return undefined
  if (token.image === 'where' || token.image === 'limit') return token.image
  return token.image === 'order' && next?.image === 'by' ? 'order by' : undefined
}

const inside = ({ keyword, tokens }: Pick<Clause, 'keyword' | 'tokens'>): Span => ({
  start: tokens[0]?.startOffset ?? keyword.end,
  end: tokens.length > 0 ? t.endOf(tokens.at(-1)!) : keyword.end,
})

function compilePart(
  source: string,
  part: Pick<Clause, 'keyword' | 'tokens'>,
  scope: Scope,
  diagnostics: Problem[],
): Expression | undefined {
  const { start, end } = inside(part)
  const compiled = compileExpression(source.slice(start, end), scope)
  // Nothing to point at: the word after which something is missing stands for it.
  const problems = shiftProblems(compiled.diagnostics, start)
  diagnostics.push(...problems.map((problem) => (start === end ? { ...problem, ...part.keyword } : problem)))
  return compiled.ok ? compiled.expression : undefined
}

function orderOf(
  source: string,
  clause: Clause,
  scope: Scope,
  report: Report,
  diagnostics: Problem[],
  untold: () => void,
): readonly OrderBy[] {
  const orders: OrderBy[] = []
  for (const tokens of splitAtCommas(clause.tokens)) {
    const last = tokens.at(-1)
    const direction = tokens.length > 1 && (last?.image === 'asc' || last?.image === 'desc') ? last.image : undefined
    const part = { keyword: clause.keyword, tokens: direction ? tokens.slice(0, -1) : tokens }
    const at = inside(part)
    if (!part.tokens.every((token, index) => token.tokenType === (index % 2 ? t.Dot : t.Name)) || at.start === at.end) {
      report(say.orderByNeeds(), at.start === at.end ? clause.keyword : at)
      continue
    }
    const field = compilePart(source, part, { ...scope, expects: 'any' }, diagnostics)
    if (!field) {
      untold()
      continue
    }
    const path = pathOf(field.tree)
    if (!path) report(say.orderByNeeds(), at)
    else if (unsortable.has(field.type.kind)) report(say.notSortable(field.type), at)
    else orders.push({ path, descending: direction === 'desc' })
  }
  return orders
}

const unsortable: ReadonlySet<string> = new Set(['json', 'list', 'collection', 'record'])

/** @internal */
export function splitAtCommas(tokens: readonly t.Token[]): t.Token[][] {
  const parts: t.Token[][] = [[]]
  for (const token of tokens) {
    if (token.tokenType === t.Comma) parts.push([])
    else parts.at(-1)!.push(token)
  }
  return parts
}

/** The fields from the entity's row to a value; undefined when it starts elsewhere. */
function pathOf(node: TypedNode): readonly string[] | undefined {
  if (node.kind !== 'field') return undefined
  if (node.object.kind === 'row') return node.object.root === 'entity' ? [node.field] : undefined
  const path = pathOf(node.object)
  return path && [...path, node.field]
}

function limitOf({ keyword, tokens }: Clause, report: Report): { readonly limit: number } | undefined {
  const [token, more] = tokens
  const limit = /^[1-9]\d{0,8}$/.test(token?.image ?? '') ? Number(token?.image) : undefined
  if (limit !== undefined && !more) return { limit }
  return void report(say.queryLimit(), tokens.length > 0 ? inside({ keyword, tokens }) : keyword)
}
