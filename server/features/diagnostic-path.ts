// From the path of a diagnostic, which is a text, to the parts of the tree.

import { childOf, type Node, type Path } from '../../runtime/truth/node.ts'

/** The parts of `entities.Task.indexes[0][1]`, as far as the tree has them; the last one may be missing in it. */
export function pathIn(root: Node, text: string): Path {
  const parts: (string | number)[] = []
  let node: Node | undefined = root
  for (let rest = text; rest !== ''; ) {
    const index = /^\[(\d+)\]\.?/.exec(rest)
    const name: string = index ? '' : nameIn(node, rest)
    const part: string | number = index ? Number(index[1]) : name
    parts.push(part)
    rest = index ? rest.slice(index[0].length) : rest.slice(name.length).replace(/^\./, '')
    node = childOf(node, part)
  }
  return parts
}

function nameIn(node: Node | undefined, rest: string): string {
  const plain = /^[^.[]+/.exec(rest)?.[0] ?? rest
  const entries = node?.kind === 'object' ? node.entries : new Map<string, unknown>()
  if (entries.has(plain)) return plain
  // A name may hold dots and brackets itself, where it is faulty.
  const fits = [...entries.keys()].filter(
    (name) => name !== '' && rest.startsWith(name) && /^(?:$|[.[])/.test(rest.slice(name.length)),
  )
  return fits.sort((a, b) => b.length - a.length)[0] ?? plain
}
