// SQL as text with typed holes. Text comes from the compiler and from the model's identifiers; values are always
// parameters, numbered when the statement is rendered.

/** A value that is bound when the statement runs. */
export type Parameter =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** A field of the signed-in user; nothing when nobody is signed in. `type` says what counts as missing. */
  | { readonly kind: 'user'; readonly field: string; readonly type?: ParameterType }
  /** The instant of the request, canonical text, and its day. */
  | { readonly kind: 'now' }
  | { readonly kind: 'today' }
  /** A value of the behavior's input. */
  | { readonly kind: 'input'; readonly field: string; readonly type?: ParameterType }
  /** A slot that whoever composes the statement fills. */
  | { readonly kind: 'given'; readonly name: string }

/** How a value is read when it is bound. */
export type ParameterType = 'boolean' | 'number' | 'integer' | 'text' | 'date' | 'datetime' | 'list' | 'json'

export type Sql = { readonly parts: readonly (string | Parameter)[] }

/** Writes a fragment: text, other fragments, parameters. Raw values cannot get in. */
export function sql(texts: TemplateStringsArray, ...holes: readonly (Sql | Parameter)[]): Sql {
  const parts: (string | Parameter)[] = []
  texts.forEach((text, index) => {
    append(parts, text)
    const hole = holes[index]
    if (hole === undefined) return
    if ('parts' in hole) for (const part of hole.parts) append(parts, part)
    else parts.push(hole)
  })
  return { parts }
}

function append(parts: (string | Parameter)[], part: string | Parameter): void {
  const last = parts.length - 1
  if (typeof part === 'string' && typeof parts[last] === 'string') parts[last] += part
  else if (part !== '') parts.push(part)
}

/** SECURITY: only for text that the compiler itself wrote, never for anything of a user or a model. */
export const rawSql = (text: string): Sql => ({ parts: [text] })

/** A name of a table or a column, quoted. */
export function identifier(name: string): Sql {
  return { parts: [`"${name.replaceAll('"', '""')}"`] }
}

/** A value as a parameter. */
export function value(constant: string | number | boolean | null): Sql {
  return { parts: [{ kind: 'value', value: constant }] }
}

/** Fragments with a separator between them. */
export function joinSql(list: readonly Sql[], separator: string): Sql {
  const parts: (string | Parameter)[] = []
  list.forEach((each, index) => {
    if (index > 0) append(parts, separator)
    for (const part of each.parts) append(parts, part)
  })
  return { parts }
}
