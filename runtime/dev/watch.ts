// Watches truth files and says when one of them was saved.

import { dirname } from 'node:path'
import { watch } from 'chokidar'

export type Watcher = {
  /** Watches these files too, and from now on only these count. */
  readonly follow: (paths: readonly string[]) => void
  readonly stop: () => Promise<void>
}

/** Milliseconds to wait for the rest of a save: editors write a file in several steps. */
const settle = 30

/** Calls back after a save, never twice at once; a save during the call-back is answered after it. */
export function watchFiles(paths: readonly string[], changed: () => Promise<void>): Watcher {
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
  return {
    follow: (next) => {
      followed = new Set([...next])
      watcher.add(folders(next))
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await watcher.close()
      await running
    },
  }
}
