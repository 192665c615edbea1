// Completion of keys: those valid here and not used yet, and the app's own names where an object is keyed by them.

import type { App } from '../../runtime/truth/app.ts'
import type { LiteralCursor } from '../../runtime/truth/cursor.ts'
import { childOf, type Node, type Path } from '../../runtime/truth/node.ts'
import { expression, inWords, type Key, type Keys, key, type Shape } from '../../runtime/truth/shape/shape.ts'
import { namesFor, permissionNames } from '../names.ts'
import { keysAt, shapesAt } from '../shapes.ts'
import { slotOfKey } from '../slots.ts'
import type { Proposal } from './proposal.ts'
import { templatesAt } from './templates.ts'

type KeyCursor = LiteralCursor & { readonly at: 'key' }

export function keyProposals(app: App, root: Node, cursor: KeyCursor, text: string): readonly Proposal[] {
  const { object, path, start, end, followed, quoted } = cursor
  const used = new Set(
    [...object.entries].filter(([, { key }]) => key.end < start || key.start > end).map(([name]) => name),
  )
  const place = { start, end }
  const named = namesIn(app, root, path).filter(({ name }) => !used.has(name))
  const own = named.map(({ name, detail, doc }): Proposal => {
    const shape = shapesAt(root, [...path, name])[0]
    const rest = followed || quoted ? '' : `: ${blankFor(shape)}${comma(text, end)}`
    return { label: name, kind: 'field', detail, ...(doc && { doc }), insert: `${name}${rest}`, ...place, rank: 0 }
  })
  const keys = Object.entries(workedOut(path) ?? keysAt(root, path) ?? {}).filter(
    ([name, key]) => !used.has(name) && isNew(key, object),
  )
  const proposals = keys.map(([name, key]): Proposal => {
    const rest = followed || quoted ? '' : `: ${blankFor(key.shape)}${comma(text, end)}`
    const rank = key.required ? 0 : key.sameAs ? 3 : 1
    return {
      label: name,
      kind: 'key',
      detail: inWords(key.shape),
      doc: key.doc,
      insert: `${name}${rest}`,
      ...place,
      rank,
    }
  })
  const templates =
    followed || quoted
      ? []
      : templatesAt(app, path).map(
          (one): Proposal => ({ ...one, insert: `${one.insert}${comma(text, end)}`, ...place }),
        )
  return [...own, ...proposals, ...templates]
}

const workedOutKeys: Keys = { expr: key(expression, 'The value, worked out when it is set.') }

/** What a behavior sets a field to may be worked out: `{ expr: '…' }`. */
function workedOut(path: Path): Keys | undefined {
  const [room, , part, , set] = path
  const isSet = room === 'entities' && part === 'behaviors' && /^(?:set|fields|modifies)$/.test(String(set))
  return isSet && path.length === 6 ? workedOutKeys : undefined
}

/** Another spelling of a key that is there already is no new key. */
const isNew = (key: Key, object: Node): boolean => key.sameAs === undefined || childOf(object, key.sameAs) === undefined

function namesIn(app: App, root: Node, path: Path): readonly { name: string; detail: string; doc?: string }[] {
  if (path.length === 3 && path[0] === 'entities' && path[2] === 'permissions')
    return permissionNames(app, String(path[1]))
  const slot = slotOfKey(app, root, [...path, ''])
  return slot && !slot.declares ? namesFor(slot, app, [...path, '']) : []
}

/** What is written behind a new key, with the cursor in the right place. */
function blankFor(shape: Shape | undefined): string {
  switch (shape?.is) {
    case 'text':
    case 'expression':
      return "'$0'"
    case 'list':
      return shape.of.is === 'text' ? "['$0']" : '[$0]'
    case 'object':
    case 'named':
      return '{ $0 }'
    case 'flag':
      return 'true$0'
    case 'either':
      return blankFor(shape.of.find((one) => one.is !== 'object') ?? shape.of[0])
    default:
      return '$0'
  }
}

/** A comma, where something follows in the object and none is there. */
const comma = (text: string, end: number): string => (/^\s*(?:[,}]|$)/.test(text.slice(end, end + 200)) ? '' : ',')
