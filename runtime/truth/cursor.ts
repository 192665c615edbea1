// Where in the literal of an app a cursor stands: inside a text, where a key must come, where a value must come.
// For the editor; works on half-typed files.

import ts from 'typescript'
import { offsetInString } from './literal.ts'
import type { Node, Path, StringNode } from './node.ts'

export type ObjectNode = Node & { readonly kind: 'object' }

/** `start`…`end` is what a completion replaces: the word being typed, which may be empty, or all between the quotes. */
export type LiteralCursor = { readonly path: Path; readonly start: number; readonly end: number } & (
  | { readonly at: 'text'; readonly node: StringNode; readonly offset: number; readonly cursor: number }
  | { readonly at: 'key'; readonly object: ObjectNode; readonly followed: boolean; readonly quoted: boolean }
  | { readonly at: 'value' }
)

type Found = { readonly node: Node; readonly path: Path }

const holds = ({ place }: Node, file: string, offset: number): boolean =>
  place.file === file && place.start <= offset && offset <= place.end

const childrenOf = ({ node, path }: Found): Found[] => {
  if (node.kind === 'object')
    return [...node.entries].map(([key, { value }]) => ({ node: value, path: [...path, key] }))
  return node.kind === 'list' ? node.items.map((item, index) => ({ node: item, path: [...path, index] })) : []
}

/** The innermost node around an offset, looking only into nodes that hold it; what is computed is part of what holds it. */
function within(found: Found, file: string, offset: number): Found {
  const child = childrenOf(found).find(({ node }) => node.kind !== 'computed' && holds(node, file, offset))
  return child ? within(child, file, offset) : found
}

/** The innermost node around an offset, wherever in the app it is used: constants and parts lie outside of their users. */
export function innermost(root: Node, file: string, offset: number): Found | undefined {
  if (holds(root, file, offset)) return within({ node: root, path: [] }, file, offset)
  const open: Found[] = [{ node: root, path: [] }]
  for (let found = open.pop(); found; found = open.pop()) {
    if (found.node.kind !== 'computed' && holds(found.node, file, offset)) {
      return within(found, file, offset)
    }
    open.push(...childrenOf(found).reverse())
  }
  return undefined
}

type Token = { readonly kind: ts.SyntaxKind; readonly start: number; readonly end: number; readonly text: string }

/** The tokens from an opening bracket up to an offset, and the one that the offset is in or at the end of. */
function tokensUpTo(text: string, start: number, offset: number): { tokens: Token[]; inComment: boolean } {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text, undefined, start)
  const tokens: Token[] = []
  for (;;) {
    const kind = scanner.scan()
    const [from, to] = [scanner.getTokenStart(), scanner.getTokenEnd()]
    if (kind === ts.SyntaxKind.EndOfFileToken || from >= offset) return { tokens, inComment: false }
    const isComment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia
    if (isComment && offset <= to && !(kind === ts.SyntaxKind.MultiLineCommentTrivia && offset === to)) {
      return { tokens, inComment: true }
    }
    if (isComment || kind === ts.SyntaxKind.WhitespaceTrivia || kind === ts.SyntaxKind.NewLineTrivia) continue
    tokens.push({ kind, start: from, end: to, text: scanner.getTokenText() })
  }
}

const isWord = ({ kind }: Token): boolean => kind === ts.SyntaxKind.Identifier || kind > ts.SyntaxKind.LastPunctuation
const isText = ({ kind }: Token): boolean =>
  kind === ts.SyntaxKind.StringLiteral || kind === ts.SyntaxKind.NoSubstitutionTemplateLiteral

export function literalCursor(root: Node, file: string, text: string, offset: number): LiteralCursor | undefined {
  const found = innermost(root, file, offset)
  if (!found) return undefined
  const { node, path } = found
  if (node.kind === 'string') {
    const at = offsetInString(node, file, offset)
    const piece = node.pieces.find(({ place }) => place.file === file && place.start <= offset && offset <= place.end)
    return at === undefined || !piece
      ? undefined
      : { at: 'text', node, offset: at, cursor: offset, path, start: piece.place.start, end: piece.place.end }
  }
  if ((node.kind !== 'object' && node.kind !== 'list') || offset <= node.place.start) return undefined
  const { tokens, inComment } = tokensUpTo(text, node.place.start, offset)
  if (inComment) return undefined
  const last = tokens.at(-1)
  const typing = last && last.end >= offset && (isWord(last) || isText(last)) ? last : undefined
  if (typing && isText(typing) && typing.end === offset && closes(typing)) return undefined
  const before = typing ? tokens.at(-2) : last
  const rest = /^[\w$]*/.exec(text.slice(offset, offset + 200))?.[0] ?? ''
  const quoted = typing !== undefined && isText(typing)
  const start = typing ? typing.start + (quoted ? 1 : 0) : offset
  const end = quoted ? Math.max(offset, typing.end - (closes(typing) ? 1 : 0)) : offset + rest.length
  const place = { path, start, end }
  if (!before || before.kind === ts.SyntaxKind.OpenBraceToken || before.kind === ts.SyntaxKind.CommaToken) {
    if (node.kind === 'list') return { at: 'value', ...place, path: [...path, indexAt(node, offset)] }
    const followed = /^['"]?\s*:/.test(text.slice(end, end + 100))
    return { at: 'key', object: node, followed, quoted, ...place }
  }
  if (before.kind === ts.SyntaxKind.OpenBracketToken && node.kind === 'list')
    return { at: 'value', ...place, path: [...path, 0] }
  if (before.kind !== ts.SyntaxKind.ColonToken || node.kind !== 'object') return undefined
  const key = tokens.at(typing ? -3 : -2)
  if (!key) return undefined
  const name = isText(key) ? key.text.slice(1, -1) : key.text
  return { at: 'value', ...place, path: [...path, name] }
}

const closes = ({ text }: Token): boolean => text.length > 1 && text.at(-1) === text[0]

const indexAt = (list: Node & { kind: 'list' }, offset: number): number =>
  list.items.filter(({ place }) => place.end < offset).length
