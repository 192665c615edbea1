// How long a file of 100 entities takes: `truth check` as a whole process, with proofs known or not, `analyse` alone once
// warm, and the proof of one rule once warm.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** N entities with 8 fields and 4 permissions each, all different. */
export function sampleApp(count) {
  const entity = (n) => `    Entity${n}: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        body: { type: 'text' },
        status: { type: 'enum', options: ['open', 'busy', 'done${n}'], default: 'open' },
        rank: { type: 'integer', min: 0, max: ${n + 10} },
        due: { type: 'date' },
        follows: { type: 'relation', to: 'Entity${(n + 1) % count}' },
        assignee: { type: 'relation', to: 'User' },
        createdBy: { type: 'relation', to: 'User', default: 'user' },
      },
      permissions: {
        create: "authenticated && (user.role == 'admin' || rank < ${n})",
        read: "status != 'done${n}' || authenticated",
        update: "owner || assignee == user && rank > ${n} || follows.assignee == user",
        delete: "owner && status == 'done${n}' || user.role == 'admin'",
      },
    },`
  return `import { defineApp } from 'truthfile'

export default defineApp({
  name: 'Sample',
  entities: {
    User: {
      fields: { email: { type: 'string', unique: true }, role: { type: 'enum', options: ['admin', 'user'], update: "user.role == 'admin'" } },
      permissions: { read: 'authenticated' },
    },
${Array.from({ length: count }, (_, n) => entity(n)).join('\n')}
  },
})
`
}

/** Microseconds for each rule of the sample app and of the CRM to be proved, once warm. */
async function proofs(text) {
  // Nothing that is published exports the prover; libsql is found from beside the bundle.
  const outfile = 'dist/bench-prove.mjs'
  const entry = `export { openProver } from './runtime/database/prove.ts'
export { analyse } from './runtime/truth/analyse.ts'
export { compileExpression } from './expr/index.ts'`
  await build({
    stdin: { contents: entry, resolveDir: '.', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  const { openProver, analyse, compileExpression } = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  const crm = (file) => {
    const path = join('examples/crm', file)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
  return [text, crm].map((source) => {
    const { app, sites } = analyse(source)
    const rules = sites.filter(({ kind }) => kind === 'expression')
    const prover = openProver(app.schema)
    const spent = []
    for (let round = 0; round < 5; round++) {
      for (const { node, scope } of rules) {
        // Compiled anew, so that nothing of the rule is left from before.
        const { expression } = compileExpression(node.value, scope)
        const start = performance.now()
        if (prover.prove(expression, scope).disagreement) throw new Error(node.value)
        if (round > 0) spent.push((performance.now() - start) * 1000)
      }
    }
    prover.close()
    return { median: median(spent), mean: spent.reduce((sum, one) => sum + one, 0) / spent.length }
  })
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  const text = sampleApp(100)
  writeFileSync(join(folder, 'app.truth.ts'), text)
  const timed = (before, ...options) => {
    const spent = Array.from({ length: 7 }, () => {
      before()
      const start = performance.now()
      const args = ['dist/truth.js', 'check', folder, ...options]
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stdout + stderr)
      return performance.now() - start
    })
    return median(spent)
  }
  const nothing = () => undefined
  const forget = () => rmSync(join(folder, '.truth'), { recursive: true, force: true })
  const first = timed(forget)
  const whole = timed(nothing)
  const unproved = timed(nothing, '--no-prove')
  const bare = []
  for (let index = 0; index < 7; index++) {
    const start = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    bare.push(performance.now() - start)
  }
  const { analyse } = await import(pathToFileURL('dist/index.js').href)
  const warm = []
  for (let index = 0; index < 60; index++) {
    // A number of its own in each text, so that nothing is remembered whole.
    const start = performance.now()
    const { app } = analyse(text.replaceAll('maxLength: 200', `maxLength: ${200 + index}`))
    if (!app) throw new Error('the sample app is faulty')
    if (index >= 20) warm.push(performance.now() - start)
  }
  rmSync(folder, { recursive: true })
  console.log(`\ncheck, 100 entities (${Math.round(text.length / 1024)} KB)`)
  console.log(
    `  truth check, whole process   ${whole.toFixed(0)} ms   (bar 700; node alone ${median(bare).toFixed(0)})`,
  )
  console.log(`  truth check --no-prove       ${unproved.toFixed(0)} ms`)
  console.log(`  truth check, the first time  ${first.toFixed(0)} ms   (402 rules proved)`)
  console.log(`  analyse, warm                ${median(warm).toFixed(1)} ms   (bar 40)`)
  const [sample, crm] = await proofs(text)
  const line = ({ median, mean }) => `median ${median.toFixed(0)} µs, mean ${mean.toFixed(0)}`
  console.log(`  proof of a rule, warm        ${line(sample)}; examples/crm ${line(crm)}   (bar 2000)`)
}
