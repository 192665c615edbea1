// Values on their way into a driver and out of it.

import { describe, expect, test } from 'vitest'
import { bind, takeRow } from '../../runtime/database/bind.ts'
import type { Input } from '../../runtime/database/contract.ts'
import { statement } from '../../runtime/database/statement.ts'

const one = statement('SELECT ?1')
const most = Number.MAX_SAFE_INTEGER

describe('in', () => {
  test.each<[Input, unknown]>([
    ['', ''],
    ['text', 'text'],
    ['it’s 😀 \n', 'it’s 😀 \n'],
    [null, null],
    [0, 0n],
    [1, 1n],
    [-1, -1n],
    [1e3, 1000n],
    [most, BigInt(most)],
    [-most, BigInt(-most)],
    [1.5, 1.5],
    [-0.1, -0.1],
    [Number.MIN_VALUE, Number.MIN_VALUE],
    [5n, 5n],
    [BigInt(most), BigInt(most)],
    [true, 1n],
    [false, 0n],
    [{ real: 1 }, 1],
    [{ real: 1.5 }, 1.5],
    [{ real: 1e300 }, 1e300],
    [{ real: 2 ** 53 }, 2 ** 53],
  ])('%o', (value, bound) => {
    expect(bind(one, [value])).toEqual([bound])
  })

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'is undefined'],
    ['NaN', Number.NaN, 'is NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'is Infinity'],
    ['-Infinity', Number.NEGATIVE_INFINITY, 'is -Infinity'],
    ['2^53', 2 ** 53, 'beyond 2^53'],
    ['-2^53', -(2 ** 53), 'beyond 2^53'],
    ['1e300', 1e300, 'beyond 2^53'],
    ['2n^53', 2n ** 53n, 'beyond 2^53'],
    ['-2n^53', -(2n ** 53n), 'beyond 2^53'],
    ['a NUL', 'a\u0000b', 'U+0000'],
    ['half a pair', 'a\ud83d', 'surrogate'],
    ['the other half', '\ude00b', 'surrogate'],
    ['halves in the wrong order', '\ude00\ud83d', 'surrogate'],
    ['an object', {}, 'of type object'],
    ['a date', new Date(0), 'of type object'],
    ['an array', [1], 'of type object'],
    ['bytes', new Uint8Array(1), 'of type object'],
    ['a function', () => 1, 'of type function'],
    ['a symbol', Symbol('a'), 'of type symbol'],
    ['a real that is text', { real: '1' }, 'of type object'],
    ['a real that is NaN', { real: Number.NaN }, 'is NaN'],
    ['a real that is infinite', { real: Number.POSITIVE_INFINITY }, 'is Infinity'],
  ])('%s is refused', (_name, value, why) => {
    expect(() => bind(one, [value as Input])).toThrow(why)
    expect(() => bind(one, [value as Input])).toThrow('The value for ?1 ')
  })

  test.each([
    ['SELECT 1', ['a']],
    ['SELECT ?1', []],
    ['SELECT ?1', ['a', 'b']],
    ['SELECT ?1, ?2', ['a']],
    ['SELECT ?1, ?1', ['a', 'b']],
  ])('%s with %j is refused', (text, values) => {
    expect(() => bind(statement(text), values)).toThrow(/^\d values for \d parameters/)
  })

  test('the value at fault is named', () => {
    const three = statement('SELECT ?1, ?2, ?3')
    expect(() => bind(three, [1, 2, Number.NaN])).toThrow('The value for ?3 is NaN')
  })
})

describe('out', () => {
  test('a row of a driver', () => {
    expect(takeRow(['a', 1n, 1.5, null, BigInt(most), BigInt(-most)])).toEqual(['a', 1, 1.5, null, most, -most])
  })

  test('something like an array', () => {
    expect(takeRow({ length: 2, 0: 'a', 1: 2n })).toEqual(['a', 2])
  })

  test.each<[string, unknown, string]>([
    ['2^53', 2n ** 53n, 'The integer 9007199254740992 is beyond 2^53'],
    ['-2^53', -(2n ** 53n), 'beyond 2^53'],
    ['bytes', Buffer.from('a'), 'BLOB'],
    ['an ArrayBuffer', new ArrayBuffer(1), 'BLOB'],
  ])('%s is refused', (_name, value, why) => {
    expect(() => takeRow([value])).toThrow(why)
  })
})
