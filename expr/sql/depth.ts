// How deep a statement of ours goes on the stack of SQLite's parser, which bears a hundred symbols and then refuses the
// whole statement. Counted on the text, as the parser would shift it; for the SQL that this room writes, not for any.

import type { TypedNode } from '../tree.ts'
import { childrenOf } from '../walk.ts'

const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\?\d+|[A-Za-z_@]\w*|\d+(?:\.\d+)?|\|\||->>?|<>|<=|>=|!=|==|[-+*/%<>=(),.]/g

/** How strongly operators bind; a weaker one waits on the stack for those that come after it. */
const binding: Readonly<Record<string, number>> = {
  OR: 1,
  AND: 2,
  NOT: 3,
  IS: 4,
  IN: 4,
  LIKE: 4,
  GLOB: 4,
  BETWEEN: 4,
  '=': 4,
  '==': 4,
  '<>': 4,
  '!=': 4,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '||': 8,
  '->': 8,
  '->>': 8,
}

/** Symbols that a SELECT keeps while its parts are read. */
const selectParts: Readonly<Record<string, number>> = {
  FROM: 6,
  ON: 9,
  WHERE: 5,
  GROUP: 8,
  ORDER: 9,
  LIMIT: 9,
  OFFSET: 10,
}

/** Symbols that a CASE keeps while its parts are read; those of the first WHEN are no more than those of the others. */
const caseParts: Readonly<Record<string, number>> = { WHEN: 4, THEN: 6, ELSE: 4 }

/** Symbols that a parenthesis keeps by the word before it; a function's name, DISTINCT and arguments make it 5. */
const openings: Readonly<Record<string, number>> = {
  EXISTS: 2,
  CAST: 2,
  ...Object.fromEntries(
    ['SELECT', 'FROM', 'JOIN', 'ON', 'WHERE', 'BY', 'WHEN', 'THEN', 'ELSE', 'CASE'].map((word) => [word, 1]),
  ),
}

/** Symbols of the statement itself. */
const statement = 5

type Frame = {
  readonly is: 'paren' | 'select' | 'case'
  /** Symbols of its own. */
  own: number
  /** The operators that wait for their right side, the weakest first. */
  readonly waiting: number[]
}

const frame = (is: Frame['is'], own: number): Frame => ({ is, own, waiting: [] })

/** Symbols of one level at most, where they are not fifteen. */
const levels: { readonly [kind in TypedNode['kind']]?: number } = { logic: 3, not: 3, in: 30 }

/** At least as many symbols as the SQL of a tree needs, told without writing it. */
export function symbolsAtMost(node: TypedNode): number {
  let below = 0
  for (const child of childrenOf(node)) below = Math.max(below, symbolsAtMost(child))
  return below + (levels[node.kind] ?? 15)
}

/** Symbols that a part of a statement may take; the others of the hundred are for the statement around it. */
export const deepestPart = 80

/** Symbols on the stack at the deepest place, a little over rather than under. */
export function parserDepth(text: string): number {
  const frames: Frame[] = [frame('paren', statement)]
  let below = statement
  let deepest = 0
  let before = ''
  const top = (): Frame => frames.at(-1) as Frame
  const heightOf = ({ own, waiting }: Frame): number => own + 2 * waiting.length
  const push = (next: Frame): void => {
    frames.push(next)
    below += heightOf(next)
  }
  const pop = (): void => {
    const gone = frames.pop()
    if (gone) below -= heightOf(gone)
  }
  const change = (act: (at: Frame) => void): void => {
    const at = top()
    below -= heightOf(at)
    act(at)
    below += heightOf(at)
  }
  const restart = (own: number): void =>
    change((at) => {
      at.own = own
      at.waiting.length = 0
    })
  for (const [found] of text.matchAll(token)) {
    const word = found.toUpperCase()
    if (found === '(') {
      push(frame('paren', openings[before] ?? (/^\w+$/.test(before) && !Object.hasOwn(binding, before) ? 5 : 1)))
    } else if (found === ')') {
      while (frames.length > 1 && top().is !== 'paren') pop()
      if (frames.length > 1) pop()
    } else if (word === 'SELECT') push(frame('select', 3))
    else if (word === 'CASE') push(frame('case', 2))
    else if (word === 'END' && top().is === 'case') pop()
    else if (top().is === 'case' && Object.hasOwn(caseParts, word)) restart(caseParts[word] ?? 0)
    else if (top().is === 'select' && Object.hasOwn(selectParts, word)) restart(selectParts[word] ?? 0)
    else if (found === ',') restart(top().own)
    else if (Object.hasOwn(binding, word)) {
      const strength = binding[word] ?? 0
      change(({ waiting }) => {
        while ((waiting.at(-1) ?? 0) >= strength) waiting.pop()
        waiting.push(strength)
        // `BETWEEN a AND b` and `NOT IN` hold one symbol more each.
        if (word === 'BETWEEN') waiting.push(strength)
      })
    }
    before = word
    deepest = Math.max(deepest, below + 1)
  }
  return deepest
}
