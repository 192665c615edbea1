// `npm run bench [name …]`: figures as ratios to a limit measured in the same run. Nothing is asserted. Without a name all
// but the peers run, whose packages are installed the first time they are asked for.

import { execFileSync } from 'node:child_process'

const benches = {
  expr: './expr.mjs',
  check: './check.mjs',
  http: './http.mjs',
  changes: './changes.mjs',
  lsp: './lsp.mjs',
}
const peers = {
  'http-peers': './http-peers.mjs',
  'lsp-peers': './lsp-peers.mjs',
}
const all = { ...benches, ...peers }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(all, name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}.`)
  process.exit(2)
}
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
for (const name of asked.length > 0 ? asked : Object.keys(benches)) await (await import(all[name])).run()
