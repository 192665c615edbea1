// `truth check --prove`: whether each rule of an app is answered alike in memory and by the database. A rule that is not
// is a fault of ours and no problem of the app's, so it has no code and is told apart from the diagnostics.

import { compileExpression, compileQuery, disagreementText, type Expression, type Scope } from '../../expr/index.ts'
import { openProver, type Prover } from '../database/prove.ts'
import type { Loaded } from '../load.ts'
import type { App } from '../truth/app.ts'
import { rangeFinder } from '../truth/diagnostic.ts'
import type { Site } from '../truth/model/rule.ts'

export type Proved = {
  readonly rules: number
  /** Rows times askers, over all rules. */
  readonly questions: number
  /** Rules with too many combinations, of which a sample was tried. */
  readonly samples: number
  /** What is not answered alike, with its place. */
  readonly faults: readonly string[]
}

/**
 * Proves permissions, field rules, guards, computed values and the conditions of workflows and views. Those of workflows
 * are asked of SQL as well, although only the process decides them. Templates are no rules, and never reach SQL.
 */
export function proveRules({ sites, files }: Loaded, { schema }: App): Proved {
  const rangeOf = rangeFinder((file) => files.get(file) ?? '')
  const prover = openProver(schema)
  const faults: string[] = []
  let rules = 0
  let questions = 0
  let samples = 0
  try {
    for (const site of sites) {
      const rule = ruleOf(site)
      if (!rule) continue
      rules += 1
      const found = asked(prover, rule)
      questions += found.questions
      if (!found.isWhole) samples += 1
      if (found.fault === undefined) continue
      const { place } = site.node
      const { start } = rangeOf(place)
      faults.push(
        `${place.file}:${start.line + 1}:${start.character + 1} \`${rule.expression.source}\` is not answered alike in memory and by the database: ${found.fault}. This is a fault of Truth, not of the app; please report it.`,
      )
    }
  } finally {
    prover.close()
  }
  return { rules, questions, samples, faults }
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

type Found = { readonly questions: number; readonly isWhole: boolean; readonly fault?: string }

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
export function provedText({ rules, questions, samples }: Proved): string {
  const count = (number: number, noun: string): string =>
    `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
  const whole = `Proved: memory and database answer alike, ${count(rules, 'rule')}, ${count(questions, 'question')}.`
  return samples === 0 ? whole : `${whole} Of ${count(samples, 'rule')} a sample was tried.`
}
