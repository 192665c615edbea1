// An analysis with a memory says what one without would say: the same diagnostics, the same values at the same places.

import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { type Analysis, analyse } from '../../runtime/truth/analyse.ts'
import { createMemory } from '../../runtime/truth/memory.ts'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { exampleFiles } from '../server/snapshot.ts'

/** Everything that can be seen of an analysis. */
const seen = ({ diagnostics, root, sites, app, draft, computed }: Analysis): unknown => ({
  diagnostics,
  root,
  computed,
  sound: app !== undefined,
  sites: sites.map(({ kind, node, path, scope }) => [
    kind,
    node,
    path,
    scope.place,
    scope.entity,
    [...(scope.input?.keys() ?? [])],
  ]),
  draft: draft && [
    draft.settings,
    draft.schema,
    [...draft.entities].map(([name, entity]) => [
      name,
      entity.fields.size,
      entity.path,
      [...entity.permissions].map(([key, rule]) => [key, rule.source, rule.path]),
    ]),
    [...draft.views.keys()],
    [...draft.workflows.keys()],
  ],
})

function expectSame(found: Analysis, wanted: Analysis, where?: string): void {
  const both = [seen(found), seen(wanted)] as const
  // `toEqual` tells what is different, and takes as long as the analysis.
  if (!isDeepStrictEqual(...both)) expect(both[0], where).toEqual(both[1])
}

test.each(['tasks', 'blog', 'crm'])('%s: random edits', (name) => {
  const files = new Map(exampleFiles(name))
  const original = new Map(files)
  const random = seeded(name.length)
  const memory = createMemory()
  const sourceOf = (file: string): string | undefined => files.get(file)
  for (let round = 0; round < 150; round++) {
    const names = [...files.keys()]
    const file = names[Math.floor(random() * names.length)] ?? 'app.truth.ts'
    // Mostly small edits that add up, now and then back to the start.
    if (round % 25 === 24) for (const [path, text] of original) files.set(path, text)
    else files.set(file, randomEdit(files.get(file) ?? '', random))
    expectSame(analyse(sourceOf, { memory }), analyse(sourceOf), `round ${round}`)
  }
  for (const [path, text] of original) files.set(path, text)
  expectSame(analyse(sourceOf, { memory }), analyse(sourceOf))
})

test.each(['tasks', 'crm'])('%s: every character of every text, typed and taken back', (name) => {
  const files = new Map(exampleFiles(name))
  const memory = createMemory()
  const sourceOf = (file: string): string | undefined => files.get(file)
  const text = files.get('app.truth.ts') ?? ''
  const places = [...text.matchAll(/(['"])[^'"\n]*\1/g)].flatMap((match) => [
    match.index + 1,
    match.index + match[0].length - 1,
  ])
  for (const offset of places.filter((_, index) => index % (name === 'crm' ? 40 : 4) === 0)) {
    for (const typed of ['x', "'", '"', '\\', '$', '😀', '']) {
      files.set('app.truth.ts', text.slice(0, offset) + typed + text.slice(offset))
      const where = `${text.slice(offset - 20, offset)}¦${typed}`
      expectSame(analyse(sourceOf, { memory }), analyse(sourceOf), where)
    }
  }
})

test('an empty text, edits at both of its ends, and a file that comes and goes', () => {
  const memory = createMemory()
  const files = new Map<string, string>()
  const sourceOf = (file: string): string | undefined => files.get(file)
  const app = (rule: string, rest = ''): string =>
    `import { rule } from './rule.truth.ts'\nexport default { name: 'A', entities: { A: { fields: { a: 'string' }, permissions: { read: '${rule}', update: rule } } }${rest} }\n`
  for (const text of [
    app(''),
    app('a'),
    app('authenticated'),
    app('authenticate'),
    app(''),
    app('x', ', views: {}'),
    app('authenticated', ', views: {}'),
  ]) {
    files.set('app.truth.ts', text)
    expectSame(analyse(sourceOf, { memory }), analyse(sourceOf))
    files.set('rule.truth.ts', "export const rule = 'authenticated'\n")
    expectSame(analyse(sourceOf, { memory }), analyse(sourceOf))
    files.set('rule.truth.ts', "export const rule = 'authenticatd'\n")
    expectSame(analyse(sourceOf, { memory }), analyse(sourceOf))
    files.delete('rule.truth.ts')
    expectSame(analyse(sourceOf, { memory }), analyse(sourceOf))
  }
})
