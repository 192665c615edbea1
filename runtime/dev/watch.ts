// Watches truth files and says when one of them was saved.

import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { watch } from 'chokidar'

export type Watcher = { readonly stop: () => Promise<void> }

/** Milliseconds; 0 for a file that is not there at the moment. */
const savedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Milliseconds to wait for the rest of a save: editors write a file in several steps. */
const settle = 30

/**
 * Calls back after a save, never twice at once; a save during the call-back is answered after it. The call-back says
 * which files count from then on. Resolves once it watches; a save after `since` (milliseconds) counts too.
 */
export async function watchFiles(
  paths: readonly string[],
  changed: () => Promise<readonly string[]>,
  since = Date.now(),
): Promise<Watcher> {
  let followed = new Set(paths)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  const run = (): void => {
    if (running) {
      again = true
      return
    }
    running = changed()
      .then(follow)
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        running = undefined
        if (again && !stopped) {
          again = false
          run()
        }
      })
  }
  // Folders are watched, since many editors replace a file instead of writing to it.
  const folders = (all: Iterable<string>): string[] => [...new Set([...all].map((path) => dirname(path)))]
  const watcher = watch(folders(paths), {
    ignoreInitial: true,
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && !path.endsWith('.ts'),
  })
  watcher.on('all', (_event, path) => {
    if (!followed.has(path)) return
    clearTimeout(timer)
    timer = setTimeout(run, settle)
  })
  const follow = (next: readonly string[]): void => {
    followed = new Set(next)
    watcher.add(folders(next))
  }
  await new Promise<void>((ready) => watcher.once('ready', () => ready()))
  if (paths.some((path) => savedAt(path) > since)) run()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await watcher.close()
      await running
    },
  }
}
