// What plain `tsc` says of single expressions, beside what the checker says.

import process from 'node:process'
import { compileExpression, type Schema } from 'truthfile/expr'
import typescript6 from 'typescript'
import typescript5 from 'typescript-5'
import { expect } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

/** A schema as the literal type of an app's entities. */
const typeText = (schema: Schema): string => {
  const entities = Object.fromEntries(
    [...schema.entities].map(([name, { fields }]) => [name, { fields: Object.fromEntries(fields) }]),
  )
  return JSON.stringify(entities).replaceAll('[', 'readonly [')
}

export type Compiler = typeof typescript6

/** The oldest is slow, so it is for `npm test`. Version 7 has no compiler to call from here: `app.test.ts` runs its command. */
export const compilers: readonly (readonly [version: string, ts: Compiler])[] =
  process.env.TRUTH_COMPILERS === 'oldest'
    ? [[typescript5.version, typescript5 as unknown as Compiler]]
    : [[typescript6.version, typescript6]]

/** The beginning of a module in which `FaultOf<M, …>` can be asked. */
export const program = (schema: Schema, from: string): string =>
  `import type { FaultOf } from '${from}'\ntype M = { entities: ${typeText(schema)}; auth: '${schema.auth ?? 'User'}' }`

const file = `${root}expr/static/twins.ts`
type Expressions = readonly (readonly [entity: string, source: string])[]

/** Files that all programs of a compiler share: its library and the twin. */
const shared = new Map<string, typescript6.SourceFile | undefined>()

/** A program of expressions, which is nowhere on the disk. */
function compiled(ts: Compiler, schema: Schema, expressions: Expressions): typescript6.Program {
  const lines = expressions.map(
    ([entity, source], index) => `export type T${index} = FaultOf<M, '${entity}', ${JSON.stringify(source)}>['fault']`,
  )
  const text = `${program(schema, './check.ts')}\n${lines.join('\n')}\n`
  const options: typescript6.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return ts.createSourceFile(name, text, ts.ScriptTarget.ES2023)
    const key = `${ts.version} ${name}`
    if (!shared.has(key)) shared.set(key, getSourceFile.call(host, name, ...rest))
    return shared.get(key)
  }
  host.fileExists = (name) => name === file || fileExists.call(host, name)
  host.readFile = (name) => (name === file ? text : readFile.call(host, name))
  return ts.createProgram([file], options, host)
}

/** What `tsc` says of each expression: the message of its fault, or nothing. */
export function judge(ts: Compiler, schema: Schema, expressions: Expressions): (string | undefined)[] {
  const program = compiled(ts, schema, expressions)
  const source = program.getSourceFile(file)
  if (!source) throw new Error('no program')
  expect(program.getSemanticDiagnostics(source).map(({ messageText }) => messageText)).toEqual([])
  const checker = program.getTypeChecker()
  return source.statements
    .filter(ts.isTypeAliasDeclaration)
    .slice(1)
    .map((alias) => {
      const type = checker.getTypeAtLocation(alias.name)
      if (type.flags & ts.TypeFlags.Never) return undefined
      return type.isStringLiteral() ? type.value : checker.typeToString(type)
    })
}

/** What each expression costs in instantiations, beside others that were asked before. */
export function costsOf(schema: Schema, entity: string, sources: readonly string[]): number[] {
  const before = [
    'zzz',
    "owner && (nme == 'x' && !open) || due < now() && maker.team.lead.role != 'admin'",
    "notes == null && at < '2026-01-01' && mood in ['good'] || ratio >= -2.5",
    "min(ratio, 2) < days.length && labels.includes('x' + maker.name.trim()) && at - 3 > now()",
    "watchers.some(w => w.lead.name == 'x')",
  ]
  const cost = (each: readonly string[]): number => {
    const program = compiled(
      typescript6,
      schema,
      each.map((source) => [entity, source]),
    )
    program.getSemanticDiagnostics(program.getSourceFile(file))
    return program.getInstantiationCount()
  }
  const without = cost(before)
  return sources.map((source) => cost([...before, source]) - without)
}

export const check = (schema: Schema, entity: string, source: string) =>
  compileExpression(source, { schema, place: 'read', entity }).diagnostics.filter(
    ({ severity }) => severity === 'error',
  )

/** Said of a character whose number the type level does not know; the checker tells it. */
const noExpression = 'This is not an expression. `truth check` shows where.'
const strangeCharacter = /^U\+[0-9A-F]{4,6} is not a character of the language\.$/

/** Whether the checker says what a compiler says, or that and more. */
export const agrees = (messages: readonly string[], fault: string): boolean =>
  messages.some((message) => (fault === noExpression ? strangeCharacter.test(message) : message.startsWith(fault)))

/** Everything that a compiler refuses the checker refuses, in the same words; how many are refused. */
export function expectTwins(ts: Compiler, schema: Schema, expressions: readonly (readonly [string, string])[]): number {
  const said = judge(ts, schema, expressions)
  let refused = 0
  for (const [index, [entity, source]] of expressions.entries()) {
    const fault = said[index]
    if (fault === undefined) continue
    refused += 1
    const messages = check(schema, entity, source).map(({ message }) => message)
    const both = { source, fault, messages }
    expect({ ...both, agrees: agrees(messages, fault) }).toEqual({ ...both, agrees: true })
  }
  return refused
}
