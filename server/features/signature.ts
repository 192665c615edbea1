// Which function or method the cursor is in the arguments of, and at which argument.

import { templatePartAt } from '../../expr/editor/complete-text.ts'
import * as t from '../../expr/syntax/tokens.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import { type FunctionDoc, functionDocs } from './function-docs.ts'
import { siteAt } from './locate.ts'

export type Signature = { readonly docs: FunctionDoc; readonly parameter: number }

export function signatureAt(analysis: Analysis, file: string, offset: number): Signature | undefined {
  const found = siteAt(analysis, file, offset)
  if (!found) return undefined
  const { kind, node } = found.site
  const from = kind === 'template' ? templatePartAt(node.value, found.at)?.start : 0
  return from === undefined ? undefined : signatureIn(node.value.slice(from), found.at - from)
}

/** The innermost call that is open before an offset. */
export function signatureIn(source: string, offset: number): Signature | undefined {
  const tokens = t.tokenize(source.slice(0, offset))
  const open: { docs: FunctionDoc | undefined; parameter: number }[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType === t.LeftParen || token.tokenType === t.LeftBracket) {
      const name = tokens[index - 1]
      const called = token.tokenType === t.LeftParen && name?.tokenType === t.Name
      const method = tokens[index - 2]?.tokenType === t.Dot
      open.push({ docs: called ? functionDocs(name.image, method) : undefined, parameter: 0 })
    } else if (token.tokenType === t.RightParen || token.tokenType === t.RightBracket) open.pop()
    else if (token.tokenType === t.Comma) {
      const last = open.at(-1)
      if (last) last.parameter += 1
    }
  }
  const call = open.findLast(({ docs }) => docs !== undefined)
  return call?.docs && { docs: call.docs, parameter: call.parameter }
}
