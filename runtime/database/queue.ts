// The writer queue: tasks of one process, one at a time, first in, first out. A burst of writes waits instead of failing.

export type Queue = <T>(task: () => Promise<T>) => Promise<T>

/** A queue of its own. A task that fails does not hold up the next. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(task: () => Promise<T>): Promise<T> => {
    const next = last.then(task, task)
    last = next
    return next
  }
}

/** Waits, in milliseconds. */
export const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))

/** How long to wait before the next attempt, in milliseconds: longer each time, and never in step with other processes. */
export const backOff = (attempt: number): number => Math.random() * Math.min(100, 5 * 2 ** attempt)
