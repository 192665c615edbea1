// A value as people read it.

import type { Field } from '../truth/app.ts'
import { labelOf } from '../truth/model/names.ts'
import type { Labels } from './model.ts'

/** `2026-06-15T12:00:00.000Z` → `2026-06-15 12:00 UTC`. */
const instant = (text: string): string => `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`

type Props = {
  readonly field: Field | undefined
  readonly value: unknown
  readonly labels: Labels
  /** Where a row of the related entity is shown; undefined when it cannot be opened. */
  readonly hrefOf: (entity: string, id: string) => string | undefined
}

export function Value({ field, value, labels, hrefOf }: Props) {
  if (value === null || value === undefined || value === '') return <span class="none">—</span>
  if (Array.isArray(value)) {
    if (value.length === 0) return <span class="none">—</span>
    return (
      <ul class="inline">
        {value.map((item) => (
          <li>
            <Value field={field && { ...field, many: false }} value={item} labels={labels} hrefOf={hrefOf} />
          </li>
        ))}
      </ul>
    )
  }
  const text = typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
  switch (field?.type) {
    case 'relation': {
      const label = labels.get(text)
      const href = label === undefined ? undefined : hrefOf(field.relation?.to ?? '', text)
      if (label === undefined) return <span class="none">not visible</span>
      return href ? <a href={href}>{label}</a> : <span>{label}</span>
    }
    case 'enum':
      return <span class={`badge hue-${hue(text)}`}>{labelOf(text)}</span>
    case 'boolean':
      return <span>{value ? 'Yes' : 'No'}</span>
    case 'date':
      return <time dateTime={text}>{text}</time>
    case 'datetime':
      return <time dateTime={text}>{instant(text)}</time>
    case 'json':
      return <pre class="json">{text}</pre>
    case 'string':
      if (field.format === 'url') return <a href={text}>{text}</a>
      if (field.format === 'color') return <Swatch color={text} />
      if (field.format === 'email') return <a href={`mailto:${text}`}>{text}</a>
      return <span>{text}</span>
    case 'text':
      return <div class="prose">{text}</div>
    default:
      return <span>{typeof value === 'boolean' ? (value ? 'Yes' : 'No') : text}</span>
  }
}

/** A colour and its name. The page's own rules forbid styles on elements, but not what a picture is filled with. */
function Swatch({ color }: { readonly color: string }) {
  return (
    <span class="swatch">
      <svg width="14" height="14" aria-hidden="true">
        <rect width="14" height="14" rx="3" fill={color} />
      </svg>
      {color}
    </span>
  )
}

/** The colour of a card: the one that a field holds, or one that stands for its value. */
export function Stripe({ field, value }: Pick<Props, 'field' | 'value'>) {
  if (value === null || value === undefined || value === '' || Array.isArray(value)) return null
  const text = String(value)
  if (field?.format !== 'color') return <span class={`stripe hue-${hue(text)}`} />
  return (
    <svg class="stripe" width="4" height="100%" aria-hidden="true">
      <rect width="4" height="100%" fill={text} />
    </svg>
  )
}

/** One of six hues, always the same for the same option. */
export function hue(text: string): number {
  let sum = 0
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) >>> 0
  return sum % 6
}
