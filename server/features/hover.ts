// What is under the cursor, in words: a name in an expression, a rule, a key, an entity.

import { mayBeMissing } from '../../expr/editor/missing.ts'
import type { Meaning, Use } from '../../expr/editor/uses.ts'
import { describe } from '../../expr/index.ts'
import type { Analysis } from '../../runtime/truth/analyse.ts'
import type { App } from '../../runtime/truth/app.ts'
import type { Site } from '../../runtime/truth/model/rule.ts'
import { type Node, nodeAt, type Path, type Place } from '../../runtime/truth/node.ts'
import { inWords } from '../../runtime/truth/shape/shape.ts'
import { fieldDetail } from '../names.ts'
import type { Named } from '../occurrences.ts'
import { keyAt } from '../shapes.ts'
import { functionDocs } from './function-docs.ts'
import { occurrencesAt, siteAt, useAt } from './locate.ts'
import { entityType } from './preview-types.ts'
import { ruleText } from './rule-text.ts'

export type Hover = { readonly markdown: string; readonly place: Place }

export function hoverAt(analysis: Analysis, file: string, offset: number): Hover | undefined {
  const { draft: app, root } = analysis
  if (!app || !root) return undefined
  const found = siteAt(analysis, file, offset)
  // The entity of a query is a name by itself, and no part of an expression.
  const inQuery = found?.site.kind === 'query' && useAt(found.site, found.at) === undefined
  if (found && !inQuery) return inExpression(app, found.site, found.at, file, offset)
  const [named] = occurrencesAt(analysis, file, offset)
  if (named) {
    const text = [symbolText(app, named.symbol), keyText(app, analysis, root, file, offset)]
      .filter(Boolean)
      .join('\n\n')
    return text === '' ? undefined : { markdown: text, place: named.place }
  }
  const key = keyPathAt(root, file, offset)
  const text = key && keyText(app, analysis, root, file, offset)
  return key && text ? { markdown: text, place: key.place } : undefined
}

const code = (text: string, language = 'ts'): string => `\`\`\`${language}\n${text}\n\`\`\``

function inExpression(app: App, site: Site, at: number, file: string, offset: number): Hover | undefined {
  const use = useAt(site, at)
  const rule = ruleSections(site)
  if (!use) {
    const shift = offset - at
    const place = { file, start: shift, end: shift + site.node.value.length }
    return rule === '' ? undefined : { markdown: rule, place }
  }
  const place = { file, start: offset - (at - use.start), end: offset + (use.end - at) }
  const docs = meaningDocs(app, use.meaning)
  const missing = use.meaning.is === 'function' || use.meaning.is === 'source' ? '' : missingText(use, site)
  return {
    markdown: [code(headline(use)), docs, missing, rule && `---\n\n${rule}`].filter(Boolean).join('\n\n'),
    place,
  }
}

function headline({ meaning, typed }: Use): string {
  const type = describe(typed.type)
  switch (meaning.is) {
    case 'field':
      return `(field) ${meaning.entity}.${meaning.field}: ${type}`
    case 'owner':
      return `owner: ${type}, the field \`${meaning.field}\` of ${meaning.entity}`
    case 'row':
      return `${meaning.name}: ${type}`
    case 'slot':
      return `(${meaning.source}) ${meaning.field}: ${type}`
    case 'option':
      return `(option) '${meaning.option}' of ${meaning.of.is === 'field' ? `${meaning.of.entity}.${meaning.of.field}` : `${meaning.of.source}.${meaning.of.field}`}`
    case 'parameter':
      return `(parameter) ${meaning.name}: a ${meaning.entity}`
    case 'function':
      return functionDocs(meaning.name, meaning.method)?.signature ?? `${meaning.name}: ${type}`
    case 'source':
      return meaning.name === 'input' ? 'input: what the caller hands in' : 'event: what happened'
    case 'builtin':
      return `${meaning.name}: ${type}`
  }
}

function meaningDocs(app: App, meaning: Meaning): string {
  if (meaning.is === 'function') return functionDocs(meaning.name, meaning.method)?.doc ?? ''
  if (meaning.is === 'field') return app.entities.get(meaning.entity)?.fields.get(meaning.field)?.description ?? ''
  if (meaning.is === 'row' && meaning.name === 'user') return 'Who is signed in; missing when nobody is.'
  if (meaning.is === 'row' && meaning.name === 'next') return 'The row as it would be after the change.'
  return meaning.is === 'builtin' && meaning.name === 'authenticated' ? 'Whether somebody is signed in.' : ''
}

