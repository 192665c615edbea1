// Sound expressions, spelt otherwise or with one thing changed.

import fc from 'fast-check'
import { someExpression } from '../expr/arbitrary.ts'

type Change = (source: string, which: number, by: number) => string

/** Puts one of some pieces in the place of one that a pattern finds. */
const replaced =
  (pattern: RegExp, pieces: readonly string[]): Change =>
  (source, which, by) => {
    const places = [...source.matchAll(pattern)]
    const found = places[which % Math.max(1, places.length)]
    if (!found) return source
    return source.slice(0, found.index) + pieces[by % pieces.length] + source.slice(found.index + found[0].length)
  }

const words = (text: string): readonly string[] => text.split(' ')

const names = words('title status mood rank ratio open due at notes labels maker parent parts user role team nobody')
const functions = words('abs round floor ceil min max coalesce has days hours minutes now today nosuch')
const methods = words('startsWith endsWith includes toLowerCase trim some every length nosuch')
const operators = words('+ - * / % == != < >= && || in')
const values = words(
  "'todo' 'x' 3 -1.5 true null now() days(2) title rank due abs(rank) title.length parts maker labels",
)

/** Expressions with a name, a function, a method, a value or an operator put for another. */
export const mistaken = changed([
  replaced(/(?<!['\w])[a-z]+(?![\w'(])/gi, names),
  replaced(/(?<![.\w'])[a-z]+(?=\()/gi, functions),
  replaced(/(?<=\.)[a-zA-Z]+(?=\()/g, methods),
  replaced(/'[^']*'|(?<![\w.])-?\d+(?:\.\d+)?|(?<!['\w])[a-z]+(?:\.[a-z]+)*(?![\w'(.])/gi, values),
  replaced(/(?<= )(?:[-+*/%<>]|[=!<>]=|&&|\|\||in)(?= )/g, operators),
])

/** Expressions with a character too few or too many. */
export const mistyped = changed([
  (source, which) => source.slice(0, which % source.length) + source.slice((which % source.length) + 1),
  (source, which, by) =>
    source.slice(0, which % source.length) + "()'.,+-*! [".charAt(by % 11) + source.slice(which % source.length),
])

const places = /(?<=[(,\s+*&|=<>])(?=[\w('])/g
const paths = /(?<![\w'.(])(?:user|entity|p\d)(?:\.\w+)*(?![\w'(.]| =>)/g

/** Expressions that mean the same, spelt otherwise: blanks, lines, quotes, parentheses, operators. */
export const respelt = changed([
  (source) => source.replace(/ (==|!=|<=?|>=?|[-+*/%]|&&|\|\|) /g, '$1'),
  (source, which) => source.replace(places, (_, at: number) => ['', ' ', '\n', '\t '][(at * 7 + which) % 4]!),
  (source) => source.replaceAll(' == ', ' === ').replaceAll(' != ', ' !== '),
  (source) => (/[\\"]/.test(source) ? source : source.replaceAll("'", '"')),
  (source, which) => source.replace(paths, (path, at: number) => ((at + which) % 2 ? `(${path})` : `( (${path} ))`)),
  (source) => source.replaceAll('entity.', ''),
])

function changed(changes: readonly Change[]): fc.Arbitrary<string> {
  return fc
    .tuple(someExpression, fc.nat(), fc.nat(), fc.nat(changes.length - 1))
    .map(([source, which, by, change]) => changes[change]!(source, which, by))
}
