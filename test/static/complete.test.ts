// TypeScript's own service completes names inside of expressions, with nothing of ours at work but the types.

import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const file = `${root}test/static/fixtures/typed.ts`

const declaring = `${root}test/static/fixtures/declaring.ts`

const { options } = ts.parseJsonConfigFileContent(
  { ...ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, include: [], files: [file] },
  ts.sys,
  root,
  { types: [], paths: { truthfile: [declaring] } },
)

let source = ''
let version = 0
const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : '1'),
  getScriptSnapshot: (name) => {
    const found = name === file ? source : ts.sys.readFile(name)
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found)
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
})
afterAll(() => service.dispose())

/** What is offered at `¦` in the `read` rule of Task. */
function offered(rule: string): string[] {
  const text = `import { defineApp } from 'truthfile'
export default defineApp({
  name: 'Typed',
  entities: {
    User: { fields: { name: 'string', role: { type: 'enum', options: ['admin', 'user'] } }, permissions: { read: true } },
    Task: {
      fields: {
        title: 'string',
        open: 'boolean',
        status: { type: 'enum', options: ['todo', 'done'] },
        assignee: { type: 'relation', to: 'User' },
        parts: { type: 'relation', to: 'Task', many: true, inverse: 'whole' },
        whole: { type: 'relation', to: 'Task' },
        pin: { type: 'string', secret: true },
      },
      permissions: { read: "${rule}" },
    },
  },
})
`
  source = text.replace('¦', '')
  version += 1
  return (service.getCompletionsAtPosition(file, text.indexOf('¦'), {})?.entries ?? []).map(({ name }) => name)
}

const everywhere = ['createdAt', 'id', 'updatedAt']
const ofTask = [...everywhere, 'assignee', 'open', 'parts', 'status', 'title', 'whole']

test.each<[string, readonly string[]]>([
  ['¦', [...ofTask, 'authenticated', 'owner', 'user']],
  ['open && ¦', [...ofTask, 'authenticated', 'owner', 'user'].map((name) => `open && ${name}`)],
  ['open && st¦', ['open && status']],
  ['user.¦', [...everywhere, 'name', 'role'].map((name) => `user.${name}`)],
  ['open || whole.assignee.¦', [...everywhere, 'name', 'role'].map((name) => `open || whole.assignee.${name}`)],
  ["status == 't¦'", ["status == 'todo'"]],
  ['status == ¦', ["status == 'todo'", "status == 'done'"]],
  ["user.role == 'x¦'", ["user.role == 'admin'", "user.role == 'user'"]],
  ['parts.some(part => part.¦)', ofTask.map((name) => `parts.some(part => part.${name})`)],
])('%s', (rule, names) => {
  expect(offered(rule).toSorted()).toEqual(names.toSorted())
})
