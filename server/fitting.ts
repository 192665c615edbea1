// Which of an entity's fields fit where fields are named: what would be reported there is not proposed.

import type { App, Field } from '../runtime/truth/app.ts'
import { measures, suits } from '../runtime/truth/measures.ts'
import type { Path } from '../runtime/truth/node.ts'
import { fitsPath } from './slots.ts'

type Fits = (field: Field, app: App, path: Path) => boolean
type Row = { readonly path: string; readonly fits: Fits; readonly computed?: boolean }

const isSettable: Fits = ({ system, relation }) => !system && relation?.inverse === undefined
const isShown: Fits = ({ secret }) => !secret
const hasColumn: Fits = ({ relation, many }) => !relation || !many
const isGroup: Fits = ({ many, type, secret }) => !secret && !many && /^(?:enum|relation|boolean)$/.test(type)
const isDate: Fits = ({ many, type, secret }) => !secret && !many && /^date(?:time)?$/.test(type)
const isOwner: Fits = ({ relation, many }, app) => !many && relation?.to === app.settings.auth.entity
const isSortable: Fits = ({ secret, many, type }) => !secret && !many && type !== 'json'
const pointsBack: Fits = ({ relation }, _, [, entity]) => relation?.to === entity && relation?.inverse === undefined

/** By path, with `*` for names and places in lists; the first that fits counts. `computed`: those stand there too. */
const rows: readonly Row[] = [
  ...['set', 'fields', 'modifies'].map((key) => ({ path: `entities.*.behaviors.*.${key}.*`, fits: isSettable })),
  { path: 'workflows.*.actions.*.set.*', fits: isSettable },
  { path: 'entities.*.owner', fits: isOwner },
  { path: 'entities.*.fields.*.inverse', fits: pointsBack },
  { path: 'entities.*.indexes.*.*', fits: hasColumn },
  { path: 'entities.*.unique.*.*', fits: hasColumn },
  { path: 'views.*.groupBy', fits: isGroup },
  { path: 'views.*.dateField', fits: isDate },
  { path: 'entities.*.ui.list.sortable.*', fits: isSortable },
  ...measures.map((of) => ({
    path: `views.*.metrics.*.${of}`,
    fits: (field: Field) => !field.secret && suits[of](field),
  })),
  ...[
    'entities.*.ui.*.*.*.*',
    'entities.*.ui.*.*.*.*.*',
    'views.*.widgets.*.columns.*',
    'entities.*.ui.*.*',
    'entities.*.ui.*.*.*',
    'views.*.*',
    'views.*.*.*',
  ].map((path) => ({
    path,
    fits: isShown,
    computed: true,
  })),
]

const table = rows.map((row) => ({ ...row, parts: row.path.split('.') }))

/** What may be named at a path: a test of fields, and whether computed ones may be. */
export function fittingAt(app: App, path: Path): { fits: (field: Field) => boolean; computed: boolean } {
  const row = table.find(({ parts }) => fitsPath(parts, path))
  return row
    ? { fits: (field) => row.fits(field, app, path), computed: row.computed === true }
    : { fits: () => true, computed: true }
}
