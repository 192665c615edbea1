// Names that the runtime makes from the user's names: labels and URL segments.

import pluralize from 'pluralize'

const words = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_]+/)
    .filter((word) => word !== '')

/** `dueDate` → `Due date`, `APIKey` → `API key`. */
export function labelOf(name: string): string {
  const parts = words(name).map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
  const text = parts.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const pluralOf = (label: string): string => pluralize.plural(label)

/** `OrderItem` → `order-items`. */
export const pathOf = (name: string): string => pluralize.plural(words(name).join('-').toLowerCase())
