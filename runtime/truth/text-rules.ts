// What a text field accepts: length in characters, pattern, format.

import * as z from 'zod'
import type { ValueRules } from './value-rules.ts'

type Format = { readonly right: (value: string) => boolean; readonly say: string }

const email = z.email()
// Only addresses that are safe to show as a link: never `javascript:`.
const url = z.url({ protocol: /^https?$/ })

export const formatRules: { readonly [name: string]: Format } = {
  email: { right: (value) => value.length <= 254 && email.safeParse(value).success, say: 'must be an e-mail address' },
  url: { right: (value) => url.safeParse(value).success, say: 'must be an http or https address' },
  slug: {
    right: (value) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value),
    say: 'must be lower-case letters, digits and single hyphens',
  },
  color: {
    right: (value) => /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value),
    say: 'must be a colour, such as #1e90ff',
  },
  phone: { right: (value) => /^\+?[0-9][0-9 ().-]{3,30}$/.test(value), say: 'must be a telephone number' },
}

const patterns = new Map<string, RegExp>()

/** A declared pattern as it is matched: against the whole value. Throws a SyntaxError when it is none. */
export function compilePattern(pattern: string): RegExp {
  const kept = patterns.get(pattern)
  if (kept) return kept
  const compiled = new RegExp(`^(?:${pattern})$`, 'u')
  if (patterns.size > 1_000) patterns.clear()
  patterns.set(pattern, compiled)
  return compiled
}

function countCharacters(value: string): number {
  let count = 0
  for (const _ of value) count++
  return count
}

/** Texts that the database would change: it ends a text at U+0000 and replaces lone surrogates. */
const spoilt = (value: string): boolean => value.includes('\0') || !value.isWellFormed()

export function textFault(value: unknown, rules: ValueRules): string | undefined {
  if (typeof value !== 'string') return 'must be a text'
  if (spoilt(value)) return 'must not contain NUL characters or broken surrogate pairs'
  if (rules.minLength !== undefined && countCharacters(value) < rules.minLength) {
    return `must have at least ${rules.minLength} character${rules.minLength === 1 ? '' : 's'}`
  }
  // PERF: a text has at most as many characters as UTF-16 units, so most need no count.
  if (rules.maxLength !== undefined && value.length > rules.maxLength && countCharacters(value) > rules.maxLength) {
    return `must have at most ${rules.maxLength} character${rules.maxLength === 1 ? '' : 's'}`
  }
  const format = rules.format === undefined ? undefined : formatRules[rules.format]
  if (format && !format.right(value)) return format.say
  if (rules.pattern !== undefined && !compilePattern(rules.pattern).test(value)) return `must match ${rules.pattern}`
  return undefined
}
