// The options of an enum, and the former names of them.

import { closest } from '../../../expr/index.ts'
import { codes } from '../codes.ts'
import { typeOfNode } from '../model/fields.ts'
import { entriesAt, textsAt } from '../model/take.ts'
import { childOf } from '../node.ts'
import { type FieldCheck, keyPlace, quoted, valuePlace } from './rule.ts'

export const checkOptions: FieldCheck = (field, path, root, report) => {
  if (typeOfNode(field) !== 'enum') return
  const key = childOf(field, 'options') ? 'options' : 'values'
  const options = childOf(field, key)
  const fault = (message: string, at = valuePlace(root, path)): void =>
    report({ code: codes.badOptions, message, at, path: [...path, 'options'] })
  if (!options) return fault(`An enum needs its choices: \`options: ['a', 'b']\`.`)
  if (options.kind !== 'list') return
  if (options.items.length === 0) return fault('An enum needs at least one option.', options.place)
  const seen = new Set<string>()
  options.items.forEach((item, index) => {
    if (item.kind !== 'string') return
    const at = valuePlace(root, [...path, key, index])
    if (item.value.trim() === '') fault('An option must not be empty.', item.place)
    else if (seen.has(item.value)) fault(`The option \`${item.value}\` is there twice.`, at)
    seen.add(item.value)
  })
}

export const checkRenamedOptions: FieldCheck = (field, path, root, report) => {
  const options = textsAt(field, 'options') ?? textsAt(field, 'values')
  if (typeOfNode(field) !== 'enum' || !options) return
  for (const [former, { value }] of entriesAt(field, 'renamedOptions')) {
    const here = [...path, 'renamedOptions', former]
    if (options.includes(former)) {
      const message = `\`${former}\` is still an option, so its rows keep it. Take it out of \`options\`, or out of here.`
      report({ code: codes.badOptions, message, at: keyPlace(root, here), path: here })
    }
    if (value.kind !== 'string' || options.includes(value.value)) continue
    const near = closest(value.value, options)
    const message = `\`${value.value}\` is no option.${near ? ` Did you mean \`${near}\`?` : ` Options are ${quoted(options)}.`}`
    const at = valuePlace(root, here)
    const fixes = near ? [{ message: `Change to \`${near}\``, at, text: near }] : []
    report({ code: codes.badOptions, message, at, path: here, fixes })
  }
}
