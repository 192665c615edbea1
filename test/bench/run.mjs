// `npm run bench [expr|check|http|changes|lsp]`: figures as ratios to a limit measured in the same run. Nothing is asserted.

import { execFileSync } from 'node:child_process'

const benches = {
  expr: './expr.mjs',
  check: './check.mjs',
  http: './http.mjs',
  changes: './changes.mjs',
  lsp: './lsp.mjs',
}
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
for (const name of asked.length > 0 ? asked : Object.keys(benches)) await (await import(benches[name])).run()
