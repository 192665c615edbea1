// Settings that say two things at once, or what nothing heeds.

import { codes } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import type { Report } from '../model/rule.ts'
import { entriesAt, numberAt } from '../model/take.ts'
import { childOf, type Node, nodeAt, type Path } from '../node.ts'
import { type Rule, valuePlace } from './rule.ts'

/** An origin as browsers send it. */
const origin = /^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^/\s?#@]+)$/i
const apiPath = ['settings', 'api']

function checkOrigin(node: Node, path: Path, report: Report): void {
  // What is empty comes from a variable that is not set here.
  if (node.kind !== 'string' || node.value === '' || origin.test(node.value)) return
  const at = insideQuotes(node)
  const text = node.value.replace(/\/+$/, '')
  const fixes = origin.test(text) ? [{ message: `Change to \`${text}\``, at, text }] : []
  const message = `\`${node.value}\` is no origin, so no browser is let in by it: write it as in \`https://example.org\`.`
  report({ code: codes.wrongValue, message, at, path, fixes })
}

/** Pages that are longer by default than they may be. */
function checkPageSizes(most: number, root: Node, report: Report): void {
  const check = (size: number | undefined, path: Path): void => {
    if (size === undefined || size <= most) return
    const message = `\`pageSize\` (${size}) is greater than \`maxPageSize\` of the API (${most}).`
    report({ code: codes.emptyRange, message, at: valuePlace(root, path), path })
  }
  check(numberAt(nodeAt(root, apiPath), 'pageSize'), [...apiPath, 'pageSize'])
  for (const [name, { value }] of entriesAt(root, 'entities'))
    check(numberAt(nodeAt(value, ['ui', 'list']), 'pageSize'), ['entities', name, 'ui', 'list', 'pageSize'])
}

export const settingsRule: Rule = (app, root, report) => {
  const cors = nodeAt(root, [...apiPath, 'cors'])
  if (cors?.kind === 'list') cors.items.forEach((item, index) => checkOrigin(item, [...apiPath, 'cors', index], report))
  else if (cors) checkOrigin(cors, [...apiPath, 'cors'], report)
  checkPageSizes(app.settings.api.maxPageSize, root, report)
  const accent = childOf(nodeAt(root, ['settings', 'ui']), 'accent')
  if (accent?.kind !== 'string' || accent.value === '' || /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(accent.value)) return
  const message = `\`${accent.value}\` is not heeded: write the accent in hexadecimal, as in \`#3355cc\`.`
  const path = ['settings', 'ui', 'accent']
  report({ code: codes.wrongValue, severity: 'warning', message, at: insideQuotes(accent), path })
}
