// After any storm of edits the server says what a fresh one would. `TRUTH_EDITS` asks for more of them.

import process from 'node:process'
import { expect, test } from 'vitest'
import { completionsAt } from '../../server/features/completion.ts'
import { hoverAt } from '../../server/features/hover.ts'
import { coloursIn } from '../../server/features/tokens.ts'
import { clientDiagnostics } from '../../server/handlers/diagnostics.ts'
import type { State } from '../../server/state.ts'
import { randomEdit, seeded } from '../helpers/edits.ts'
import { exampleFiles } from '../server/snapshot.ts'
import { changeBetween, opened, path } from '../server/storm.ts'

const said = (state: State, files: ReadonlyMap<string, string>): unknown =>
  [...files.keys()].map((name) => clientDiagnostics(state, path(name)))

const edits = Number(process.env.TRUTH_EDITS ?? 2_000)

test.each(['tasks', 'crm'])(
  `${edits} edits of %s, with requests between them, then back`,
  (name) => {
    const files = exampleFiles(name)
    const state = opened(files)
    const random = seeded(7)
    const names = [...files.keys()]
    for (let round = 0; round < edits; round++) {
      const file = names[Math.floor(random() * names.length)] ?? 'app.truth.ts'
      const now = state.texts.textOf(path(file)) ?? ''
      // The file is mended from time to time, so that most edits meet a file that can still be read.
      const after = random() < 0.08 ? (files.get(file) ?? '') : randomEdit(now, random)
      changeBetween(state, file, after, round + 2)
      expect(state.texts.textOf(path(file)) === after || /\r/.test(now + after)).toBe(true)
      clientDiagnostics(state, path(file))
      if (round % 10 === 0) {
        const snapshot = state.projects.snapshotOf(path(file))
        const offset = Math.floor(random() * after.length)
        completionsAt(snapshot, snapshot.fileOf(path(file)) ?? file, offset)
        hoverAt(snapshot.analysis, snapshot.fileOf(path(file)) ?? file, offset)
        coloursIn(snapshot.analysis, snapshot.fileOf(path(file)) ?? file)
      }
      if (round % 50 === 49) {
        const texts = new Map(names.map((one) => [one, state.texts.textOf(path(one)) ?? '']))
        expect(said(state, files), `round ${round}`).toEqual(said(opened(texts), files))
      }
    }
    for (const [file, text] of files) changeBetween(state, file, text, edits + 2)
    expect(said(state, files)).toEqual(said(opened(files), files))
  },
  120_000,
)