function missingText({ typed, meaning }: Use, site: Site): string {
  if (meaning.is === 'option' || typed.type.kind === 'collection') return ''
  return mayBeMissing(typed, site.scope)
    ? 'May be missing: a comparison with it is then unknown, and unknown never grants.'
    : 'Always there.'
}

function ruleSections(site: Site): string {
  const rule = ruleText(site)
  if (!rule) return ''
  const last = site.path.at(-1)
  const what = site.path.includes('permissions') ? `Granted to \`${String(last)}\` when: ` : 'Holds when: '
  const cases = [rule.grants && `- gets in: ${rule.grants}`, rule.refuses && `- does not: ${rule.refuses}`]
  const parts = [
    `${what}${lowerFirst(rule.reading)}`,
    cases.filter(Boolean).join('\n'),
    rule.sql && code(rule.sql, 'sql'),
  ]
  return parts.filter(Boolean).join('\n\n')
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function symbolText(app: App, { kind, path, name }: Named): string {
  const [entityName = '', member = ''] = path
  const entity = app.entities.get(entityName)
  switch (kind) {
    case 'entity':
      return entity ? [code(entityType(app, entity)), entity.description].filter(Boolean).join('\n\n') : ''
    case 'field': {
      const field = entity?.fields.get(member)
      if (field)
        return [code(`(field) ${entityName}.${member}: ${fieldDetail(field)}`), field.description]
          .filter(Boolean)
          .join('\n\n')
      return code(`(computed) ${entityName}.${member}`)
    }
    case 'option':
      return code(`(option) '${name}' of ${entityName}.${member}`)
    case 'behavior': {
      const behavior = entity?.behaviors.get(member)
      const emits = behavior?.emits.length
        ? `\n\nEmits ${behavior.emits.map((event) => `\`${event}\``).join(', ')}.`
        : ''
      return `${code(`(behavior) ${entityName}.${member}`)}${emits}`
    }
    case 'input':
      return code(`(input) ${path.join('.')}`)
    case 'event':
      return [code(`(event) ${name}`), eventText(app, name)].filter(Boolean).join('\n\n')
    case 'view': {
      const view = app.views.get(name)
      return code(view ? `(view) ${name}: a ${view.type} at ${view.route}` : `(view) ${name}`)
    }
    case 'workflow': {
      const trigger = app.workflows.get(name)?.trigger
      return [code(`(workflow) ${name}`), trigger && `Started by \`${trigger}\`.`].filter(Boolean).join('\n\n')
    }
    default:
      return code(`(${kind}) ${name}`)
  }
}

/** Who emits an event, and what it starts. */
function eventText(app: App, event: string): string {
  const sources = [...app.entities.values()].flatMap((entity) =>
    [...entity.behaviors.values()].flatMap(({ name, emits }) =>
      emits.includes(event) ? [`${entity.name}.${name}`] : [],
    ),
  )
  const started = [...app.workflows.values()].filter(({ trigger }) => trigger === event).map(({ name }) => name)
  const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
  const parts = [
    sources.length > 0 && `Emitted by ${listed(sources)}.`,
    started.length > 0 && `Starts ${listed(started)}.`,
  ]
  return parts.filter(Boolean).join(' ')
}

/** The key of the literal at an offset, with its path. */
function keyPathAt(root: Node, file: string, offset: number): { path: Path; place: Place } | undefined {
  const open: { node: Node; path: Path }[] = [{ node: root, path: [] }]
  for (let found = open.pop(); found; found = open.pop()) {
    const { node, path } = found
    if (node.kind === 'list') open.push(...node.items.map((item, index) => ({ node: item, path: [...path, index] })))
    if (node.kind !== 'object') continue
    for (const [name, { key, value }] of node.entries) {
      if (key.file === file && key.start <= offset && offset <= key.end) return { path: [...path, name], place: key }
      open.push({ node: value, path: [...path, name] })
    }
  }
  return undefined
}

/** What the tables say of a key; on the key of a rule, the rule too. */
function keyText(_app: App, analysis: Analysis, root: Node, file: string, offset: number): string {
  const found = keyPathAt(root, file, offset)
  if (!found) return ''
  const key = keyAt(root, found.path)
  const value = nodeAt(root, found.path)
  const site = analysis.sites.find(({ node }) => node === value)
  const rule = site ? ruleSections(site) : ''
  const about = key ? `${code(`${String(found.path.at(-1))}: ${inWords(key.shape)}`)}\n\n${key.doc}` : ''
  return [about, rule].filter(Boolean).join('\n\n')
}
