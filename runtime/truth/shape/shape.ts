// How the shape of a value is described. The tables beside this file use it; `structure` walks them, the editor completes
// from them.

/** Where an expression stands; decides the names in its scope. */
export type ExpressionPlace = 'create' | 'read' | 'update' | 'delete' | 'behavior' | 'computed' | 'workflow' | 'view'

export type Shape =
  | { readonly is: 'text'; readonly choices?: readonly string[] }
  | { readonly is: 'flag' }
  | { readonly is: 'number'; readonly integer?: boolean; readonly least?: number }
  /** Text of the expression language, or `true`/`false`. */
  | { readonly is: 'expression' }
  | { readonly is: 'list'; readonly of: Shape; readonly nonEmpty?: boolean }
  /** An object whose keys are the user's own names. */
  | { readonly is: 'named'; readonly of: Shape; readonly noun: string; readonly free?: boolean }
  | { readonly is: 'object'; readonly keys: Keys }
  /** The first shape that fits the kind of the value. */
  | { readonly is: 'either'; readonly of: readonly Shape[] }
  | { readonly is: 'anything' }

export type Key = {
  readonly shape: Shape
  readonly doc: string
  readonly required?: boolean
  /** The key that this one is another spelling of. */
  readonly sameAs?: string
}

export type Keys = { readonly [name: string]: Key }

export const text: Shape = { is: 'text' }
export const flag: Shape = { is: 'flag' }
export const expression: Shape = { is: 'expression' }
export const anything: Shape = { is: 'anything' }
export const names: Shape = { is: 'list', of: text }
/** Values for fields by name. */
export const setShape: Shape = { is: 'named', noun: 'value', of: anything }
export const oneOf = (...choices: readonly string[]): Shape => ({ is: 'text', choices })
export const either = (...of: readonly Shape[]): Shape => ({ is: 'either', of })
export const object = (keys: Keys): Shape => ({ is: 'object', keys })
export const named = (noun: string, of: Shape): Shape => ({ is: 'named', noun, of })
export const key = (shape: Shape, doc: string): Key => ({ shape, doc })
export const needed = (shape: Shape, doc: string): Key => ({ shape, doc, required: true })
export const alias = (sameAs: string, shape: Shape): Key => ({
  shape,
  sameAs,
  doc: `Another spelling of \`${sameAs}\`.`,
})

const plural = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`)

/** What a shape asks for, in words: `a text`, `true or false`, `a list of texts`. */
export function inWords(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return shape.choices ? `one of ${shape.choices.map((choice) => `'${choice}'`).join(', ')}` : 'a text'
    case 'flag':
      return 'true or false'
    case 'number':
      return shape.integer ? 'a whole number' : 'a number'
    case 'expression':
      return 'an expression (a text), true or false'
    case 'list':
      return shape.of.is === 'text' ? 'a list of texts' : 'a list'
    case 'named':
      return `an object of ${plural(shape.noun)} by name`
    case 'object':
      return 'an object'
    case 'either':
      return shape.of.map(inWords).join(', or ')
    case 'anything':
      return 'any value'
  }
}
