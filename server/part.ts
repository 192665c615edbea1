// A part that no app uses, seen as the app that it could belong to: each of its exports by what it looks like.

import { kinds } from '../runtime/truth/kinds.ts'
import { childOf, type Node } from '../runtime/truth/node.ts'
import { readModule } from '../runtime/truth/read/module.ts'
import { readApp, type SourceOf } from '../runtime/truth/read/read.ts'
import { nameOf } from './path.ts'

/** The file of the app that is made up around a part; no file of the user's can be called so. */
export const partEntry = '(part)'

type Room = 'entities' | 'views' | 'workflows'

const isField = (node: Node): boolean => {
  const type = node.kind === 'object' ? childOf(node, 'type') : node
  return type?.kind === 'string' && Object.hasOwn(kinds, type.value)
}

/** Where an export would stand, and what is written around it; undefined for constants that could be anything. */
function roomOf(node: Node): { readonly room: Room; readonly around: (value: string) => string } | undefined {
  if (node.kind !== 'object' || node.entries.has('entities')) return undefined
  const as = (room: Room, around = (value: string): string => value) => ({ room, around })
  if (childOf(node, 'fields')?.kind === 'object') return as('entities')
  if (node.entries.has('trigger')) return as('workflows')
  if (node.entries.has('route')) return as('views')
  const values = [...node.entries.values()].map(({ value }) => value)
  const isOne = values.length === 1 && node.entries.has('type')
  if (values.length > 0 && !isOne && values.every(isField)) return as('entities', (value) => `{ fields: ${value} }`)
  return undefined
}

/** The text of an app around a part; undefined where nothing of it is known, or it is an app itself. */
export function appAround(file: string, sourceOf: SourceOf): string | undefined {
  const text = sourceOf(file)
  if (text === undefined) return undefined
  const { exports, defaultExport } = readModule(file, text)
  const from = JSON.stringify(`./${file}`)
  const head = `import ${defaultExport ? 'main, ' : ''}* as part from ${from}\n`
  const asked = `${head}export default { ${defaultExport ? 'main, ' : ''}part }`
  const { root } = readApp(partEntry, (name) => (name === partEntry ? asked : sourceOf(name)))
  if (!root || childOf(childOf(root, 'main'), 'entities')) return undefined
  const rooms = new Map<Room, string[]>()
  const seen = new Set<string>()
  const add = (name: string, value: string, node: Node | undefined): void => {
    const found = node && roomOf(node)
    const key = `${node?.place.file} ${node?.place.start}`
    if (!found || seen.has(key)) return
    seen.add(key)
    rooms.set(found.room, [...(rooms.get(found.room) ?? []), `${name}: ${found.around(value)}`])
  }
  for (const name of exports.keys()) {
    if (/^[A-Za-z]\w*$/.test(name) && name !== 'default')
      add(name, `part.${name}`, childOf(childOf(root, 'part'), name))
  }
  add(nameIn(file), 'main', childOf(root, 'main'))
  if (rooms.size === 0) return undefined
  const written = [...rooms].map(([room, entries]) => `${room}: { ${entries.join(', ')} }`)
  const entities = rooms.has('entities') ? '' : 'entities: {}, '
  return `${head}export default { name: 'Part', ${entities}${written.join(', ')} }\n`
}

/** `parts/sales-order.truth.ts` is about `SalesOrder`. */
function nameIn(file: string): string {
  const words = nameOf(file)
    .replace(/\.truth\.ts$/, '')
    .split(/[^A-Za-z0-9]+/)
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(name) ? name : 'Part'
}
