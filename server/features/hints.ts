// Inlay hints: the type that a field becomes, and what an expression reads.

import { compileExpression } from '../../expr/index.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { entriesAt } from '../../runtime/truth/model/take.ts'
import type { StringNode } from '../../runtime/truth/node.ts'
import { fieldTypeText } from './preview-types.ts'

export type Hint = {
  readonly offset: number
  readonly label: string
  readonly kind: 'type' | 'parameter'
  readonly tip: string
}

export type HintSettings = { readonly fieldTypes: boolean; readonly parameters: boolean }

export function hintsIn(
  analysis: Analysis,
  file: string,
  from: number,
  to: number,
  settings: HintSettings,
): readonly Hint[] {
  const within = (offset: number): boolean => offset >= from && offset <= to
  const types = settings.fieldTypes ? fieldHints(analysis, file) : []
  const reads = settings.parameters ? readHints(analysis, file, within) : []
  return [...types, ...reads].filter(({ offset }) => within(offset)).sort((a, b) => a.offset - b.offset)
}

/** `→ "todo" | "done" | null`, behind the declaration of a field. */
function fieldHints({ root, draft: app }: Analysis, file: string): Hint[] {
  const seen = new Set<number>()
  return entriesAt(root, 'entities').flatMap(([name, { value }]) =>
    entriesAt(value, 'fields').flatMap(([field, { value }]): Hint[] => {
      const known = app?.entities.get(name)?.fields.get(field)
      if (!known || known.system || value.place.file !== file || seen.has(value.place.end)) return []
      seen.add(value.place.end)
      const missing = known.required || (known.many && known.relation) ? '' : ' | null'
      const label = `→ ${fieldTypeText(known)}${missing}`
      return [{ offset: value.place.end, label, kind: 'type', tip: `The type of \`${field}\` in a row of ${name}.` }]
    }),
  )
}

/** `(user, entity) =>` before the text of a rule: what it needs to know. */
function readHints({ sites }: Analysis, file: string, within: (offset: number) => boolean): Hint[] {
  const seen = new Set<StringNode>()
  return sites.flatMap((site): Hint[] => {
    const { node } = site
    if (site.kind !== 'expression' || node.place.file !== file || seen.has(node) || !within(node.place.start)) return []
    seen.add(node)
    const roots = rootsOf(site)
    if (roots.length === 0) return []
    return [
      {
        offset: node.place.start,
        label: `(${roots.join(', ')}) =>`,
        kind: 'parameter',
        tip: 'What the expression reads.',
      },
    ]
  })
}

function rootsOf({ node, scope }: Site): string[] {
  const compiled = compileExpression(node.value, scope)
  if (!compiled.ok) return []
  const roots = new Set(compiled.expression.reads.map((path) => path.split('.')[0] ?? ''))
  return ['user', 'entity', 'next', 'previous', 'input', 'event'].filter((root) => roots.has(root))
}
