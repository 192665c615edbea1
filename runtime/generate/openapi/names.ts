// Names of components: each is given once, whatever entities are called.

export type Names = (wanted: string) => string

/** Gives the wanted name, or the first that is free with a number behind it. The same question gets the same name. */
export function namesFor(taken: Iterable<string>): Names {
  const used = new Set(taken)
  const given = new Map<string, string>()
  return (wanted) => {
    const known = given.get(wanted)
    if (known !== undefined) return known
    let name = wanted
    for (let number = 2; used.has(name); number++) name = `${wanted}${number}`
    used.add(name)
    given.set(wanted, name)
    return name
  }
}
