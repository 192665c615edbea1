// The one entry: text and scope to an expression that evaluates, writes SQL and says what it reads.

import { checkExpression } from './check/check.ts'
import type { Context } from './closure/context.ts'
import { compileDecision } from './closure/decision.ts'
import { compileResult } from './closure/value.ts'
import type { Problem } from './codes.ts'
import { type NeededChange, neededChanges } from './explain/change.ts'
import { type Explanation, explain } from './explain/explain.ts'
import { tooDeepInSql } from './messages/syntax.ts'
import { isUsable, problemAt, type Report } from './problems.ts'
import { readsOf } from './reads.ts'
import { residualTree } from './residual/residual.ts'
import { compileVerdict } from './residual/verdict.ts'
import type { Scope } from './scope.ts'
import { compileSource, type SourceOptions } from './source/compile.ts'
import { compileSql, type SqlOptions } from './sql/compile.ts'
import { deepestPart, parserDepth, symbolsAtMost } from './sql/depth.ts'
import { renderSql } from './sql/render.ts'
import type { Sql } from './sql/sql.ts'
import type { ContextFor, KnownText } from './static/context.ts'
import { parseExpression } from './syntax/parse.ts'
import type { TypedNode } from './tree.ts'
import type { Type } from './types.ts'

export type { Place, Scope } from './scope.ts'

/** `S` is its text, where that is known to the letter: what it is evaluated in is then no more than the text asks for. */
export type Expression<S extends string = string> = {
  readonly source: string
  readonly type: Type
  readonly tree: TypedNode
  /** The paths it reads, such as `entity.status`, `user.role`, `entity.project.owner`. */
  readonly reads: readonly string[]
  /** The decision: true only on a definite true. */
  evaluate(context: ContextFor<S>): boolean
  /** The value: a boolean, number or text, a date as ISO text, a record as its id; unknown or missing is null. */
  value(context: ContextFor<S>): unknown
  /** The tree with the value of each of its parts. */
  explain(context: Context): Explanation
  /** The fewest of its conditions that would have to come out otherwise for it to be true; undefined when nothing would do. */
  neededChanges(context: Context): readonly NeededChange[] | undefined
  /** As far as the user decides it: granted for every row, for none, or (undefined) depending on the row. */
  verdict(context: Pick<Context, 'user' | 'now'>): boolean | undefined
  /** What is left once the user and the time are known: a boolean, or an expression over the row with the same decision. */
  residual(context: Pick<Context, 'user' | 'now'>): boolean | Expression
  /** The same as SQL, by default as a condition. */
  toSql(options?: SqlOptions): Sql
  /** The same as the text of a JavaScript function `(context) => …`, which calls helpers by the name `truth`. */
  toSource(options?: SourceOptions): string
}

export type Compiled<S extends string = string> =
  | { readonly ok: true; readonly expression: Expression<S>; readonly diagnostics: readonly Problem[] }
  /** Without an error among the problems, it is about something that cannot be told. */
  | { readonly ok: false; readonly diagnostics: readonly Problem[] }

/** Parses and checks an expression; never throws. What it compiles to is compiled when it is first wanted. */
export function compileExpression<const S extends string>(source: S, scope: Scope): Compiled<KnownText<S>>
export function compileExpression(source: string, scope: Scope): Compiled {
  const { tree, problems } = parseExpression(source)
  if (!tree) return { ok: false, diagnostics: problems }
  const diagnostics: Problem[] = [...problems]
  // What a chain of comparisons compares is not what was meant, so nothing is said about its types.
  const chained = problems.some(({ code }) => code === 'T4006')
  const report: Report = (fault, at, ...fixes) => {
    if (!chained || !fault.code.startsWith('T42')) diagnostics.push(problemAt(fault, at, fixes))
  }
  const typed = checkExpression(tree, source, scope, report)
  const told = typed.type.kind !== 'unknown'
  if (told && isUsable(diagnostics) && isTooDeepInSql(typed, scope))
    diagnostics.push(problemAt(tooDeepInSql(), { start: 0, end: source.length }, []))
  diagnostics.sort((a, b) => a.start - b.start)
  // INVARIANT: no compiler ever sees a part of unknown type.
  if (!told || !isUsable(diagnostics)) return { ok: false, diagnostics }
  return { ok: true, expression: expressionOf(source, typed, scope), diagnostics }
}

/** Whether the database could not read what this becomes; workflows are never asked of the database. */
function isTooDeepInSql(tree: TypedNode, scope: Scope): boolean {
  if (scope.place === 'workflow') return false
  if (symbolsAtMost(tree) <= deepestPart) return false
  const mode = scope.expects === undefined || scope.expects === 'boolean' ? 'decision' : 'value'
  return parserDepth(renderSql(compileSql(tree, scope, { mode })).text) > deepestPart
}

function expressionOf(source: string, tree: TypedNode, scope: Scope): Expression {
  let reads: readonly string[] | undefined
  let decision: ((context: Context) => boolean) | undefined
  let result: ((context: Context) => unknown) | undefined
  let verdict: ((context: Context) => boolean | undefined) | undefined
  return {
    source,
    type: tree.type,
    tree,
    get reads() {
      reads ??= readsOf(tree)
      return reads
    },
    evaluate(context) {
      decision ??= compileDecision(tree)
      return decision(context)
    },
    value(context) {
      result ??= compileResult(tree)
      return result(context)
    },
    explain(context) {
      return explain(tree, source, context)
    },
    neededChanges(context) {
      return neededChanges(tree, source, context)
    },
    verdict(context) {
      verdict ??= compileVerdict(tree)
      return verdict(context)
    },
    residual(context) {
      const left = residualTree(tree, context)
      return typeof left === 'boolean' ? left : expressionOf(source, left, scope)
    },
    toSql(options) {
      return compileSql(tree, scope, options)
    },
    toSource(options) {
      return compileSource(tree, options)
    },
  }
}
