// A database in a file with one small table, made anew for each test.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach } from 'vitest'

/** Where the file of the running test is. */
export function smallFile(): { readonly path: string } {
  const file = { folder: '', path: '' }
  beforeEach(() => {
    file.folder = mkdtempSync(join(tmpdir(), 'truth-file-'))
    file.path = join(file.folder, 'app.db')
    const driver = new Libsql(file.path)
    driver.exec(`PRAGMA journal_mode = WAL; CREATE TABLE "t" ("id" TEXT PRIMARY KEY, "name" TEXT) STRICT`)
    driver.exec(`INSERT INTO "t" VALUES ('a', 'one'), ('b', 'two')`)
    driver.close()
  })
  afterEach(() => rmSync(file.folder, { recursive: true, force: true }))
  return file
}
