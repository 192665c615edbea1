// One truth file as the static reader sees it: its constants, imports and exports, by name, and its syntax faults.

import ts from 'typescript'
import type { Place } from '../node.ts'

export type Import = {
  readonly specifier: string
  readonly name: string
  /** Where the file is named, and where the name is. */
  readonly place: Place
  readonly nameAt: Place
  /** It is written without `as`, so that another name would need one. */
  readonly bare: boolean
}

export type Module = {
  readonly file: string
  readonly source: ts.SourceFile
  readonly constants: ReadonlyMap<string, ts.Expression>
  readonly imports: ReadonlyMap<string, Import>
  /** Exported name → local name. */
  readonly exports: ReadonlyMap<string, string>
  /** The files all of whose names it exports too: `export * from './task.truth.ts'`. */
  readonly stars: readonly Import[]
  readonly defaultExport?: ts.Expression
  /** The first exported constant that is declared to be an app, by its name or its type. */
  readonly declaredApp?: string
  readonly faults: readonly { readonly message: string; readonly place: Place }[]
  /** Whether running it does more than to define its constants, and so may change what they hold. */
  readonly runs: boolean
}

/** Calls that return their argument unchanged. */
export const definers: ReadonlySet<string> = new Set([
  'defineApp',
  'defineEntity',
  'defineView',
  'defineWorkflow',
  'defineFields',
])

/** `defineApp.unchecked` keeps the types and skips the strings. */
export function definerOf({ expression: callee }: ts.CallExpression): ts.Expression {
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'unchecked' ? callee.expression : callee
}

const isPlainName = (name: ts.Node | undefined): boolean =>
  name !== undefined && ts.isIdentifier(name) && (definers.has(name.text) || name.text === 'env')

/** Whether a file gives one of these names a meaning of its own. */
function isRedefined(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) return isPlainName(node.name)
  if (
    !ts.isImportDeclaration(node) ||
    !(ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text.startsWith('.'))
  )
    return false
  const { name, namedBindings } = node.importClause ?? {}
  const elements = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : []
  return isPlainName(name) || elements.some((element) => isPlainName(element.name))
}

const isAssignment = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment

const isStep = (node: ts.Node): boolean =>
  ts.isPostfixUnaryExpression(node) ||
  (ts.isPrefixUnaryExpression(node) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken))

const isPart = ({ text }: ts.StringLiteral): boolean => text.startsWith('./') || text.startsWith('../')

/** An import or export that runs another file and names nothing of it, so that it is not read. */
function isUnread(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) {
    const { moduleSpecifier: from, exportClause: names } = node
    if (!from || !ts.isStringLiteral(from)) return false
    return names && ts.isNamedExports(names) ? names.elements.length === 0 : !isPart(from)
  }
  if (!ts.isImportDeclaration(node)) return false
  const { name, namedBindings } = node.importClause ?? {}
  return !name && !(namedBindings && (ts.isNamespaceImport(namedBindings) || namedBindings.elements.length > 0))
}

