// Opens the database of an app, for the commands that need it.

import { existsSync, mkdirSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { type Database, type Limits, openDatabase } from '../database/database.ts'
import type { App } from '../truth/app.ts'
import { makeOwnFolder, ownFolder } from './own-folder.ts'

/** Where the app's data lies: as its settings say, else `.truth/app.db` beside it. */
function databaseUrl(app: App, folder: string): string {
  const { url } = app.settings.database
  if (url !== undefined && (url === ':memory:' || /^(?:libsql|https?|wss?):/.test(url))) return url
  return url === undefined ? join(ownFolder(folder), 'app.db') : join(folder, url.replace(/^file:/, ''))
}

const isFile = (url: string): boolean => url !== ':memory:' && !/^[a-z]+:\/\//.test(url)

/** `look` leaves no file behind where there was none. Throws DatabaseError. */
export async function openApp(app: App, folder: string, use: 'use' | 'look', limits?: Limits): Promise<Database> {
  const { authToken, syncUrl, durability } = app.settings.database
  const place = databaseUrl(app, folder)
  const url = use === 'look' && isFile(place) && !existsSync(place) ? ':memory:' : place
  if (isFile(url)) {
    if (dirname(url) === ownFolder(folder)) makeOwnFolder(folder)
    else mkdirSync(dirname(url), { recursive: true })
  }
  return openDatabase(
    { url, durability, ...(authToken !== undefined && { authToken }), ...(syncUrl !== undefined && { syncUrl }) },
    limits,
  )
}

/** Who runs a command, for the journal: `truth serve, ann@laptop`. */
export function whoRuns(command: string): string {
  try {
    return `${command}, ${userInfo().username}@${hostname()}`
  } catch {
    // A user without a name, as in some containers.
    return `${command}, ${hostname()}`
  }
}
