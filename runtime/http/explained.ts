// Which rule refused a request, and how it came out: in the log, and in development beside the answer.

import type { Explanation } from '../../expr/index.ts'
import type { Because } from './refusal.ts'

/** Characters. Longer headers are refused by some that pass them on. */
const longest = 4_000

type Told = { readonly text: string; readonly value: unknown; readonly parts?: readonly Told[] }

const told = ({ text, value, children }: Explanation): Told => ({
  text,
  value,
  ...(children.length > 0 && { parts: children.map(told) }),
})

/** As JSON of ASCII alone, which any header may hold. */
const ascii = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `X-Truth-Explain`: the rule, and its tree with the value of each part, as far as it is short enough. */
export function explainHeader({ rule, source, explain }: Because): string {
  const named = { rule, source }
  const whole = explain ? ascii({ ...named, tree: told(explain()) }) : ascii(named)
  if (whole.length <= longest) return whole
  const short = ascii(named)
  return short.length <= longest ? short : ascii({ rule })
}
