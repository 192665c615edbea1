// The last step of `truth check`: whether each rule of an app is answered alike in memory and by the database. A rule
// that is not is a fault of ours and no problem of the app's, so it has no code and is told apart from the diagnostics.

import { compileExpression, compileQuery, disagreementText, type Expression, type Scope } from '../../expr/index.ts'
import type { Prover } from '../database/prove.ts'
import type { Loaded } from '../load.ts'
import type { App } from '../truth/app.ts'
import { rangeFinder } from '../truth/diagnostic.ts'
import type { Site } from '../truth/model/rule.ts'
import { keyOf, type Proof, type Proofs } from './known-proofs.ts'

export type Proved = {
  /** What agrees, by rule. Rules that are alike, in one place of one entity, count once. */
  readonly proofs: Proofs
  /** What is not answered alike, with its place. */
  readonly faults: readonly string[]
}

/**
 * Proves permissions, field rules, guards, computed values and the conditions of workflows and views, but for those that
 * are known. Those of workflows are asked of SQL as well, although only the process decides them. Templates are no rules,
 * and never reach SQL.
 */
export async function proveRules(
  { sites, files }: Loaded,
  { schema }: App,
  known: Proofs = new Map(),
): Promise<Proved> {
  const rangeOf = rangeFinder((file) => files.get(file) ?? '')
  const proofs = new Map<string, Proof>()
  const faults: string[] = []
  let prover: Prover | undefined
  try {
    for (const site of sites) {
      const key = keyOf(site)
      const before = known.get(key) ?? proofs.get(key)
      if (before) {
        proofs.set(key, before)
        continue
      }
      const rule = ruleOf(site)
      if (!rule) continue
      // PERF: the database is loaded for what is not known only.
      prover ??= (await import('../database/prove.ts')).openProver(schema)
      const { fault, ...proof } = asked(prover, rule)
      if (fault === undefined) {
        proofs.set(key, proof)
        continue
      }
      const { place } = site.node
      const { start } = rangeOf(place)
      faults.push(
        `${place.file}:${start.line + 1}:${start.character + 1} \`${rule.expression.source}\` is not answered alike in memory and by the database: ${fault}. This is a fault of Truth, not of the app; please report it.`,
      )
    }
  } finally {
    prover?.close()
  }
  return { proofs, faults }
}

type Rule = { readonly expression: Expression; readonly scope: Scope }

function ruleOf({ kind, node, scope }: Site): Rule | undefined {
  if (kind === 'template') return undefined
  if (kind === 'query') {
    const compiled = compileQuery(node.value, scope.schema)
    if (!compiled.ok || !compiled.query.where) return undefined
    return { expression: compiled.query.where, scope: { ...scope, entity: compiled.query.entity } }
  }
  const compiled = compileExpression(node.value, scope)
  return compiled.ok ? { expression: compiled.expression, scope } : undefined
}

type Found = Proof & { readonly fault?: string }

/** SQL that the database refuses is a fault as well, and must not hide those of the other rules. */
function asked(prover: Prover, { expression, scope }: Rule): Found {
  try {
    const { disagreement, ...rest } = prover.prove(expression, scope)
    return disagreement ? { ...rest, fault: disagreementText(disagreement) } : rest
  } catch (error) {
    return { questions: 0, isWhole: true, fault: String(error) }
  }
}

/** What was proved, in a sentence or two. */
export function provedText(proofs: Proofs): string {
  const count = (number: number, noun: string): string =>
    `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
  const all = [...proofs.values()]
  const questions = all.reduce((sum, proof) => sum + proof.questions, 0)
  const samples = all.filter(({ isWhole }) => !isWhole).length
  const whole = `Proved: memory and database answer alike, ${count(all.length, 'rule')}, ${count(questions, 'question')}.`
  return samples === 0 ? whole : `${whole} Of ${count(samples, 'rule')} a sample was tried.`
}
