// Reads the text of a CREATE TABLE, as the database keeps it, for what no PRAGMA tells: the conditions on its columns.

const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_][\w$]*|\d[\w.]*|<>|!=|<=|>=|==|\|\||->>?|\S/g

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** A name or a word in the one way in which it is compared; SQLite does not tell capitals apart in them. */
function plainToken(text: string): string {
  if (text.startsWith('"')) return lower(text)
  if (text.startsWith('`') || text.startsWith('[')) return lower(`"${text.slice(1, -1).replaceAll('"', '""')}"`)
  return text.startsWith("'") ? text : lower(text)
}

const tokensOf = (text: string): string[] =>
  [...text.matchAll(token)]
    .map(([found]) => found)
    .filter((found) => !found.startsWith('--') && !found.startsWith('/*'))
    .map(plainToken)

/** A condition in the one way in which it is compared. */
export const plainCondition = (text: string): string => tokensOf(text).join(' ')

/** The lists of tokens between the commas of the outermost parentheses. */
function definitionsOf(text: string): string[][] {
  const definitions: string[][] = [[]]
  let depth = 0
  for (const found of tokensOf(text)) {
    if (found === '(') depth += 1
    if (found === ')') depth -= 1
    if (found === '(' && depth === 1) continue
    if (depth === 0 && definitions[0]?.length) break
    if (found === ',' && depth === 1) definitions.push([])
    else if (depth > 0) definitions.at(-1)?.push(found)
  }
  return definitions
}

function conditionsIn(tokens: readonly string[]): string[] {
  const found: string[] = []
  let depth = 0
  let from = -1
  for (const [index, one] of tokens.entries()) {
    if (one === '(') depth += 1
    if (one === '(' && depth === 1 && tokens[index - 1] === 'check') from = index + 1
    if (one === ')') depth -= 1
    if (one === ')' && depth === 0 && from >= 0) {
      found.push(tokens.slice(from, index).join(' '))
      from = -1
    }
  }
  return found
}

/** By the name of the column in lower case: its conditions as `plainCondition` writes them. */
export function conditionsByColumn(createTable: string): ReadonlyMap<string, readonly string[]> {
  const conditions = new Map<string, readonly string[]>()
  for (const tokens of definitionsOf(createTable)) {
    const [first = ''] = tokens
    const name = first.startsWith('"') ? first.slice(1, -1).replaceAll('""', '"') : first
    const found = conditionsIn(tokens)
    if (found.length > 0) conditions.set(name, found)
  }
  return conditions
}

/** The texts between quotes in a condition: the options of an enum. */
export const textsIn = (condition: string): string[] =>
  [...condition.matchAll(/'((?:[^']|'')*)'/g)].map(([, text]) => (text ?? '').replaceAll("''", "'"))
