// "Did you mean": the nearest of some names. Used for expressions and for whole truth files.

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other, up to `limit`. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1
  let older: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const current = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) cost = Math.min(cost, older[j - 2]! + 1)
      current.push(cost)
    }
    if (Math.min(...current) > limit) return limit + 1
    older = previous
    previous = current
  }
  return previous[to.length]!
}

/** The candidate that `name` was most likely meant to be; undefined when none is near enough. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > 100) return undefined
  const wanted = name.toLowerCase()
  const limit = wanted.length <= 3 ? 1 : wanted.length <= 5 ? 2 : 3
  let best: string | undefined
  let least = limit + 1
  for (const candidate of candidates) {
    const found = candidate.toLowerCase() === wanted ? 0 : distance(wanted, candidate.toLowerCase(), limit)
    if (found < least && found < Math.max(wanted.length, candidate.length)) {
      best = candidate
      least = found
    }
  }
  return best
}
