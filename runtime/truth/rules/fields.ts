// Fields by themselves: type, options, bounds, pattern, keys that do not belong.

import { closest, ownerOf } from '../../../expr/index.ts'
import type { App } from '../app.ts'
import { codes, type Fault } from '../codes.ts'
import { compileSchema } from '../json-schema.ts'
import { kinds } from '../kinds.ts'
import { isFieldType, systemFields, typeOfNode } from '../model/fields.ts'
import { entriesAt, flagAt, numberAt, textAt } from '../model/take.ts'
import { isUntoldField } from '../model/untold.ts'
import { childOf, isComputed, type Node, type Path, pathText, plainValue } from '../node.ts'
import { fieldKeys } from '../shape/fields.ts'
import { checkOptions, checkRenamedOptions } from './options.ts'
import { patternFault } from './pattern.ts'
import { type FieldCheck as Check, keyPlace, quoted, type Rule, valuePlace } from './rule.ts'

/** Keys that only some kinds take. */
const special = new Set(Object.values(kinds).flatMap((kind) => kind.keys))

const checkType: Check = (field, path, root, report) => {
  const type = typeOfNode(field)
  if (type === undefined || isFieldType(type)) return
  const near = closest(type, Object.keys(kinds))
  const typePath = field.kind === 'string' ? path : [...path, 'type']
  const at = valuePlace(root, typePath)
  const message = `Unknown field type \`${type}\`.${near ? ` Did you mean \`${near}\`?` : ` Known are ${quoted(Object.keys(kinds))}.`}`
  const fixes = near ? [{ message: `Change to \`${near}\``, at, text: near }] : []
  report({ code: codes.unknownType, message, at, path: typePath, fixes })
}

const checkKeysFit: Check = (field, path, root, report) => {
  const type = typeOfNode(field)
  if (field.kind !== 'object' || type === undefined || !isFieldType(type)) return
  for (const key of field.entries.keys()) {
    if (!special.has(key) || !Object.hasOwn(fieldKeys, key) || kinds[type].keys.includes(key)) continue
    const takers = Object.entries(kinds).flatMap(([name, kind]) => (kind.keys.includes(key) ? [name] : []))
    const message = `\`${key}\` is for fields of type ${quoted(takers)}; this one is \`${type}\`.`
    report({ code: codes.misplacedKey, message, at: keyPlace(root, [...path, key]), path: [...path, key] })
  }
}

/** A relation that leads nowhere is no field at all, so it must not go unsaid. */
const checkTarget: Check = (field, path, root, report) => {
  if (typeOfNode(field) !== 'relation' || childOf(field, 'to')) return
  const message = `\`${pathText(path)}\` lacks \`to\`: ${fieldKeys.to.doc}`
  report({ code: codes.missingKey, message, at: keyPlace(root, path), path: [...path, 'to'] })
}

const checkBounds: Check = (field, path, root, report) => {
  for (const [low, high] of [
    ['min', 'max'],
    ['minLength', 'maxLength'],
  ] as const) {
    const least = numberAt(field, low)
    const most = numberAt(field, high)
    if (least === undefined || most === undefined || least <= most) continue
    const message = `\`${low}\` (${least}) is greater than \`${high}\` (${most}), so no value fits.`
    const related = [{ message: `\`${high}\` is here.`, at: valuePlace(root, [...path, high]) }]
    report({ code: codes.emptyRange, message, at: valuePlace(root, [...path, low]), path: [...path, low], related })
  }
}

const checkPattern: Check = (field, path, root, report) => {
  const pattern = textAt(field, 'pattern')
  const fault = pattern === undefined ? undefined : patternFault(pattern)
  const at = valuePlace(root, [...path, 'pattern'])
  if (fault) report({ code: codes[fault.code], message: fault.message, at, path: [...path, 'pattern'] })
}

const checkSchema: Check = (field, path, root, report) => {
  const schema = childOf(field, 'schema')
  if (typeOfNode(field) !== 'json' || schema?.kind !== 'object') return
  try {
    compileSchema(plainValue(schema) as object)
  } catch (error) {
    const message = `This JSON Schema cannot be used: ${error instanceof Error ? error.message : String(error)}`
    report({ code: codes.wrongValue, message, at: keyPlace(root, [...path, 'schema']), path: [...path, 'schema'] })
  }
}

