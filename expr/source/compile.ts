// The checked tree as the text of a JavaScript function: what a production bundle holds in place of the compiler. It
// needs neither `eval` nor `new Function`, only the helpers that it calls by the name `truth` (source/helpers.ts).

import type { TypedNode } from '../tree.ts'
import { decideSource } from './decide.ts'
import { valueSource } from './value.ts'
import type { Writer } from './writer.ts'

export type SourceOptions = {
  /** `decision`, the default: whether it is definitely true. `value`: its three-valued value, dates in milliseconds. */
  readonly mode?: 'decision' | 'value'
}

/** The text of `(context) => …`. */
export function compileSource(tree: TypedNode, options: SourceOptions = {}): string {
  const variables: string[] = []
  const constants: string[] = []
  const writerOf = (isSignedIn: boolean): Writer => {
    const writer: Writer = {
      variable: () => {
        variables.push(`v${variables.length}`)
        return variables.at(-1)!
      },
      constant: (code) => {
        constants.push(`const c${constants.length} = ${code}`)
        return `c${constants.length - 1}`
      },
      value: (node) => valueSource(writer, node),
      decide: (node, wanted) => decideSource(writer, node, wanted),
      isSignedIn,
      signedIn: () => (isSignedIn ? writer : writerOf(true)),
    }
    return writer
  }
  const writer = writerOf(false)
  const result = options.mode === 'value' ? writer.value(tree) : writer.decide(tree, true)
  const used = ['user', 'entity', 'next', 'previous'].filter((name) => new RegExp(`\\b${name}\\b`).test(result))
  const lines = [
    ...(used.length > 0 ? [`const { ${used.join(', ')} } = context`] : []),
    ...(variables.length > 0 ? [`let ${variables.join(', ')}`] : []),
    `return ${result}`,
  ]
  const whole = lines.length === 1 ? `(context) => ${result}` : `(context) => {\n  ${lines.join('\n  ')}\n}`
  return constants.length === 0 ? whole : `(() => {\n${constants.join('\n')}\nreturn ${whole}\n})()`
}
