// Pages as answers, and refusals as pages.

import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { Message } from '../../ui/layout.tsx'
import type { Faults, Frame } from '../../ui/model.ts'
import type { Answer } from '../call.ts'
import { problemOf, type Refusal } from '../refusal.ts'

export const page = (content: VNode, status = 200): Answer => ({
  status,
  body: `<!doctype html>${renderToString(content)}`,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
})

export const messagePage = (frame: Frame, heading: string, text: string, status = 200): Answer =>
  page(<Message frame={frame} heading={heading} text={text} />, status)

/** What is wrong with a form: each fault at its field; what belongs to none of those shown stands on top. */
export function faultsOf(refused: Refusal, shown: Iterable<string>): Faults {
  const names = new Set(shown)
  const faults = new Map<string, string>()
  const above: string[] = []
  for (const { path, message } of refused.errors ?? []) {
    const text = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
    if (names.has(path)) faults.set(path, faults.has(path) ? `${faults.get(path)} ${text}` : text)
    else above.push(`${path} ${message}.`)
  }
  if (!refused.errors) above.push(refused.detail)
  if (above.length > 0) faults.set('', above.join(' '))
  return faults
}

export function refusalPage(frame: Frame, refused: Refusal): Answer {
  const { title } = problemOf(refused, '', '')
  const answer = messagePage({ ...frame, title }, title, refused.detail, refused.status)
  return { ...answer, headers: { ...answer.headers, ...refused.headers } }
}
