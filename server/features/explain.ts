// `truth/explain`: a rule in words, as SQL, and what it comes to for a sample.

import type { Row } from '../../expr/index.ts'
import { compileExpression, explanationText } from '../../expr/index.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { ruleText } from './rule-text.ts'

export type Sample = {
  readonly user?: Row | null
  readonly entity?: Row
  readonly next?: Row
  readonly input?: Row
  /** An ISO instant; by default the present. */
  readonly now?: string
}

export type Explanation = {
  readonly expression: string
  readonly reading?: string
  readonly sql?: string
  readonly reads: readonly string[]
  readonly problems: readonly string[]
  readonly grants?: string
  readonly refuses?: string
  /** With a sample: whether it is granted, and how each part came out. */
  readonly granted?: boolean
  readonly steps?: string
}

export function explainRule(site: Site, sample: Sample | undefined): Explanation {
  const compiled = compileExpression(site.node.value, site.scope)
  const problems = compiled.diagnostics.map(({ message }) => message)
  if (!compiled.ok) return { expression: site.node.value, reads: [], problems }
  const { expression } = compiled
  const context = sample && {
    user: sample.user ?? null,
    entity: sample.entity ?? {},
    ...(sample.next && { next: sample.next }),
    ...(sample.input && { input: sample.input }),
    now: new Date(sample.now ?? Date.now()).toISOString(),
  }
  return {
    expression: expression.source,
    ...ruleText(site),
    reads: expression.reads,
    problems,
    ...(context && { granted: expression.evaluate(context), steps: explanationText(expression.explain(context)) }),
  }
}
