// A case in words: "nobody is signed in, `status` is 'done', `assignee` is missing".

import { formatInstant } from '../dates.ts'
import { isInstant } from '../types.ts'
import type { Case, Variable } from './domain.ts'
import type { Model } from './solve.ts'

const nameOf = (key: string): string => {
  if (key === 'entity.id') return 'the row'
  return `\`${key.replace(/^entity\./, '')}\``
}

function valueText({ type }: Variable, value: string | number | boolean): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'number' && isInstant(type))
    return formatInstant(value)?.replace('T00:00:00.000Z', '') ?? String(value)
  return String(value)
}

function caseText(variable: Variable, one: Case): string | undefined {
  const name = nameOf(variable.key)
  switch (one.is) {
    case 'value':
      return `${name} is ${valueText(variable, one.value)}`
    case 'missing':
      return `${name} is missing`
    case 'between': {
      const low = one.low === undefined ? undefined : `above ${valueText(variable, one.low)}`
      const high = one.high === undefined ? undefined : `below ${valueText(variable, one.high)}`
      const bounds = [low, high].filter((bound) => bound !== undefined)
      return bounds.length > 0 ? `${name} is ${bounds.join(' and ')}` : undefined
    }
    case 'other': {
      const named = variable.cases.some((other) => other.is === 'value')
      return named ? `${name} is something else` : undefined
    }
    case 'unknown':
      return undefined
  }
}

/** The solution, with the first case that is left to each variable. */
export function inWords({ cases, equal }: Model): string {
  const user = cases.get('user.id')
  const missing = user?.variable.cases.findIndex(({ is }) => is === 'missing') ?? -1
  const nobody = user?.allowed.every((allowed, index) => allowed === (index === missing))
  const sentences = nobody ? ['nobody is signed in'] : user ? ['somebody is signed in'] : []
  for (const [left, right] of equal)
    sentences.push(`${nameOf(left)} is ${right === 'user.id' ? 'the user' : nameOf(right)}`)
  for (const { variable, allowed } of cases.values()) {
    if (variable.key === 'user.id' || (nobody && variable.key.startsWith('user.'))) continue
    if (allowed.every(Boolean)) continue
    const one = variable.cases.find((_, index) => allowed[index])
    const sentence = one && caseText(variable, one)
    if (sentence) sentences.push(sentence)
  }
  return sentences.length > 0 ? sentences.join(', ') : 'always'
}
