// Colours inside expressions: each word by what it means.

import type { Meaning } from '../../expr/editor/uses.ts'
import { templateParts, usesInQuery } from '../../expr/editor/uses-text.ts'
import * as t from '../../expr/syntax/tokens.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import { placeInString } from '../../runtime/truth/literal.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import type { Place, StringNode } from '../../runtime/truth/node.ts'
import { usesOf } from './locate.ts'

export const tokenTypes = [
  'variable',
  'property',
  'enumMember',
  'parameter',
  'function',
  'method',
  'keyword',
  'operator',
  'number',
  'string',
  'class',
] as const
export const tokenModifiers = ['declaration', 'defaultLibrary', 'readonly'] as const

export type ColourType = (typeof tokenTypes)[number]
export type Colour = {
  readonly place: Place
  readonly type: ColourType
  readonly modifiers: readonly (typeof tokenModifiers)[number][]
}

const plain: ReadonlyMap<unknown, ColourType> = new Map<unknown, ColourType>([
  [t.True, 'keyword'],
  [t.False, 'keyword'],
  [t.Null, 'keyword'],
  [t.In, 'keyword'],
  [t.Numeral, 'number'],
  [t.Text, 'string'],
  [t.Or, 'operator'],
  [t.And, 'operator'],
  [t.Equality, 'operator'],
  [t.Relational, 'operator'],
  [t.Additive, 'operator'],
  [t.Multiplicative, 'operator'],
  [t.Prefix, 'operator'],
  [t.Arrow, 'operator'],
])

function typeOf(meaning: Meaning): { type: ColourType; library: boolean } {
  switch (meaning.is) {
    case 'field':
    case 'slot':
      return { type: 'property', library: false }
    case 'option':
      return { type: 'enumMember', library: false }
    case 'parameter':
      return { type: 'parameter', library: false }
    case 'function':
      return { type: meaning.method ? 'method' : 'function', library: true }
    default:
      return { type: 'variable', library: true }
  }
}

/** The colours of one file, in the order of the text. */
export function coloursIn(
  { sites }: Analysis,
  file: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): readonly Colour[] {
  const colours: Colour[] = []
  const done = new Set<StringNode>()
  const starts = new Set<number>()
  for (const site of sites) {
    const { node } = site
    if (
      done.has(node) ||
      !node.pieces.some(({ place }) => place.file === file && place.end >= from && place.start <= to)
    )
      continue
    done.add(node)
    for (const colour of coloursOf(site)) {
      const { start, end } = colour.place
      if (colour.place.file !== file || end <= start || starts.has(start)) continue
      starts.add(start)
      colours.push(colour)
    }
  }
  return colours.sort((a, b) => a.place.start - b.place.start)
}

const queryWords = /^(?:where|order|by|asc|desc|limit)$/

function coloursOf(site: Site): Colour[] {
  const { kind, node, scope } = site
  const source = node.value
  const colours = new Map<number, Colour>()
  const add = (start: number, end: number, type: ColourType, modifiers: Colour['modifiers'] = []): void => {
    if (!source.slice(start, end).includes('\n'))
      colours.set(start, { place: placeInString(node, start, end), type, modifiers })
  }
  const parts = kind === 'template' ? templateParts(source) : [{ start: 0, end: source.length }]
  for (const part of parts) {
    for (const token of t.tokenize(source.slice(part.start, part.end))) {
      const type = plain.get(token.tokenType)
      const start = part.start + token.startOffset
      if (type) add(start, start + token.image.length, type)
      else if (kind === 'query' && queryWords.test(token.image)) add(start, start + token.image.length, 'keyword')
    }
  }
  const entity = kind === 'query' ? usesInQuery(source, scope.schema).entity : undefined
  if (entity) add(entity.start, entity.end, 'class')
  for (const { meaning, start, end } of usesOf(site)) {
    const { type, library } = typeOf(meaning)
    const declared = meaning.is === 'parameter' && meaning.declared.start === start
    // An option takes the place of the text it stands in, quotes and all.
    if (meaning.is === 'option') colours.delete(start - 1)
    add(start, end, type, [
      ...(library ? (['defaultLibrary'] as const) : []),
      ...(declared ? (['declaration'] as const) : []),
    ])
  }
  return [...colours.values()]
}
