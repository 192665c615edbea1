// The keys of a field, and of a behavior's input.

import { alias, anything, either, expression, flag, key, names, needed, object, oneOf, text } from './shape.ts'

export const formats = ['email', 'url', 'slug', 'color', 'phone'] as const

const whole = { is: 'number', integer: true, least: 0 } as const
const number = { is: 'number' } as const

export const fieldKeys = {
  type: needed(text, 'What kind of value it holds.'),
  required: key(flag, 'Whether every row must have it.'),
  unique: key(flag, 'Whether no two rows may have the same value.'),
  default: key(
    anything,
    'The value of a new row that is given none. `now`, `user` and `auto` are filled in by the runtime.',
  ),
  label: key(text, 'What people see instead of the name.'),
  description: key(text, 'A sentence for forms and the API documentation.'),
  readonly: key(flag, 'Never set through the API.'),
  immutable: key(flag, 'Set once, at creation.'),
  secret: key(flag, 'Never leaves the server; cannot be filtered or sorted on.'),
  read: key(expression, 'Who may see the field.'),
  update: key(expression, 'Who may set the field, at creation too.'),
  index: key(flag, 'Whether the database keeps an index on it.'),
  renamedFrom: key(text, 'The former name, so that a migration keeps the data.'),
  minLength: key(whole, 'The least number of characters.'),
  maxLength: key(whole, 'The greatest number of characters.'),
  pattern: key(text, 'A regular expression that the whole value must match.'),
  format: key(oneOf(...formats), 'A well-known form of text.'),
  searchable: key(flag, 'Whether full-text search looks here.'),
  rich: key(flag, 'Whether the text is formatted.'),
  min: key(number, 'The least value.'),
  max: key(number, 'The greatest value.'),
  options: key(names, 'The choices of an enum.'),
  values: alias('options', names),
  renamedOptions: key(
    { is: 'named', noun: 'former option', of: text, free: true },
    'Former options and what they are called now, so that a migration keeps the data.',
  ),
  many: key(flag, 'A list of values, or a relation to several rows.'),
  schema: key(
    either({ is: 'named', noun: 'keyword', of: anything, free: true }, flag),
    'A JSON Schema that the value must satisfy.',
  ),
  to: key(text, 'The entity that the relation leads to.'),
  inverse: key(text, 'The field of the other entity that is the other side of this relation.'),
  onDelete: key(oneOf('restrict', 'cascade', 'setNull'), 'What happens to this row when the other one is deleted.'),
}

/** `'string'` alone is short for `{ type: 'string' }`. */
export const fieldShape = either(text, object(fieldKeys))
