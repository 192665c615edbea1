// All combinations of some values, or a sample of them where there are too many.

export type Product = {
  /** Each combination as an index into each list of values. */
  readonly combinations: readonly (readonly number[])[]
  readonly isWhole: boolean
}

/** Combinations of values, of which there are so many each. At most `most` of them. */
export function productOf(sizes: readonly number[], most: number): Product {
  let count = 1
  for (const size of sizes) count *= size
  if (count <= most) return { combinations: Array.from({ length: count }, (_, at) => digits(at, sizes)), isWhole: true }
  return { combinations: sample(sizes, most), isWhole: false }
}

function digits(at: number, sizes: readonly number[]): readonly number[] {
  let rest = at
  return sizes.map((size) => {
    const digit = rest % size
    rest = Math.floor(rest / size)
    return digit
  })
}

/** First every value at least once, then at random: the same ones each time. */
function sample(sizes: readonly number[], most: number): readonly (readonly number[])[] {
  // Numerical Recipes' generator: its upper bits will do, and every run is the same.
  let state = 20_260_615
  const random = (size: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * size)
  }
  const each = Math.min(Math.max(...sizes), most)
  return Array.from({ length: most }, (_, at) =>
    sizes.map((size, index) => (at < each ? (at + index) % size : random(size))),
  )
}
