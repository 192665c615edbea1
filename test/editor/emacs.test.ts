// Emacs attaches with the lines of the docs, and has diagnostics and completions. Skipped where there is no Emacs.

import { execFileSync, spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appFolder, documented, environment, fault } from './own-app.ts'

const [, major] = /Emacs (\d+)/.exec(spawnSync('emacs', ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? []

// Before version 29 Eglot is a package, and JavaScript the nearest mode.
const init = () =>
  Number(major) >= 29
    ? documented('docs/editor.md', 'elisp')
    : `(package-initialize)\n${documented('docs/editor.md', 'elisp').replaceAll('typescript-ts-mode', 'js-mode')}`

const ask = `
(require 'json)
(require 'eglot)
(setq eglot-sync-connect 20 project-find-functions (list (lambda (_) (cons 'transient default-directory))))
(find-file "app.truth.ts")
(apply #'eglot (eglot--guess-contact))
(let ((end (+ (float-time) 20)))
  (while (and (null (flymake-diagnostics)) (< (float-time) end))
    (accept-process-output nil 0.05)))
(let ((found (mapcar (lambda (one)
                       (list :line (line-number-at-pos (flymake-diagnostic-beg one))
                             :message (flymake-diagnostic-text one)))
                     (flymake-diagnostics))))
  (goto-char (point-min))
  (search-forward "owner || ")
  (let ((labels (all-completions "" (nth 2 (eglot-completion-at-point)))))
    (princ (json-encode (list :diagnostics (vconcat found)
                              :labels (vconcat (mapcar #'substring-no-properties labels)))))))
(eglot-shutdown (eglot-current-server))
`

test.skipIf(!major)('diagnostics and completions', () => {
  const folder = appFolder()
  try {
    writeFileSync(join(folder, 'init.el'), init())
    writeFileSync(join(folder, 'ask.el'), ask)
    const told = execFileSync('emacs', ['--batch', '-l', 'init.el', '-l', 'ask.el'], {
      cwd: folder,
      env: environment(folder),
      encoding: 'utf8',
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const answer = JSON.parse(told) as { diagnostics: { line: number; message: string }[]; labels: string[] }
    expect(answer.diagnostics.map(({ line }) => line)).toEqual([fault.line])
    expect(answer.diagnostics[0]?.message).toContain(fault.message)
    expect(answer.labels.map((label) => label.trim())).toEqual(
      expect.arrayContaining(['user', 'owner', 'assignee', 'authenticated']),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
