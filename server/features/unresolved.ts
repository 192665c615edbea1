// Words of faulty expressions that are understood as nothing, and so may be anything.

import { templateParts } from '../../expr/editor/uses-text.ts'
import * as t from '../../expr/syntax/tokens.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import { placeInString } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { type Place, pathText } from '../../runtime/truth/node.ts'
import { problemsOf } from './problems.ts'

/** The path of the first faulty expression that holds a name which is not known to mean something. */
export function unresolvedIn(
  { sites }: Analysis,
  name: string,
  isKnown: (place: Place) => boolean,
): string | undefined {
  const found = sites.find((site) => {
    if (!site.node.value.includes(name) || problemsOf(site).length === 0) return false
    return wordsIn(site, name).some(({ start, end }) => !isKnown(placeInString(site.node, start, end)))
  })
  return found && pathText(found.path)
}

/** The path of the first expression of a workflow that compares the event's name with this one, or with one of the entity's. */
export function comparedEvent({ sites }: Analysis, kind: 'event' | 'entity', name: string): string | undefined {
  const found = sites.find(({ kind: text, node, scope }) => {
    if (scope.place !== 'workflow' || !/\bevent\s*\.\s*name\b/.test(node.value)) return false
    const parts = text === 'template' ? templateParts(node.value) : [{ start: 0, end: node.value.length }]
    return parts.some(({ start, end }) =>
      t.tokenize(node.value.slice(start, end)).some(({ tokenType, image }) => {
        const said = tokenType === t.Text ? image.slice(1, -1) : ''
        return kind === 'event' ? said === name : said.startsWith(`${name}.`)
      }),
    )
  })
  return found && pathText(found.path)
}

/** Where the name stands as a word of its own, or as a text. */
function wordsIn({ kind, node }: Site, name: string): { start: number; end: number }[] {
  const parts = kind === 'template' ? templateParts(node.value) : [{ start: 0, end: node.value.length }]
  return parts.flatMap((part) =>
    t.tokenize(node.value.slice(part.start, part.end)).flatMap((token) => {
      const start = part.start + token.startOffset
      if (token.tokenType === t.Name && token.image === name) return [{ start, end: start + name.length }]
      const isText = token.tokenType === t.Text && token.image.slice(1, -1) === name
      return isText ? [{ start: start + 1, end: start + 1 + name.length }] : []
    }),
  )
}
