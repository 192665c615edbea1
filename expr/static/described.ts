// How kinds are named in messages, as the checker names its types.

export type EnumKind = { readonly kind: 'enum'; readonly options: readonly string[] }

type Names = {
  boolean: 'a boolean'
  number: 'a number'
  integer: 'an integer'
  string: 'a string'
  date: 'a date'
  datetime: 'a datetime'
  duration: 'a duration'
  json: 'JSON'
  null: '`null`'
}

type Vowel = 'a' | 'e' | 'i' | 'o'

type Article<Word extends string> = Word extends `${Vowel | Uppercase<Vowel>}${string}` ? `an ${Word}` : `a ${Word}`

type Listed<O extends readonly string[]> = O extends readonly [
  infer A extends string,
  infer B extends string,
  infer C extends string,
  infer D extends string,
  infer E extends string,
  infer F extends string,
  ...infer More,
]
  ? `${A}, ${B}, ${C}, ${D}, ${E}, ${F}${More extends readonly [] ? '' : ', …'}`
  : Joined<O>

export type Joined<O extends readonly string[]> = O extends readonly [infer Only extends string]
  ? Only
  : O extends readonly [infer First extends string, ...infer Rest extends readonly string[]]
    ? `${First}, ${Joined<Rest>}`
    : ''

/** A kind in words, with its article. */
export type Described<K> = K extends { readonly kind: infer Kind extends keyof Names }
  ? Names[Kind]
  : K extends EnumKind
    ? `an enum (${Listed<K['options']>})`
    : K extends { readonly kind: 'id'; readonly entity: infer E extends string }
      ? `an id of ${Article<E>}`
      : K extends { readonly kind: 'record'; readonly entity: infer E extends string }
        ? Article<E>
        : K extends { readonly kind: 'collection'; readonly entity: infer E extends string }
          ? `a collection of ${E} rows`
          : K extends { readonly kind: 'list'; readonly element: infer Element }
            ? `a list${ElementNames<Element>}`
            : string

type ElementNames<K> = unknown extends K
  ? ''
  : K extends { readonly kind: 'json' }
    ? ''
    : Described<K> extends `${'an' | 'a'} ${infer Name}`
      ? ` of ${Name}s`
      : ''

export type Capital<K> = Capitalize<Described<K>>
