// The actions of workflows: kinds that there are, entities and fields that exist, values that fit.

import { closest } from '../../../expr/index.ts'
import type { App, Entity } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { insideQuotes } from '../literal.ts'
import { entriesAt, textAt } from '../model/take.ts'
import { childOf, type Node, type Path } from '../node.ts'
import { actionKeys } from '../shape/app.ts'
import { checkKeys } from '../structure.ts'
import { formatRules } from '../text-rules.ts'
import { keyPlace, quoted, unknownName, valuePlace } from './rule.ts'
import { checkSet, isPathText } from './values.ts'

type Report = (fault: Fault) => void

const kinds = Object.keys(actionKeys)

/** A kind that is not in the table may come from an extension, unless it is all but one that is. */
function checkKind(action: Node, path: Path, root: Node, report: Report): void {
  const type = childOf(action, 'type')
  if (action.kind === 'object' && !type) {
    const message = `An action needs a \`type\`, such as ${kinds.join(', ')}.`
    return report({ code: codes.missingKey, message, at: valuePlace(root, path), path })
  }
  if (type?.kind === 'string') {
    const near = closest(type.value, kinds)
    const at = insideQuotes(type)
    const message = `Nothing does \`${type.value}\`: the actions are ${quoted(kinds)}.`
    const severity = near ? 'error' : 'warning'
    const fault = unknownName(codes.notAnOption, message, type.value, kinds, at, [...path, 'type'])
    return report({ ...fault, severity })
  }
  if (type?.kind === 'computed' || type?.kind === 'foreign') return
  if (type) report({ code: codes.wrongValue, message: 'The `type` of an action is a text.', at: type.place, path })
}

export function checkAction(app: App, action: Node, path: Path, root: Node, report: Report): void {
  const type = textAt(action, 'type')
  const keys = type !== undefined && Object.hasOwn(actionKeys, type) ? actionKeys[type] : undefined
  if (!keys) return checkKind(action, path, root, report)
  checkKeys(action, { ...keys, type: { shape: { is: 'text' }, doc: 'The kind of action.' } }, path, report)
  checkTexts(type ?? '', action, path, report)
  const name = Object.hasOwn(keys, 'entity') ? textAt(action, 'entity') : undefined
  if (name === undefined) return
  const entity = app.entities.get(name)
  if (!entity && app.schema.open) return
  if (entity) return checkValues(app, entity, action, path, root, report)
  const at = valuePlace(root, [...path, 'entity'])
  const message = `Unknown entity \`${name}\`.`
  report(unknownName(codes.unknownEntity, message, name, app.entities.keys(), at, [...path, 'entity']))
}

function checkValues(app: App, entity: Entity, action: Node, path: Path, root: Node, report: Report): void {
  for (const [name, { value }] of entriesAt(action, 'set'))
    checkSet(name, value, [...path, 'set', name], root, { app, entity, templates: true }).forEach(report)
  const set = childOf(action, 'set')
  if (textAt(action, 'type') !== 'create' || (set && set.kind !== 'object')) return
  const missing = [...entity.fields.values()].filter(
    (field) =>
      field.required && !field.system && !field.default && !field.relation?.inverse && !childOf(set, field.name),
  )
  if (missing.length === 0) return
  const message = `No ${entity.name} can be made without ${quoted(missing.map(({ name }) => name))}: set ${missing.length === 1 ? 'it' : 'them'} in \`set\`.`
  const at = set ? keyPlace(root, [...path, 'set']) : valuePlace(root, [...path, 'entity'])
  report({ code: codes.missingKey, message, at, path: [...path, 'set'] })
}

type TextRule = { readonly key: string; readonly wrong: (text: string) => string | undefined }

/** Up to the first expression: what is behind it is not known before the action is done. */
const start = (text: string): string => text.split('${', 1)[0] ?? ''
const isWhole = (text: string): boolean => !text.includes('${')
/** At commas, but those in quotes: `"Doe, Jane" <jane@example.org>`. */
const addressesIn = (text: string): readonly string[] => text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
const addressIn = (text: string): string => /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim()

const ofText: { readonly [type: string]: TextRule } = {
  webhook: {
    key: 'url',
    wrong: (text) =>
      isWhole(text)
        ? formatRules.url?.right(text)
          ? undefined
          : 'is no http or https address'
        : start(text) === '' || /^https?:\/\//i.test(start(text))
          ? undefined
          : 'does not begin with `https://` or `http://`',
  },
  email: {
    key: 'to',
    wrong: (text) =>
      !isWhole(text) || addressesIn(text).every((one) => formatRules.email?.right(addressIn(one)))
        ? undefined
        : 'is no e-mail address',
  },
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Addresses and ids that are no such thing. What is empty comes from a variable that is not set here. */
function checkTexts(type: string, action: Node, path: Path, report: Report): void {
  for (const key of ['id', 'to', 'url']) {
    const node = childOf(action, key)
    if (node?.kind !== 'string' || node.value === '') continue
    const at = insideQuotes(node)
    const rule = ofText[type]?.key === key ? ofText[type] : undefined
    const text = `\${${node.value}}`
    if (isPathText(node.value)) {
      const message = `This is the text \`${node.value}\`, as it stands. A value that is worked out is written \`${text}\`.`
      const fixes = [{ message: `Change to \`${text}\``, at, text }]
      report({ code: codes.unfitValue, message, at, path: [...path, key], fixes })
      continue
    }
    const wrong = rule?.wrong(node.value)
    if (wrong) report({ code: codes.wrongValue, message: `\`${node.value}\` ${wrong}.`, at, path: [...path, key] })
  }
  for (const [name, { key: at }] of type === 'webhook' ? entriesAt(action, 'headers') : []) {
    if (headerName.test(name)) continue
    const message = `\`${name}\` cannot be the name of a header.`
    report({ code: codes.badName, message, at, path: [...path, 'headers', name] })
  }
}
