// Ready-made pieces of a truth file: an entity, a field, a view, a workflow.

import type { App } from '../../runtime/truth/app.ts'
import type { Path } from '../../runtime/truth/node.ts'

export type Template = {
  readonly label: string
  readonly kind: 'key'
  readonly detail: string
  readonly doc: string
  readonly insert: string
  readonly rank: number
}

const template = (label: string, doc: string, insert: string): Template => ({
  label,
  kind: 'key',
  detail: 'template',
  doc,
  insert,
  rank: 2,
})

/** Pieces that can stand in the object at a path. */
export function templatesAt(app: App, path: Path): readonly Template[] {
  const [first = 'Entity'] = app.entities.keys()
  const at = path.map((part, index) => (index % 2 === 1 ? '*' : part)).join('.')
  switch (at) {
    case 'entities':
      return [
        template(
          'entity',
          'A new entity.',
          `$0Name: {\n  fields: {\n    title: { type: 'string', required: true },\n  },\n  permissions: { create: 'authenticated', read: 'authenticated', update: 'authenticated', delete: 'authenticated' },\n}`,
        ),
      ]
    case 'entities.*.fields':
      return [
        template('field', 'A text field.', `$0name: { type: 'string', required: true }`),
        template('enum field', 'A choice.', `$0name: { type: 'enum', options: ['one', 'two'], default: 'one' }`),
        template('relation field', 'A relation to another entity.', `$0name: { type: 'relation', to: '${first}' }`),
      ]
    case 'entities.*.behaviors':
      return [
        template(
          'behavior',
          'Something that can be done with a row.',
          `$0name: { set: {}, requires: 'authenticated' }`,
        ),
      ]
    case 'views':
      return [template('view', 'A list page.', `$0Name: { type: 'list', route: '/path', entity: '${first}' }`)]
    case 'workflows':
      return [
        template(
          'workflow',
          'Something that happens by itself.',
          `$0name: { trigger: '${first}.created', actions: [{ type: 'log', message: 'It happened' }] }`,
        ),
      ]
    default:
      return []
  }
}
