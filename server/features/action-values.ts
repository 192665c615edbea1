// Fixes that put another value in the place of one that does not fit, or take out what does not belong.

import { closest } from '../../expr/closest.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import { codes } from '../../runtime/truth/codes.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import { insideQuotes } from '../../runtime/truth/literal.ts'
import { type Node, nodeAt, type Path, type StringNode } from '../../runtime/truth/node.ts'
import { shapesAt } from '../shapes.ts'
import { slotOfValue } from '../slots.ts'
import type { Action } from './action.ts'
import { pathIn } from './diagnostic-path.ts'
import { type Edit, keyRemoval } from './edits.ts'
import { escapeFor } from './proposal.ts'

export function valueFixes(analysis: Analysis, diagnostic: Diagnostic): readonly Action[] {
  const { root, draft: app } = analysis
  if (!root || !app) return []
  const path = pathIn(root, diagnostic.path)
  const action = (title: string, edit: Edit | undefined): Action[] =>
    edit ? [{ title, kind: 'quickfix', diagnostic, edits: [edit] }] : []
  switch (diagnostic.code) {
    case codes.badDefault.id:
    case codes.unfitValue.id:
      return optionsFor(app, root, path).map((edit) => ({
        title: `Change to '${edit.option}'`,
        kind: 'quickfix',
        diagnostic,
        edits: [edit],
      }))
    case codes.wrongValue.id: {
      const text = plainly(root, path)
      const place = nodeAt(root, path)?.place
      return action(`Change to \`${text}\``, text !== undefined && place ? { place, text } : undefined)
    }
    case codes.misplacedKey.id:
    case codes.systemField.id:
      return action(`Take \`${String(path.at(-1))}\` out`, removal(analysis, root, path))
    case codes.routeTaken.id: {
      const node = nodeAt(root, path)
      if (node?.kind !== 'string' || node.value.startsWith('/') || node.value === '') return []
      const taken = [...app.views.values()].some(({ route }) => route.replace(/\/+$/, '') === `/${node.value}`)
      return action(`Change to \`/${node.value}\``, taken ? undefined : replaced(node, `/${node.value}`))
    }
    default:
      return []
  }
}

/** The text between the quotes of a literal of its own. */
function replaced(node: StringNode, text: string): Edit | undefined {
  const [piece] = node.pieces
  if (!piece || node.pieces.length > 1) return undefined
  return { place: insideQuotes(node), text: escapeFor(piece.quote, text) }
}

const mostOptions = 5

/** The option that was meant; where none is near, each of a few. */
function optionsFor(app: App, root: Node, path: Path): readonly (Edit & { readonly option: string })[] {
  const given = nodeAt(root, path)
  const items = given?.kind === 'list' ? given.items.map((item, index) => [item, [...path, index]] as const) : []
  const texts = [...(given ? [[given, path] as const] : []), ...items]
  for (const [node, at] of texts) {
    const slot = node.kind === 'string' ? slotOfValue(app, root, at) : undefined
    if (node.kind !== 'string' || slot?.is !== 'option') continue
    const options = app.entities.get(slot.entity)?.fields.get(slot.field)?.options ?? []
    if (options.includes(node.value)) continue
    const near = closest(node.value, options)
    const meant = near !== undefined ? [near] : options.length <= mostOptions ? options : []
    return meant.flatMap((option) => {
      const edit = replaced(node, option)
      return edit ? [{ ...edit, option }] : []
    })
  }
  return []
}

/** A flag or a number that is written as a text. */
function plainly(root: Node, path: Path): string | undefined {
  const node = nodeAt(root, path)
  if (node?.kind !== 'string' || node.pieces.length !== 1) return undefined
  const shapes = shapesAt(root, path)
  const word = node.value.trim().toLowerCase()
  if (shapes.some(({ is }) => is === 'flag')) {
    if (/^(?:true|yes|on|1)$/.test(word)) return 'true'
    return /^(?:false|no|off|0)$/.test(word) ? 'false' : undefined
  }
  const number = shapes.find((shape) => shape.is === 'number')
  if (number?.is !== 'number' || !/^-?\d{1,15}(?:\.\d+)?$/.test(word)) return undefined
  const fits = (!number.integer || !word.includes('.')) && (number.least === undefined || Number(word) >= number.least)
  return fits ? String(Number(word)) : undefined
}

function removal({ files }: Analysis, root: Node, path: Path): Edit | undefined {
  const holder = nodeAt(root, path.slice(0, -1))
  return holder?.kind === 'object' ? keyRemoval(holder, files, String(path.at(-1))) : undefined
}
