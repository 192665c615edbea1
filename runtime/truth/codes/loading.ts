// T1xxx: syntax and loading.

import { entities, error, information, task } from './example.ts'

const good = task(`title: 'string'`)

export const loadingCodes = {
  unreadable: error(
    'T1001',
    'File cannot be read',
    'The truth file is not there, or may not be read. `truth` looks for `app.truth.ts` in the folder it is given.',
    '',
    good,
  ),
  syntax: error(
    'T1002',
    'Syntax error',
    'The file is not valid TypeScript at this place. What can be read around it is still checked.',
    `export default defineApp({ name: 'Example', entities: { Task: { fields: { title: 'string' permissions: { read: true } } } })`,
    good,
  ),
  noExport: error(
    'T1003',
    'No app exported',
    'The file must export one app: `export default defineApp({ … })`, or a constant called `App`.',
    `const app = { name: 'Example', entities: {} }`,
    good,
  ),
  computed: information(
    'T1004',
    'Computed value',
    'This value is only known by running the file. The editor does not run it; `truth check` and `truth serve` do, with a time and a memory limit.',
    entities(`Task: { fields: { title: { type: 'string', label: makeLabel() } }, permissions: { read: true } },`),
    good,
  ),
  notData: error(
    'T1005',
    'Not plain data',
    'A truth file is plain data: text, numbers, booleans, null, lists and objects. Functions, classes, dates and symbols have no place in it.',
    task(`title: { type: 'string', label: () => 'Title' }`),
    task(`title: { type: 'string', label: 'Title' }`),
  ),
  importCycle: error(
    'T1006',
    'Import cycle',
    'Truth files import each other in a circle, so none of them can be read first. Move what they share to a file of its own.',
    `import { name } from './app.truth.ts'\nexport default defineApp({ name: 'Example', entities: {} })`,
    good,
  ),
  importMissing: error(
    'T1007',
    'Import not found',
    'The imported truth file does not exist, or exports no such name.',
    `import { Task } from './tasks.truth.ts'\n${entities('Task,')}`,
    good,
  ),
  evaluation: error(
    'T1008',
    'File fails when run',
    'A file with computed values is run when it is loaded. It threw an error, took too long, or used too much memory.',
    `const fields = build()\n${entities('Task: { fields, permissions: { read: true } },')}`,
    good,
  ),
} as const