const checkSettable: Check = (field, path, root, report) => {
  if (!flagAt(field, 'required') || !flagAt(field, 'readonly') || childOf(field, 'default')) return
  const message = 'The field is required and read-only and has no default: no row can ever be created.'
  report({ code: codes.neverSet, message, at: keyPlace(root, path), path })
}

const checkEmptied: Check = (field, path, root, report) => {
  if (!flagAt(field, 'required') || flagAt(field, 'many') || textAt(field, 'onDelete') !== 'setNull') return
  const message =
    'The relation is required, so it is never set to null: leave `required` out, or let `onDelete` be `restrict` or `cascade`.'
  const at = [...path, 'onDelete']
  report({ code: codes.neverNull, message, at: valuePlace(root, at), path: at })
}

const checks: readonly Check[] = [
  checkType,
  checkKeysFit,
  checkOptions,
  checkTarget,
  checkRenamedOptions,
  checkBounds,
  checkPattern,
  checkSchema,
  checkSettable,
  checkEmptied,
]

const checkSystem: Check = (field, path, root, report) => {
  const name = String(path.at(-1))
  const own = systemFields.get(name)
  const type = typeOfNode(field)
  // Text ids and dates as datetimes are how other frameworks spell the same thing.
  const same =
    type === own?.type ||
    (name === 'id' && (type === 'string' || type === 'text')) ||
    (name !== 'id' && type === 'date')
  if (!own || type === undefined || same) return
  const message = `\`${name}\` is set by the runtime and is of type \`${own.type}\`. Leave it out, or declare it so.`
  report({ code: codes.systemField, message, at: keyPlace(root, path), path })
}

/** SECURITY: whoever could set it would delete rows, and restore them, past the `delete` rule. */
const checkDeletedAt = (entity: Node, field: Node, path: Path, root: Node, report: (fault: Fault) => void): void => {
  if (path.at(-1) !== 'deletedAt' || !flagAt(entity, 'softDelete') || isComputed(field)) return
  const isOwn = typeOfNode(field) === 'datetime' && flagAt(field, 'readonly')
  if (isOwn && !['required', 'many', 'default'].some((key) => childOf(field, key))) return
  const message =
    "`deletedAt` is set by the runtime where rows are deleted softly. Leave it out, or declare it as `{ type: 'datetime', readonly: true }`."
  report({ code: codes.systemField, message, at: keyPlace(root, path), path })
}

/** The built-in names that a bare name means, whatever the fields. */
const builtIns = new Set(['user', 'authenticated', 'owner', 'entity', 'next', 'input', 'now'])

const checkHidden = (app: App, entity: string, name: string, root: Node, report: (fault: Fault) => void): void => {
  if (!builtIns.has(name)) return
  if (name === 'owner' && (isUntoldField(app, entity, name) || ownerOf(app.schema, entity) === name)) return
  const path = ['entities', entity, 'fields', name]
  const message = `In expressions \`${name}\` is the built-in value; this field is \`entity.${name}\`.`
  report({ code: codes.hiddenName, message, at: keyPlace(root, path), path })
}

export const fieldRule: Rule = (app, root, report, once) => {
  for (const [name, { key, value }] of entriesAt(root, 'entities')) {
    once('fields', value, name, key, report, (own) => checkEntity(app, name, value, root, own))
  }
}

function checkEntity(app: App, name: string, entity: Node, root: Node, report: (fault: Fault) => void): void {
  for (const [key, { value: field }] of entriesAt(entity, 'fields')) {
    const path = ['entities', name, 'fields', key]
    if (systemFields.has(key)) {
      checkSystem(field, path, root, report)
      continue
    }
    if (name === app.settings.auth.entity && key === 'password') {
      const message = '`password` is not a column: it is the way to set the credential, which is hashed and kept apart.'
      report({ code: codes.passwordField, message, at: keyPlace(root, path), path })
      continue
    }
    checkHidden(app, name, key, root, report)
    checkDeletedAt(entity, field, path, root, report)
    for (const check of checks) check(field, path, root, report)
  }
  for (const [behavior, { value }] of entriesAt(entity, 'behaviors')) {
    for (const [key, { value: field }] of entriesAt(value, 'input')) {
      const path = ['entities', name, 'behaviors', behavior, 'input', key]
      for (const check of checks) check(field, path, root, report)
    }
  }
}
