// The functions and methods of the language: signature and a sentence. For hover, signature help and completion.

export type FunctionDoc = { readonly signature: string; readonly parameters: readonly string[]; readonly doc: string }

const row = (signature: string, doc: string): FunctionDoc => {
  const inside = /\(([^)]*)\)/.exec(signature)?.[1] ?? ''
  return { signature, parameters: inside === '' ? [] : inside.split(', '), doc }
}

const functions: Readonly<Record<string, FunctionDoc>> = {
  now: row('now(): datetime', 'The present instant, the same throughout one request.'),
  today: row('today(): date', 'The present day in UTC.'),
  days: row('days(n: number): duration', 'A number of days.'),
  hours: row('hours(n: number): duration', 'A number of hours.'),
  minutes: row('minutes(n: number): duration', 'A number of minutes.'),
  abs: row('abs(n: number): number', 'The number without its sign.'),
  round: row('round(n: number): integer', 'The nearest whole number; halves go away from zero.'),
  floor: row('floor(n: number): integer', 'The whole number below.'),
  ceil: row('ceil(n: number): integer', 'The whole number above.'),
  min: row('min(a: number, b: number): number', 'The lesser of two numbers.'),
  max: row('max(a: number, b: number): number', 'The greater of two numbers.'),
  coalesce: row('coalesce(a: value, b: value): value', 'The first of two values that is not missing.'),
  has: row('has(x: value): boolean', 'Whether a value is there: the same as `x != null`.'),
}

const methods: Readonly<Record<string, FunctionDoc>> = {
  length: row('length: integer', 'How many characters, elements or rows there are.'),
  startsWith: row('startsWith(text: string): boolean', 'Whether the text begins so; capitals count.'),
  endsWith: row('endsWith(text: string): boolean', 'Whether the text ends so; capitals count.'),
  includes: row('includes(x: value): boolean', 'Whether it holds this text, element or row.'),
  toLowerCase: row('toLowerCase(): string', 'The text with A to Z in lower case.'),
  toUpperCase: row('toUpperCase(): string', 'The text with a to z in upper case.'),
  trim: row('trim(): string', 'The text without blanks at its ends.'),
  some: row('some(x => condition): boolean', 'Whether the condition holds for at least one of the rows.'),
  every: row('every(x => condition): boolean', 'Whether the condition holds for each of the rows; for none, it does.'),
}

export function functionDocs(name: string, method: boolean): FunctionDoc | undefined {
  const table = method ? methods : functions
  return Object.hasOwn(table, name) ? table[name] : undefined
}

export const functionDocNames = { functions: Object.keys(functions), methods: Object.keys(methods) }
