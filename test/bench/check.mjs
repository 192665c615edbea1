// How long a file of 100 entities takes: `truth check` as a whole process, and `analyse` alone once warm.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

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

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'truth-bench-'))
  const text = sampleApp(100)
  writeFileSync(join(folder, 'app.truth.ts'), text)
  const whole = []
  for (let index = 0; index < 7; index++) {
    const start = performance.now()
    const { status, stdout } = spawnSync(process.execPath, ['dist/truth.js', 'check', folder], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stdout)
    whole.push(performance.now() - start)
  }
  const proved = []
  for (let index = 0; index < 3; index++) {
    const start = performance.now()
    const { status, stderr } = spawnSync(process.execPath, ['dist/truth.js', 'check', folder, '--prove'], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    proved.push((performance.now() - start - median(whole)) / Number(/All of ([\d,]+) rules/.exec(stderr)?.[1]))
  }
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
    `  truth check, whole process   ${median(whole).toFixed(0)} ms   (bar 700; node alone ${median(bare).toFixed(0)})`,
  )
  console.log(
    `  --prove, each of its rules   ${median(proved).toFixed(2)} ms  (bar 2; loading its part of truth included)`,
  )
  console.log(`  analyse, warm                ${median(warm).toFixed(1)} ms   (bar 40)`)
}
