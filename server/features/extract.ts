// A rule that is written out in several places, as a constant above the first of them.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { StringNode } from '../../runtime/truth/node.ts'
import { readModule } from '../../runtime/truth/read/module.ts'
import type { Action } from './action.ts'
import type { Edit } from './edits.ts'
import { siteAt } from './locate.ts'

export function extraction(analysis: Analysis, file: string, offset: number): Action[] {
  const found = siteAt(analysis, file, offset)
  const text = analysis.files.get(file) ?? ''
  const { node, kind } = found?.site ?? {}
  if (!node || kind !== 'expression' || !/[ .(]/.test(node.value) || !isWhole(node)) return []
  const same = new Set<StringNode>()
  for (const site of analysis.sites) {
    const { node: other } = site
    const equal = site.kind === 'expression' && other.value === node.value && other.place.file === file
    if (equal && isWhole(other) && /:\s*$/.test(text.slice(0, other.place.start))) same.add(other)
  }
  const starts = [...same].map(({ place }) => place.start)
  if (same.size < 2) return []
  const name = freeName(text)
  const literal = text.slice(node.place.start, node.place.end)
  const head = constantBefore(file, text, Math.min(...starts), `const ${name} = ${literal}`)
  if (!head) return []
  const uses = [...same].map(({ place }): Edit => ({ place, text: name }))
  const title = `Extract the condition that stands in ${same.size} places`
  return [{ title, kind: 'refactor.extract', edits: [head, ...uses] }]
}

/** The edit that puts a statement of its own before the one that an offset lies in, behind the one before that. */
function constantBefore(file: string, text: string, offset: number, constant: string): Edit | undefined {
  const { source } = readModule(file, text)
  const at = source.statements.findIndex((statement) => statement.pos <= offset && offset < statement.end)
  const statement = source.statements[at]
  if (!statement) return undefined
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  const start = statement.getStart(source)
  const before = source.statements[at - 1]?.end
  const lineEnd = before === undefined ? undefined : /^[^\r\n]*/.exec(text.slice(before))
  const place = before === undefined || !lineEnd ? start : before + lineEnd[0].length
  const behind = place < start
  const written = behind ? `${newline}${newline}${constant}` : `${constant}${newline}${newline}`
  const here = behind ? place : start
  return { place: { file, start: here, end: here }, text: written }
}

const isWhole = ({ pieces, place }: StringNode): boolean =>
  pieces.length === 1 && pieces[0]?.place.start === place.start + 1 && pieces[0].place.end === place.end - 1

function freeName(text: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'condition' : `condition${number}`
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name
  }
}
