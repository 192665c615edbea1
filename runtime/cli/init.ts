// `truth init`: a small app that runs at once.

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import process from 'node:process'
import { version } from './version.ts'

const truthFile = (name: string): string => `import { defineApp } from 'truthfile'

export default defineApp({
  name: '${name}',
  entities: {
    User: {
      fields: {
        email: { type: 'string', required: true, unique: true, format: 'email' },
        name: { type: 'string', required: true, maxLength: 100 },
        role: { type: 'enum', options: ['admin', 'user'], default: 'user', update: "user.role == 'admin'" },
      },
      permissions: { read: 'authenticated', update: "user.role == 'admin' || entity == user" },
    },
    Note: {
      fields: {
        title: { type: 'string', required: true, maxLength: 200 },
        body: { type: 'text' },
        pinned: { type: 'boolean', required: true, default: false },
        author: { type: 'relation', to: 'User', required: true, default: 'user' },
      },
      permissions: { create: 'authenticated', read: 'owner', update: 'owner', delete: 'owner' },
      behaviors: { pin: { set: { pinned: true }, requires: 'owner && !pinned' } },
    },
  },
})
`

/** A name for people, out of a folder's name. */
const nameOf = (folder: string): string => {
  const words = basename(folder)
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
  return words === '' ? 'My app' : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Exit code: 0, 1 when there is an app already, which is left alone, or 2 where no folder can be. */
export async function init(path: string): Promise<number> {
  const folder = resolve(path)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    process.stderr.write(`error: ${folder} is a file. Name a folder for the app: truth init my-app\n`)
    return 2
  }
  const file = join(folder, 'app.truth.ts')
  if (existsSync(file)) {
    process.stderr.write(`There is an app already: ${file}\n`)
    return 1
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, truthFile(nameOf(folder)))
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), 'node_modules/\n.truth/\n')
  if (!existsSync(join(folder, 'package.json'))) {
    const manifest = {
      private: true,
      type: 'module',
      scripts: { start: 'truth serve' },
      dependencies: { truthfile: `^${version}` },
    }
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  }
  const shown = relative(process.cwd(), folder) || '.'
  process.stdout.write(`Made ${join(shown, 'app.truth.ts')}.\n\n  npx truth serve ${shown}\n`)
  return 0
}
