// `.truth` beside an app: its database, and what was proved of it. Of one machine alone, so no repository takes it.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const ownFolder = (folder: string): string => join(folder, '.truth')

/** Throws the system's error. */
export function makeOwnFolder(folder: string): void {
  const own = ownFolder(folder)
  if (existsSync(own)) return
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, '.gitignore'), '*\n')
}
