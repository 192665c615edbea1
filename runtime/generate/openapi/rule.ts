// What is known of a permission before anybody asks: in words, whether anybody at all may, whether strangers may.

import { readingOf } from '../../../expr/editor/reading.ts'
import { implies, isAlways, isNever } from '../../../expr/index.ts'
import type { App, Behavior, Entity, Rule } from '../../truth/app.ts'

/** A condition as the end of a sentence, with its text beside it. */
export function ruleText({ source, expression }: Rule): string {
  const reading = readingOf(expression.tree)
  return reading === source ? reading : `${reading} (\`${source}\`)`
}

/** Whether anybody can sign in. */
export const hasAccounts = ({ settings, entities }: App): boolean =>
  settings.auth.enabled && entities.has(settings.auth.entity ?? '')

/** For rules that do not read the clock, any instant will do. */
const someday = '2000-01-01T00:00:00.000Z'

const readsClock = ({ source }: Rule): boolean => /\b(?:now|today)\s*\(/.test(source)

/** What a rule grants to somebody who is not signed in. */
export function strangersMay(rule: Rule): 'always' | 'never' | 'perhaps' {
  if (readsClock(rule)) return 'perhaps'
  const verdict = rule.expression.verdict({ user: null, now: someday })
  return verdict === undefined ? 'perhaps' : verdict ? 'always' : 'never'
}

/** Whether a rule can be refused to a stranger without a look at any row. */
export const refusesStrangers = (rule: Rule): boolean => readsClock(rule) || strangersMay(rule) === 'never'

/** Whether there is anybody whom a rule grants anything. Without a rule, nobody. */
export const isGranted = (app: App, rule: Rule | undefined): rule is Rule =>
  rule !== undefined &&
  isNever(rule.expression, app.schema) !== 'yes' &&
  (hasAccounts(app) || strangersMay(rule) !== 'never')

export const isReadable = (app: App, entity: Entity): boolean => isGranted(app, entity.permissions.get('read'))

/** Whether anybody may change rows by this action: only rows that they may read. */
export const isChangeable = (app: App, entity: Entity, action: 'update' | 'delete'): boolean =>
  isReadable(app, entity) && isGranted(app, entity.permissions.get(action))

export const isDoable = (app: App, entity: Entity, { guards }: Behavior): boolean =>
  isReadable(app, entity) && guards.length > 0 && guards.every((rule) => isGranted(app, rule))

/**
 * Whether everybody who may write a row by a rule may certainly read it afterwards: only where reading does not depend
 * on what was written.
 */
export function isSeenAfter(app: App, entity: Entity, rule?: Rule): boolean {
  const read = entity.permissions.get('read')
  if (!read || read.readsRow || read.followsRelations) return false
  if (isAlways(read.expression, app.schema) === 'yes' || !rule) return true
  return implies(rule.expression, read.expression, app.schema) === 'yes'
}

/** Who may do something, as sentences. */
export function whoMay(rules: readonly Rule[]): string {
  const open = rules.every(({ source }) => source === 'true')
  return open ? 'Everybody may do this.' : `Allowed where ${rules.map(ruleText).join(', and where ')}.`
}
