// ZenStack's language server as its editor extension starts it.

// The parser it is made with is for Node 22.
const grouped = (into) => (values, key) => {
  const groups = into()
  for (const value of values) {
    const name = key(value)
    if (groups.has(name)) groups.get(name).push(value)
    else groups.set(name, [value])
  }
  return groups
}
Map.groupBy ??= grouped(() => new Map())
Object.groupBy ??= (values, key) => Object.fromEntries(grouped(() => new Map())(values, key))
// Standard output belongs to the protocol.
console.log = console.error

const { createZModelLanguageServices } = await import('@zenstackhq/language')
const { startLanguageServer } = await import('langium/lsp')
const { NodeFileSystem } = await import('langium/node')
const { createConnection, ProposedFeatures } = await import('vscode-languageserver/node.js')

const connection = createConnection(ProposedFeatures.all)
startLanguageServer(createZModelLanguageServices({ connection, ...NodeFileSystem }, true).shared)
