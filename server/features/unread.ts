// What of an app cannot be read without running it, and so may name things that nobody sees.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import { lineStarts, positionAt } from '../../runtime/truth/diagnostic.ts'
import type { Node, Path, Place } from '../../runtime/truth/node.ts'
import { readModule } from '../../runtime/truth/read/module.ts'
import { shapesAt } from '../shapes.ts'
import { slotOfValue } from '../slots.ts'

/** The first place of an app that may name something and is only known by running it, in words; undefined without one. */
export function unreadPart({ root, draft: app, computed, files }: Analysis): string | undefined {
  if (!root || !app || !computed) return undefined
  for (const [file, text] of files)
    if (readModule(file, text).runs) return `${file} does more than to define what is read`
  const found = computedIn(root, []).find(({ path }) => mayName(app, root, path))
  return found && `${where(found.place, files)} is only known by running it`
}

function where({ file, start }: Place, files: ReadonlyMap<string, string>): string {
  const { line } = positionAt(lineStarts(files.get(file) ?? ''), start)
  return `line ${line + 1} of ${file}`
}

function computedIn(node: Node, path: Path): readonly { readonly path: Path; readonly place: Place }[] {
  if (node.kind === 'computed') return node.missing ? [] : [{ path, place: node.place }]
  if (node.kind === 'list') return node.items.flatMap((item, index) => computedIn(item, [...path, index]))
  if (node.kind !== 'object') return []
  return [...node.entries].flatMap(([name, { value }]) => computedIn(value, [...path, name]))
}

/** Texts that name nothing, numbers and flags are safe, whatever their value is. In workflows every text is a template. */
function mayName(app: App, root: Node, path: Path): boolean {
  const shapes = shapesAt(root, path)
  const plain = shapes.every(({ is }) => is === 'text' || is === 'flag' || is === 'number')
  const isText = path[0] === 'workflows' || (path[0] === 'views' && (path[2] === 'data' || path[2] === 'template'))
  return shapes.length === 0 || !plain || isText || slotOfValue(app, root, path) !== undefined
}
