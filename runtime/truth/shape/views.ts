// The keys of views, and of the parts of a dashboard.

import {
  alias,
  anything,
  either,
  expression,
  key,
  named,
  names,
  needed,
  object,
  oneOf,
  type Shape,
  text,
} from './shape.ts'

const viewTypes = ['list', 'detail', 'form', 'kanban', 'calendar', 'dashboard', 'custom'] as const

/** Parts by name, or in a list without names. */
const partsOf = (noun: string, of: Shape): Shape => either({ is: 'list', of }, { is: 'named', noun, of, free: true })

const metric = either(
  text,
  object({
    label: key(text, 'What stands above the figure.'),
    data: needed(text, "Which rows: `Task where status != 'archived'`."),
    sum: key(text, 'The field whose sum is shown.'),
    avg: key(text, 'The field whose average is shown.'),
    min: key(text, 'The field whose least value is shown.'),
    max: key(text, 'The field whose greatest value is shown.'),
  }),
)

const widget = either(
  text,
  object({
    title: key(text, 'Its heading.'),
    data: needed(text, 'Which rows: `Task where owner order by dueDate limit 5`.'),
    columns: key(names, 'The fields that are shown.'),
  }),
)

/** Fields under a heading. */
export const sections = either(
  {
    is: 'list',
    of: object({
      title: key(text, 'The heading.'),
      label: alias('title', text),
      fields: needed(names, 'The fields below it.'),
    }),
  },
  { is: 'named', noun: 'section', of: names, free: true },
)

export const viewKeys = {
  type: needed(oneOf(...viewTypes), 'The kind of page.'),
  route: needed(text, 'Its address, such as `/tasks/:id`.'),
  entity: key(text, 'The entity it shows.'),
  title: key(text, 'Its heading.'),
  permission: key(expression, 'Who may open it.'),
  data: key(text, "A query: `Task where status != 'archived' order by dueDate`."),
  filters: key(either(names, named('filter', anything)), 'The fields that can be filtered by.'),
  columns: key(names, 'The columns of a list.'),
  actions: key(names, 'What is offered, in order: behaviors, `update` and `delete`; by default all that may be done.'),
  mode: key(oneOf('create', 'edit'), 'What a form is for.'),
  groupBy: key(text, 'The field that makes the columns of a board.'),
  cardFields: key(names, 'The fields on a card.'),
  dateField: key(text, 'The date that places a row in the calendar.'),
  titleField: key(text, 'The field that names a row.'),
  colorField: key(text, 'The field that colours a row.'),
  metrics: key(
    partsOf('metric', metric),
    'Figures of a dashboard: `{ open: "Task where status != \'done\'" }` counts rows.',
  ),
  widgets: key(partsOf('widget', widget), "Rows of a dashboard: `{ latest: 'Task order by createdAt desc limit 5' }`."),
  layout: key(text, 'The arrangement.'),
  template: key(text, 'Markup of a custom page.'),
  content: key(anything, 'Content of a custom page.'),
}
