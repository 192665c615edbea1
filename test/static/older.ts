// What TypeScript 5.9 and 6.0 say of single expressions, and of whole apps.

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

function fileOnce(
  ts: Compiler,
  name: string,
  read: () => typescript6.SourceFile | undefined,
): typescript6.SourceFile | undefined {
  const key = `${ts.version} ${name}`
  if (!shared.has(key)) shared.set(key, read())
  return shared.get(key)
}

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
    return fileOnce(ts, name, () => getSourceFile.call(host, name, ...rest))
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

/** What `tsc -p` prints of a project, which takes half the time here: the compiler is at work already. */
const printedBy =
  (ts: Compiler) =>
  (config: string): string => {
    const host = {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }: typescript6.Diagnostic) => expect(messageText).toBe(''),
    }
    const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, host)
    if (!parsed) throw new Error('no project')
    const files = ts.createCompilerHost(parsed.options)
    const { getSourceFile } = files
    files.getSourceFile = (name, ...rest) => {
      const read = () => getSourceFile.call(files, name, ...rest)
      return name.includes('/node_modules/') ? fileOnce(ts, name, read) : read()
    }
    const program = ts.createProgram(parsed.fileNames, parsed.options, files)
    return ts.formatDiagnostics([...parsed.errors, ...ts.getPreEmitDiagnostics(program)], files)
  }

const compilers: readonly Compiler[] = [typescript5 as unknown as Compiler, typescript6]

export const older: readonly (readonly [version: string, judge: Judge])[] = compilers.map((ts) => [
  ts.version,
  judgeBy(ts),
])

export const printed: readonly (readonly [version: string, printed: (config: string) => string])[] = compilers.map(
  (ts) => [ts.version, printedBy(ts)],
)
