// The built command: formats, exit codes, and that it says what to do.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const command = new URL('../../dist/truth.js', import.meta.url).pathname
const truth = (cwd: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-test-'))
  writeFileSync(
    join(folder, 'app.truth.ts'),
    `import { defineApp } from 'truthfile'\n\nexport default defineApp({\n  name: 'Faulty',\n  entities: { Task: { fields: { title: 'string' }, permissions: { read: "titel == 'x'" } } },\n})\n`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('truth check', () => {
  test('shows the token and the fix, and exits with 1', () => {
    const { status, stdout } = truth(folder, 'check')
    expect(status).toBe(1)
    expect(stdout).toContain('app.truth.ts:5:74')
    expect(stdout).toMatch(/> 5 \| .*\n\s+\|\s+\^{5}\n/)
    expect(stdout).toContain('Did you mean `title`?')
    expect(stdout).toContain('1 error.')
  })

  test('as JSON', () => {
    const { status, stdout } = truth(folder, 'check', '--json')
    expect(status).toBe(1)
    const { ok, error, diagnostics } = JSON.parse(stdout)
    expect([ok, error]).toEqual([false, 1])
    expect(diagnostics[0]).toMatchObject({
      severity: 'error',
      path: 'entities.Task.permissions.read',
      file: 'app.truth.ts',
      range: { start: { line: 4, character: 73 }, end: { line: 4, character: 78 } },
    })
  })

  test('as annotations', () => {
    expect(truth(folder, 'check', '--format', 'github').stdout).toMatch(
      /^::error file=app\.truth\.ts,line=5,endLine=5,col=74,endColumn=79,title=T4\d{3}::/,
    )
  })

  test('as SARIF', () => {
    const { runs } = JSON.parse(truth(folder, 'check', '--format', 'sarif').stdout)
    const [result] = runs[0].results
    expect(result.locations[0].physicalLocation.region).toEqual({
      startLine: 5,
      startColumn: 74,
      endLine: 5,
      endColumn: 79,
    })
    expect(runs[0].tool.driver.rules).toEqual([{ id: result.ruleId }])
  })

  test('as SARIF, of files with odd names', () => {
    const odd = join(folder, 'my apps', 'à 100%')
    mkdirSync(odd, { recursive: true })
    cpSync(join(folder, 'app.truth.ts'), join(odd, 'odd #1?.truth.ts'))
    const uriFrom = (cwd: string, path: string): string =>
      JSON.parse(truth(cwd, 'check', path, '--format', 'sarif').stdout).runs[0].results[0].locations[0].physicalLocation
        .artifactLocation.uri
    const within = 'my apps/à 100%/odd #1?.truth.ts'
    expect(uriFrom(folder, within)).toBe('my%20apps/%C3%A0%20100%25/odd%20%231%3F.truth.ts')
    const elsewhere = uriFrom(odd, '../../app.truth.ts')
    expect(fileURLToPath(elsewhere)).toBe(realpathSync(join(folder, 'app.truth.ts')))
  })

  test('a reader who has seen enough is no fault', async () => {
    for (const options of [[], ['--watch']]) {
      const child = spawn(process.execPath, [command, 'check', ...options], { cwd: folder })
      child.stdout.destroy()
      let said = ''
      child.stderr.on('data', (text) => {
        said += text
      })
      const [status] = await once(child, 'close')
      expect({ options, status, said }).toEqual({ options, status: 1, said: '' })
    }
  })

  test('writes a report beside the app when asked', () => {
    truth(folder, 'check', '--report')
    const file = join(folder, 'schema_validation_result.txt')
    expect(existsSync(file)).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('Did you mean `title`?')
  })

  const copyOf = (name: string): string => {
    const example = join(folder, name)
    cpSync(new URL(`../../examples/${name}`, import.meta.url), example, { recursive: true })
    rmSync(join(example, '.truth'), { recursive: true, force: true })
    return example
  }

  test.each(['tasks', 'blog', 'crm'])('finds nothing in examples/%s, and proves its rules', (name) => {
    const { status, stdout, stderr } = truth(copyOf(name), 'check')
    expect(stdout).toMatch(
      /^No problems\.[\s\S]*\nProved: memory and database answer alike, \d+ rules, [\d,]+ questions\.\n$/,
    )
    expect([status, stderr]).toEqual([0, ''])
  })

  test('proves rules once, and not at all where that is left out', () => {
    const example = copyOf('blog')
    expect(truth(example, 'check', '--no-prove').stdout).not.toContain('Proved')
    expect(existsSync(join(example, '.truth'))).toBe(false)
    truth(example, 'check')
    const kept = join(example, '.truth', 'proofs.json')
    writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll(/\[\d+,/g, '[1000000,'))
    expect(truth(example, 'check').stdout).toMatch(/,000,000 questions\.\n$/)
    expect(JSON.parse(truth(example, 'check', '--json').stdout).ok).toBe(true)
  })

  test('proves nothing of a faulty app', () => {
    const { status, stdout } = truth(folder, 'check')
    expect(status).toBe(1)
    expect(stdout).not.toContain('Proved')
  })

  test('says when there is no app', () => {
    const { status, stdout } = truth(folder, 'check', 'nowhere')
    expect(status).toBe(1)
    expect(stdout).toContain('T1001')
  })
})

test.each([[['check', '--format', 'xml']], [['nothing']], [['serve', '--port', 'x']], [['check', 'a', 'b']]])(
  '%j is wrong usage',
  (args) => {
    const { status, stderr } = truth(folder, ...args)
    expect(status).toBe(2)
    expect(stderr).toContain('error:')
  },
)

test('--help and --version', () => {
  expect(truth(folder, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('check') })
  expect(truth(folder, 'serve', '--help').status).toBe(0)
  expect(truth(folder, '--version').stdout.trim()).toBe(
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
  )
})

test('truth init makes an app without problems, and leaves one alone', () => {
  const target = join(folder, 'my-notes')
  expect(truth(folder, 'init', target).status).toBe(0)
  expect(truth(folder, 'check', target)).toMatchObject({ status: 0, stdout: expect.stringContaining('No problems') })
  const before = readFileSync(join(target, 'app.truth.ts'), 'utf8')
  expect(truth(folder, 'init', target).status).toBe(1)
  expect(readFileSync(join(target, 'app.truth.ts'), 'utf8')).toBe(before)
})

test('truth init where a file stands makes nothing, and says so', () => {
  const file = join(folder, 'taken.txt')
  writeFileSync(file, 'mine')
  const here = truth(folder, 'init', 'taken.txt')
  expect(here).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: .*taken\.txt is a file\./),
  })
  const below = truth(folder, 'init', 'taken.txt/app')
  expect(below).toMatchObject({ status: 1, stderr: expect.stringMatching(/^error: .* leads through a file.*\n$/) })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('a taken port and a folder that is not there are told in a sentence', async () => {
  const { createServer } = await import('node:net')
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => other.once('listening', ready))
  const { port } = other.address() as { port: number }
  const target = join(folder, 'taken')
  truth(folder, 'init', target)
  const served = truth(folder, 'serve', target, '--port', String(port))
  other.close()
  expect(served.status).toBe(1)
  expect(served.stderr).toBe(`error: Port ${port} is taken. Choose another with --port, or 0 for any that is free.\n`)
  const typed = truth(folder, 'types', target, '--out', join(folder, 'no', 'where.ts'))
  expect(typed.stderr).toMatch(/^error: There is no .*where\.ts\.\n$/)
})
