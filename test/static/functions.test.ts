// The type level's tables are the checker's: functions, methods, words that are reserved, numbers of characters.

import { expect, test } from 'vitest'
import { functionNames } from '../../expr/check/calls.ts'
import { methodsOf } from '../../expr/check/members.ts'
import { type FunctionRow, functions } from '../../expr/functions.ts'
import { strangeCharacter } from '../../expr/messages/syntax.ts'
import type { CharacterNumbers, ReservedWord } from '../../expr/static/characters.ts'
import type {
  CollectionMethod,
  Functions,
  ListMethod,
  FunctionRow as Row,
  TextMethods,
} from '../../expr/static/functions.ts'
import { reservedWords } from '../../expr/syntax/ast.ts'
import { integerType, numberType, stringType } from '../../expr/types.ts'

// `tsc` holds these to the types, name by name.
const rows: { readonly [N in keyof Functions]: { readonly [K in keyof Functions[N]]: Functions[N][K] } } = {
  now: { takes: [], gives: 'datetime' },
  today: { takes: [], gives: 'date' },
  days: { takes: ['number'], gives: 'days' },
  hours: { takes: ['number'], gives: 'duration' },
  minutes: { takes: ['number'], gives: 'duration' },
  abs: { takes: ['number'], gives: 'exact' },
  round: { takes: ['number'], gives: 'integer' },
  floor: { takes: ['number'], gives: 'integer' },
  ceil: { takes: ['number'], gives: 'integer' },
  min: { takes: ['number', 'number'], gives: 'exact' },
  max: { takes: ['number', 'number'], gives: 'exact' },
  has: { takes: ['any'], gives: 'boolean' },
  coalesce: { takes: ['any', 'any'], gives: 'common' },
}
const textMethods: { readonly [N in keyof TextMethods]: { readonly [K in keyof TextMethods[N]]: TextMethods[N][K] } } =
  {
    startsWith: { takes: ['string'], gives: 'boolean' },
    endsWith: { takes: ['string'], gives: 'boolean' },
    includes: { takes: ['string'], gives: 'boolean' },
    toLowerCase: { takes: [], gives: 'string' },
    toUpperCase: { takes: [], gives: 'string' },
    trim: { takes: [], gives: 'string' },
  }
const listMethods: { readonly [N in ListMethod]: true } = { includes: true }
const collectionMethods: { readonly [N in CollectionMethod]: true } = { some: true, every: true, includes: true }

const table: { readonly [name: string]: FunctionRow } = functions

/** What a row of the type level gives for integers and for numbers, in the checker's words. */
const given = { exact: ['integer', 'number'], days: ['duration', 'duration'] } as { readonly [gives: string]: string[] }

function expectAlike(name: string, { takes, gives }: Row, own: readonly string[]): void {
  const row = table[name]!
  expect([name, ...own, ...takes]).toEqual([name, ...row.parameters])
  const results = [integerType, numberType].map((type) => row.result(row.parameters.map(() => type)))
  expect([name, ...results.map(({ kind }) => kind)]).toEqual([name, ...(given[gives] ?? [gives, gives])])
  if (gives === 'days') expect(results.map((type) => 'wholeDays' in type)).toEqual([true, false])
}

test('functions have the same names, parameters and results', () => {
  expect(Object.keys(rows).sort()).toEqual([...functionNames].sort())
  for (const [name, row] of Object.entries(rows)) if (name in table && name !== 'coalesce') expectAlike(name, row, [])
  expect(functions.coalesce.parameters).toEqual(rows.coalesce.takes)
})

test('methods have the same names, parameters and results', () => {
  expect(Object.keys(textMethods).sort()).toEqual([...methodsOf(stringType)].sort())
  for (const [name, row] of Object.entries(textMethods)) expectAlike(`string.${name}`, row, ['string'])
  expect(Object.keys(listMethods)).toEqual(methodsOf({ kind: 'list', element: stringType }))
  expect(Object.keys(collectionMethods)).toEqual(methodsOf({ kind: 'collection', entity: 'Task' }))
})

test('words that are reserved are the same', () => {
  const words: { readonly [W in ReservedWord]: true } = {
    break: true,
    case: true,
    catch: true,
    class: true,
    const: true,
    continue: true,
    debugger: true,
    default: true,
    delete: true,
    do: true,
    else: true,
    enum: true,
    export: true,
    extends: true,
    finally: true,
    for: true,
    function: true,
    if: true,
    import: true,
    instanceof: true,
    new: true,
    return: true,
    super: true,
    switch: true,
    this: true,
    throw: true,
    try: true,
    typeof: true,
    var: true,
    void: true,
    while: true,
    with: true,
  }
  expect(Object.keys(words).sort()).toEqual([...reservedWords].sort())
})

test('characters have the numbers that the checker tells', () => {
  const numbers: CharacterNumbers = {
    '\u00a0': '00A0',
    ä: '00E4',
    é: '00E9',
    ö: '00F6',
    ü: '00FC',
    '§': '00A7',
    '¬': '00AC',
    '´': '00B4',
    '·': '00B7',
    '×': '00D7',
    '÷': '00F7',
    '\u2009': '2009',
    '\u200b': '200B',
    '–': '2013',
    '—': '2014',
    '‘': '2018',
    '’': '2019',
    '“': '201C',
    '”': '201D',
    '…': '2026',
    '\u202f': '202F',
    '→': '2192',
    '⇒': '21D2',
    '∈': '2208',
    '−': '2212',
    '∧': '2227',
    '∨': '2228',
    '≠': '2260',
    '≤': '2264',
    '≥': '2265',
    '\ufeff': 'FEFF',
  }
  for (const [character, number] of Object.entries(numbers))
    expect(strangeCharacter(character).message).toBe(`U+${number} is not a character of the language.`)
})
