// What TypeScript 5.9 and 6.0 say of single expressions.

import type { Schema } from 'truthfile/expr'
import typescript6 from 'typescript'
import typescript5 from 'typescript-5'
import { expect } from 'vitest'
import type { Expressions, Judge } from './judge.ts'
import { program } from './program.ts'

type Compiler = typeof typescript6

const file = new URL('../../expr/static/twins.ts', import.meta.url).pathname

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
    lib: ['lib.es2023.d.ts'],
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

const judgeBy =
  (ts: Compiler): Judge =>
  (schema, expressions) => {
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

export const older: readonly (readonly [version: string, judge: Judge])[] = [
  [typescript5.version, judgeBy(typescript5 as unknown as Compiler)],
  [typescript6.version, judgeBy(typescript6)],
]
