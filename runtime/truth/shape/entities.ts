// The keys of an entity and what hangs on it.

import { fieldShape } from './fields.ts'
import { alias, either, expression, flag, key, named, names, needed, object, oneOf, setShape, text } from './shape.ts'
import { sections } from './views.ts'

const behaviorKeys = {
  set: key(setShape, 'What the behavior changes: a literal, `now`, `user` or `{ expr: … }` for each field.'),
  fields: alias('set', setShape),
  modifies: alias('set', setShape),
  type: key(oneOf('update', 'delete', 'custom'), 'What the behavior does with the row; `update` by default.'),
  input: key(named('field', fieldShape), 'What the caller hands in.'),
  requires: key(expression, 'When it may be done, and by whom.'),
  emits: key(either(text, names), 'The events it raises.'),
  label: key(text, 'What people see on the button.'),
  confirm: key(text, 'A question to answer before it is done.'),
  description: key(text, 'A sentence for the API documentation.'),
}

const uiKeys = {
  display: key(
    object({
      primary: key(text, 'The field that names a row.'),
      secondary: key(either(text, names), 'What stands below it.'),
      badge: key(either(text, names), 'Shown as badges.'),
      color: key(text, 'The field that gives the colour.'),
      avatar: key(text, 'The field with a picture.'),
      metadata: key(names, 'Shown in small print.'),
    }),
    'How a row is shown in short.',
  ),
  list: key(
    object({
      columns: key(names, 'The columns of the list.'),
      sortable: key(names, 'The columns that can be sorted by.'),
      filterable: key(names, 'The fields that can be filtered by.'),
      searchable: key(names, 'The fields that search looks in.'),
      pageSize: key({ is: 'number', integer: true, least: 1 }, 'Rows on a page.'),
      actions: key(names, 'Behaviors offered on each row.'),
    }),
    'The list page.',
  ),
  form: key(
    object({
      fields: key(names, 'The fields of the form, in order.'),
      layout: key(text, 'How they are arranged.'),
      sections: key(sections, 'Groups of fields.'),
    }),
    'The create and edit forms.',
  ),
  detail: key(
    object({
      sections: key(sections, 'Groups of fields.'),
      actions: key(
        names,
        'What is offered, in order: behaviors, `update` and `delete`; by default all that may be done.',
      ),
    }),
    'The page of one row.',
  ),
}

export const entityKeys = {
  fields: needed(named('field', fieldShape), 'What a row holds.'),
  owner: key(text, 'The relation to the auth entity that says whose row it is.'),
  permissions: key(
    { is: 'named', noun: 'permission', of: expression },
    'Who may do what. What is not granted is denied.',
  ),
  behaviors: key(named('behavior', object(behaviorKeys)), 'What can be done with a row besides changing its fields.'),
  computed: key(named('computed field', expression), 'Values worked out from the row.'),
  indexes: key({ is: 'list', of: names }, 'Lists of fields that the database indexes together.'),
  unique: key({ is: 'list', of: names }, 'Lists of fields that are unique together.'),
  path: key(text, 'The URL segment of the collection.'),
  table: key(text, 'The name of the database table.'),
  label: key(text, 'What people see instead of the name.'),
  description: key(text, 'A sentence for the API documentation.'),
  softDelete: key(flag, 'Deleted rows are kept, hidden, and can be restored.'),
  renamedFrom: key(text, 'The former name, so that a migration keeps the data.'),
  ui: key(object(uiKeys), 'How rows are shown.'),
}
