// The words of the language: what a name can be besides a field or a parameter.

import { functionNames } from './check/calls.ts'
import { functions } from './functions.ts'
import { builtins } from './scope.ts'

const words: ReadonlySet<string> = new Set([
  ...builtins,
  ...functionNames,
  ...Object.keys(functions).map((name) => name.slice(name.indexOf('.') + 1)),
  ...['some', 'every', 'includes', 'length', 'true', 'false', 'null', 'in'],
])

export const isLanguageWord = (word: string): boolean => words.has(word)
