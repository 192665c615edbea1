// Short truth files for the documentation of codes: the parts that every file needs, written once.

/** A whole file around some entities. */
export const entities = (body: string, rest = ''): string =>
  `export default defineApp({\n  name: 'Example',\n  entities: {\n${indent(body, 4)}\n  },\n${rest ? `${indent(rest, 2)}\n` : ''}})`

/** An entity Task, readable by everybody, around some fields. */
export const task = (fields: string, rest = ''): string =>
  entities(`Task: {\n  fields: { ${fields} },\n  permissions: { read: true },\n${rest ? `${indent(rest, 2)}\n` : ''}},`)

const indent = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n')

export type Row<Id extends string> = {
  readonly id: Id
  readonly severity: 'error' | 'warning' | 'information'
  readonly title: string
  readonly meaning: string
  readonly wrong: string
  readonly right: string
}

export const error = <Id extends string>(
  id: Id,
  title: string,
  meaning: string,
  wrong: string,
  right: string,
): Row<Id> => ({ id, severity: 'error', title, meaning, wrong, right })

export const warning = <Id extends string>(
  id: Id,
  title: string,
  meaning: string,
  wrong: string,
  right: string,
): Row<Id> => ({ id, severity: 'warning', title, meaning, wrong, right })

export const information = <Id extends string>(
  id: Id,
  title: string,
  meaning: string,
  wrong: string,
  right: string,
): Row<Id> => ({ id, severity: 'information', title, meaning, wrong, right })
