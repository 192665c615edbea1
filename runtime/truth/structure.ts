// Checks a value against the tables of shapes: unknown, missing and misspelt keys, wrong kinds of value, bad names.

import { closest } from '../../expr/index.ts'
import { codes, type Fault } from './codes.ts'
import { insideQuotes } from './literal.ts'
import { always, type Once } from './memory.ts'
import { type Node, type Path, pathText } from './node.ts'
import { appKeys } from './shape/app.ts'
import { inWords, type Key, type Keys, type Shape } from './shape/shape.ts'

type Report = (fault: Fault) => void

/** What a value is, in words: `the text 'yes'`, `a list`. */
export function describe(node: Node): string {
  switch (node.kind) {
    case 'string':
      return node.value.length > 40 ? 'a text' : `the text '${node.value}'`
    case 'number':
    case 'boolean':
      return String(node.value)
    case 'null':
      return 'null'
    case 'list':
      return 'a list'
    case 'object':
      return 'an object'
    case 'foreign':
      return node.what
    case 'computed':
      return 'a computed value'
  }
}

const fits = (node: Node, shape: Shape): boolean => {
  switch (shape.is) {
    case 'text':
      return node.kind === 'string'
    case 'flag':
      return node.kind === 'boolean'
    case 'number':
      return node.kind === 'number'
    case 'expression':
      return node.kind === 'string' || node.kind === 'boolean'
    case 'list':
      return node.kind === 'list'
    case 'named':
    case 'object':
      return node.kind === 'object'
    case 'either':
      return shape.of.some((one) => fits(node, one))
    case 'anything':
      return true
  }
}

const goodName = /^[A-Za-z][A-Za-z0-9_]{0,59}$/

function checkNode(node: Node, shape: Shape, path: Path, report: Report, once: Once = always): void {
  if (node.kind === 'computed') {
    if (!node.missing) {
      const message = `\`${pathText(path)}\` is computed: it is only known when the app is loaded.`
      report({ code: codes.computed, message, at: node.place, path })
    }
    return
  }
  if (node.kind === 'foreign') {
    const message = `\`${pathText(path)}\` is ${node.what}; a truth file holds plain data.`
    return report({ code: codes.notData, message, at: node.place, path })
  }
  if (!fits(node, shape)) {
    const message = `\`${pathText(path) || 'The app'}\` must be ${inWords(shape)}, but is ${describe(node)}.`
    return report({ code: codes.wrongValue, message, at: node.place, path })
  }
  switch (shape.is) {
    case 'text':
      return checkChoice(node, shape.choices, path, report)
    case 'number':
      return checkNumber(node, shape, path, report)
    case 'list':
      if (node.kind === 'list') node.items.forEach((item, index) => checkNode(item, shape.of, [...path, index], report))
      return
    case 'named':
      return checkNamed(node, shape, path, report, once)
    case 'object':
      return checkKeys(node, shape.keys, path, report, once)
    case 'either': {
      const one = shape.of.find((one) => fits(node, one))
      return one && checkNode(node, one, path, report)
    }
    default:
      return
  }
}

function checkChoice(node: Node, choices: readonly string[] | undefined, path: Path, report: Report): void {
  if (!choices || node.kind !== 'string' || choices.includes(node.value)) return
  const near = closest(node.value, choices)
  const hint = near ? ` Did you mean \`${near}\`?` : ''
  const at = insideQuotes(node)
  report({
    code: codes.notAnOption,
    message: `\`${node.value}\` is not one of ${choices.map((choice) => `\`${choice}\``).join(', ')}.${hint}`,
    at,
    path,
    ...(near && { fixes: [{ message: `Change to \`${near}\``, at, text: near }] }),
  })
}

function checkNumber(node: Node, shape: Shape & { is: 'number' }, path: Path, report: Report): void {
  if (node.kind !== 'number') return
  const wrong = !Number.isFinite(node.value) || (shape.integer && !Number.isSafeInteger(node.value))
  const least = shape.least
  if (!wrong && (least === undefined || node.value >= least)) return
  const bound = least === undefined ? '' : ` of at least ${least}`
  const message = `\`${pathText(path)}\` must be ${inWords(shape)}${bound}, but is ${node.value}.`
  report({ code: codes.wrongValue, message, at: node.place, path })
}

function checkNamed(node: Node, shape: Shape & { is: 'named' }, path: Path, report: Report, once: Once): void {
  if (node.kind !== 'object') return
  for (const [name, entry] of node.entries) {
    if (!shape.free && !goodName.test(name)) {
      const message = `\`${name}\` cannot be the name of ${article(shape.noun)}: a letter first, then letters, digits or \`_\`, at most 60.`
      report({ code: codes.badName, message, at: entry.key, path: [...path, name] })
    }
    const at = [...path, name]
    once('structure', entry.value, pathText(at), entry.key, report, (own) => checkNode(entry.value, shape.of, at, own))
  }
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

const required = new WeakMap<Keys, readonly (readonly [name: string, Key])[]>()

/** PERF: most keys are optional, and every field of an app asks. */
function requiredOf(keys: Keys): readonly (readonly [name: string, Key])[] {
  const known = required.get(keys)
  if (known) return known
  const found = Object.entries(keys).filter(([, key]) => key.required)
  required.set(keys, found)
  return found
}

export function checkKeys(node: Node, keys: Keys, path: Path, report: Report, once: Once = always): void {
  if (node.kind !== 'object') return
  for (const [name, entry] of node.entries) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (key) {
      checkNode(entry.value, key.shape, [...path, name], report, once)
      continue
    }
    const near = closest(
      name,
      Object.keys(keys).filter((known) => !node.entries.has(known)),
    )
    const hint = near ? ` Did you mean \`${near}\`?` : ''
    report({
      code: codes.unknownKey,
      message: `Unknown key \`${name}\`${path.length ? ` in \`${pathText(path)}\`` : ''}.${hint}`,
      at: entry.key,
      path: [...path, name],
      ...(near && { fixes: [{ message: `Change to \`${near}\``, at: entry.key, text: near }] }),
    })
  }
  for (const [name, key] of requiredOf(keys)) {
    if (node.entries.has(name)) continue
    const at = { ...node.place, end: Math.min(node.place.start + 1, node.place.end) }
    const message = `${path.length ? `\`${pathText(path)}\`` : 'The app'} lacks \`${name}\`: ${key.doc}`
    report({ code: codes.missingKey, message, at, path: [...path, name] })
  }
}

/** Checks the whole app's structure; each entity, view and workflow by itself. */
export function checkStructure(root: Node, report: Report, once: Once = always): void {
  checkNode(root, { is: 'object', keys: appKeys }, [], report, once)
}
