// Every fix that is offered for any fault of the fixtures, of the documented examples and of a table of slips, applied:
// the fault is gone, and none has come that was not there.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { expressionCodes } from '../../expr/messages/table.ts'
import { type Analysis, analyse } from '../../runtime/truth/analyse.ts'
import { codes } from '../../runtime/truth/codes.ts'
import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import type { Action } from '../../server/features/action.ts'
import { actionsAt } from '../../server/features/actions.ts'
import { applyEdits } from '../../server/features/edits.ts'
import { spanFinder } from '../../server/features/span.ts'
import { occurrencesIn } from '../../server/occurrences.ts'
import { slips } from './slips.ts'
import { exampleFiles } from './snapshot.ts'

type Files = ReadonlyMap<string, string>
type Source = readonly [entry: string, files: Files]

const folder = new URL('../truth/fixtures/', import.meta.url)
const fixtures = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]))

const desk = (rule: string, more = ''): string => `export default defineApp({
  name: 'Desk',
  entities: {
    User: {
      fields: { email: 'string', name: 'string', role: { type: 'enum', options: ['admin', 'user'], update: false } },
      permissions: { read: 'authenticated' },
    },
    Comment: {
      fields: { hidden: 'boolean', task: { type: 'relation', to: 'Task' } },
      permissions: { read: 'authenticated' },
    },
    Task: {
      fields: {
        title: 'string', rank: 'integer', dueDate: 'date',
        status: { type: 'enum', options: ['todo', "won't", 'done'] },
        owner: { type: 'relation', to: 'User', update: false },
        comments: { type: 'relation', to: 'Comment', many: true, inverse: 'task' },
      },
      permissions: { read: ${rule} },
    },
  },
  ${more}
})
`
const quotes = ["'", '"', '`']
const quoted = (text: string, quote: string): string =>
  quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('${', '\\${') + quote

/** Queries and templates stand elsewhere than rules. */
function deskWith(id: string, text: string): string {
  if (/^T430[1-3]$/.test(id))
    return desk('true', `views: { V: { type: 'list', route: '/v', entity: 'Task', data: ${text} } },`)
  if (id !== 'T4304') return desk(text)
  return desk('true', `workflows: { w: { trigger: 'Task.created', actions: [{ type: 'log', message: ${text} }] } },`)
}

// In this one every fault hides others on purpose, which are rightly told once it is mended.
const isTried = (name: string): boolean => !name.startsWith('part-') && name !== 'untold.truth.ts'

const sources: readonly Source[] = [
  ...[...fixtures.keys()].filter(isTried).map((name): Source => [name, fixtures]),
  ...Object.values(codes).map(({ id, wrong }): Source => [id, new Map([[id, wrong]])]),
  ...Object.entries(expressionCodes).flatMap(([id, { wrong }]) =>
    quotes.map(
      (quote): Source => [`${id} in ${quote}`, new Map([[`${id} in ${quote}`, deskWith(id, quoted(wrong, quote))]])],
    ),
  ),
  ...slips.map(([name, text]): Source => [name, new Map([[name, text]])]),
]

const spellings = [
  ['LF', (text: string) => text],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
] as const

/** What is near to a name depends on the names around it, so that part is left out. */
const identity = ({ code, path, message }: Diagnostic): string =>
  `${code} ${path} ${message.replace(/ Did you mean .*$/, '')}`

/** What came that was not there; and the fault itself, where it is still there. */
function worse(before: Analysis, after: Analysis, mended: Diagnostic | undefined): string[] {
  const left = before.diagnostics.map(identity)
  if (mended) left.splice(left.indexOf(identity(mended)), 1)
  return after.diagnostics.map(identity).filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** What may come of a fix, since it was there before and could not be told; each with the reason. */
const revealed: readonly (readonly [mended: RegExp, fault: RegExp, where: 'there' | 'anywhere', why: string])[] = [
  [/./, /^T5/, 'anywhere', 'what a rule grants can only be judged once the rule can be read'],
  [/^T41/, /^T42/, 'there', 'values can only be compared once their names are known'],
  [/^T4102$/, /^T4102 /, 'there', 'an event that is about rows of several entities asks for a name of each'],
  [/^(?:T3002|T4102)$/, /^T4215 /, 'anywhere', 'others may ask for the field that was not there, and for another type'],
  [/^T2003$/, /^T41/, 'there', 'a query of another entity has other names'],
  [/^T2007$/, /^T2002 /, 'anywhere', 'only a kind of action that is known tells what it needs'],
  [/^T3001$/, /^T3002 /, 'anywhere', 'only an entity that is known can lack fields'],
]

const isRevealed = (mended: Diagnostic | undefined, fault: string): boolean =>
  revealed.some(
    ([from, what, where]) =>
      from.test(mended?.code ?? '') &&
      what.test(fault) &&
      (where === 'anywhere' || fault.split(' ')[1] === mended?.path),
  )

function actionsFor(analysis: Analysis, diagnostic: Diagnostic): readonly Action[] {
  return actionsAt(analysis, diagnostic.file, spanFinder(analysis.files)(diagnostic))
}

test.each(spellings)('no fix, and no other action, makes it worse: %s', (_, spell) => {
  const seen = new Set<string>()
  const wrong: string[] = []
  let fixes = 0
  for (const [entry, given] of sources) {
    const files = new Map([...given].map(([file, text]) => [file, spell(text)]))
    const before = analyse(files, { entry })
    for (const diagnostic of before.diagnostics) {
      if (!files.has(diagnostic.file)) continue
      for (const { title, kind, edits, diagnostic: mends } of actionsFor(before, diagnostic)) {
        if (mends && mends !== diagnostic) continue
        const edited = applyEdits(files, edits)
        const text = edited.get(diagnostic.file) ?? ''
        if (spell('\n') === '\r\n' && /[^\r]\n/.test(text))
          wrong.push(`${entry}: ${title} writes lines of another kind`)
        const after = analyse(edited, { entry })
        const fresh = worse(before, after, mends).filter((one) => !isRevealed(mends, one))
        // All at once may reveal what each of them may; but it must not be more than before.
        const isWorse =
          kind === 'source.fixAll' ? after.diagnostics.length > before.diagnostics.length : fresh.length > 0
        if (isWorse) wrong.push(`${entry}: ${title}, for ${identity(diagnostic)}, leads to ${fresh.join('; ')}`)
        if (kind === 'quickfix') fixes += 1
        seen.add(diagnostic.code)
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([])
  expect(fixes).toBeGreaterThan(150)
  expect(seen.size).toBeGreaterThan(20)
})

test.each(['tasks', 'blog', 'crm'])('no rewriting of %s changes what it says', (name) => {
  const files = exampleFiles(name)
  const before = analyse(files)
  const faults = before.diagnostics.map(identity)
  const done = new Set<string>()
  for (const { symbol, place } of occurrencesIn(before)) {
    if (done.has(symbol.id)) continue
    done.add(symbol.id)
    for (const { edits } of actionsAt(before, place.file, place))
      expect(analyse(applyEdits(files, edits)).diagnostics.map(identity)).toEqual(faults)
  }
  expect(done.size).toBeGreaterThan(20)
})

test.each(slips)('a slip is mended by the first fix that is offered: %s', (name, text, expected) => {
  const files = new Map([[name, text]])
  const before = analyse(files, { entry: name })
  const fixes = before.diagnostics.flatMap((one) =>
    actionsFor(before, one).filter(({ diagnostic }) => diagnostic === one),
  )
  const [first] = fixes
  expect(first && applyEdits(files, first.edits).get(name)).toContain(expected)
})
