// Formatting of the expressions of a file.

import { formatExpression } from '../../expr/editor/format.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { StringNode } from '../../runtime/truth/node.ts'
import type { Edit } from './edits.ts'

/** The edits that bring the expressions of a file into their usual form. Literals with escapes are left alone. */
export function formatEdits({ sites }: Analysis, file: string): readonly Edit[] {
  const done = new Set<StringNode>()
  return sites.flatMap(({ kind, node }): Edit[] => {
    const [piece] = node.pieces
    if (kind !== 'expression' || !piece || node.pieces.length > 1 || piece.place.file !== file || done.has(node))
      return []
    done.add(node)
    if (piece.raw !== node.value) return []
    const text = formatExpression(node.value)
    return text === node.value ? [] : [{ place: piece.place, text }]
  })
}