/** Whether something may happen in a part of a file; the body of a function is not run before somebody calls it. */
function runs(node: ts.Node): boolean {
  if (isRedefined(node) || isUnread(node)) return true
  if (ts.isFunctionLike(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return false
  if (ts.isCallExpression(node) ? !isPlainName(definerOf(node)) : isAssignment(node) || isStep(node)) return true
  switch (node.kind) {
    case ts.SyntaxKind.NewExpression:
    case ts.SyntaxKind.DeleteExpression:
    case ts.SyntaxKind.TaggedTemplateExpression:
    case ts.SyntaxKind.AwaitExpression:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.ThrowStatement:
    case ts.SyntaxKind.Decorator:
      return true
    default:
      return ts.forEachChild(node, runs) ?? false
  }
}

const isExported = (node: ts.VariableStatement): boolean =>
  node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false

const isAppType = (type: ts.TypeNode | undefined): boolean =>
  type !== undefined &&
  ts.isTypeReferenceNode(type) &&
  ts.isIdentifier(type.typeName) &&
  type.typeName.text === 'AppDefinition'

export function placeOf(node: ts.Node, source: ts.SourceFile): Place {
  return { file: source.fileName, start: node.getStart(source), end: node.getEnd() }
}

/** Syntax faults. TypeScript keeps them on the source file, though not in its public types. */
function faultsOf(source: ts.SourceFile): Module['faults'] {
  const kept = (source as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? []
  return kept.map((fault) => ({
    message: ts.flattenDiagnosticMessageText(fault.messageText, ' '),
    place: { file: source.fileName, start: fault.start, end: fault.start + Math.max(fault.length, 1) },
  }))
}

function importsOf(statement: ts.ImportDeclaration, source: ts.SourceFile): [string, Import][] {
  if (!ts.isStringLiteral(statement.moduleSpecifier)) return []
  const specifier = statement.moduleSpecifier.text
  const place = placeOf(statement.moduleSpecifier, source)
  const clause = statement.importClause
  const found: [string, Import][] = []
  const add = (local: ts.Identifier, name: string, at: ts.Node, bare = false): void =>
    void found.push([local.text, { specifier, name, place, nameAt: placeOf(at, source), bare }])
  if (clause?.name) add(clause.name, 'default', clause.name)
  const bindings = clause?.namedBindings
  if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name, '*', bindings.name)
  if (bindings && ts.isNamedImports(bindings)) {
    for (const element of bindings.elements) {
      const given = element.propertyName ?? element.name
      add(element.name, given.text, given, !element.propertyName)
    }
  }
  return found
}

type Export =
  | { readonly name: string; readonly local: string; readonly from?: Import }
  | { readonly name: undefined; readonly local: undefined; readonly from: Import }

/** What a statement exports; with a file that it comes from, by a local name that no program can write. */
function exportsOf({ moduleSpecifier, exportClause }: ts.ExportDeclaration, source: ts.SourceFile): Export[] {
  const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined
  const place = placeOf(moduleSpecifier ?? source, source)
  const from = (name: string, at?: ts.Node, bare = false): Import => ({
    specifier: specifier ?? '',
    name,
    place,
    nameAt: at ? placeOf(at, source) : place,
    bare,
  })
  if (!exportClause) return specifier === undefined ? [] : [{ name: undefined, local: undefined, from: from('*') }]
  const hidden = (name: string): string => `${name} from ${specifier}`
  if (ts.isNamespaceExport(exportClause)) {
    const name = exportClause.name.text
    return specifier === undefined ? [] : [{ name, local: hidden(name), from: from('*') }]
  }
  return exportClause.elements.map((element) => {
    const name = element.name.text
    const given = element.propertyName ?? element.name
    const local = given.text
    return specifier === undefined
      ? { name, local }
      : { name, local: hidden(name), from: from(local, given, !element.propertyName) }
  })
}

const tooDeep = 'This file is nested too deeply to be read.'

/** TypeScript's parser recurses, and ends in a RangeError on text that is nested thousands of levels deep. */
function parse(file: string, text: string): { readonly source: ts.SourceFile; readonly tooDeep: boolean } {
  const read = (of: string): ts.SourceFile =>
    ts.createSourceFile(file, of, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS)
  try {
    return { source: read(text), tooDeep: false }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { source: read(''), tooDeep: true }
  }
}

/** Parses a file. Never throws: whatever can be read of a half-typed text is there. */
export function readModule(file: string, text: string): Module {
  const parsed = parse(file, text)
  const { source } = parsed
  const constants = new Map<string, ts.Expression>()
  const imports = new Map<string, Import>()
  const exports = new Map<string, string>()
  const stars: Import[] = []
  let defaultExport: ts.Expression | undefined
  let declaredApp: string | undefined
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.Const) {
      for (const declaration of statement.declarationList.declarations) {
        if (!ts.isIdentifier(declaration.name) || !declaration.initializer) continue
        const name = declaration.name.text
        constants.set(name, declaration.initializer)
        if (!isExported(statement)) continue
        exports.set(name, name)
        if (isAppType(declaration.type) || name === 'App') declaredApp ??= name
      }
    } else if (ts.isImportDeclaration(statement)) {
      if (statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) continue
      for (const [local, entry] of importsOf(statement, source)) imports.set(local, entry)
    } else if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
      defaultExport = statement.expression
    } else if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) {
      for (const { name, local, from } of exportsOf(statement, source)) {
        if (name === undefined) stars.push(from)
        else exports.set(name, local)
        if (name !== undefined && from) imports.set(local, from)
      }
    }
  }
  return {
    file,
    source,
    constants,
    imports,
    exports,
    stars,
    ...(defaultExport && { defaultExport }),
    ...(declaredApp && { declaredApp }),
    runs: source.statements.some(runs),
    faults: parsed.tooDeep ? [{ message: tooDeep, place: { file, start: 0, end: 1 } }] : faultsOf(source),
  }
}
