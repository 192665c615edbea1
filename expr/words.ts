// The words of the language: what a name can be besides a field or a parameter.

import { functionNames } from './check/calls.ts'
import { functions } from './functions.ts'
import { builtins } from './scope.ts'

const others: readonly string[] = ['some', 'every', 'includes', 'length', 'true', 'false', 'null', 'in']

export const isLanguageWord = (word: string): boolean =>
  [...builtins, ...functionNames, ...others].includes(word) ||
  Object.keys(functions).some((name) => name.endsWith(`.${word}`))
