#!/usr/bin/env node
// The `truth` command. One file a command, loaded when it is asked for.
// Exit codes: 0 good, 1 problems found, 2 wrong usage.

import module from 'node:module'
import process from 'node:process'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Trust } from '../http/front.ts'
import { version } from './version.ts'

// PERF: from Node 22.1 on, a third of what it takes to start is compiling what was compiled before.
const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
enableCompileCache?.()

const program = new Command('truth')
  .description('One file says what an app is; truth checks it and runs it.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(truth --help shows what there is)')

const port = (text: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.')
}

program
  .command('check')
  .description('report everything that is wrong with an app')
  .argument('[folder]', 'the app folder, or a truth file', '.')
  .addOption(
    new Option('--format <format>', 'how to print').choices(['pretty', 'json', 'github', 'sarif']).default('pretty'),
  )
  .option('--json', 'short for --format json')
  .option('--watch', 'check again on every save')
  .option('--no-prove', 'do not prove that every rule is answered alike in memory and by the database')
  .option('--report', 'also write schema_validation_result.txt beside the app')
  .action(async (folder: string, options) => {
    const { check } = await import('./check.ts')
    process.exitCode = await check(folder, { ...options, format: options.json ? 'json' : options.format })
  })

async function trusted(addresses: string | undefined): Promise<Trust | undefined> {
  if (addresses === undefined) return undefined
  const { trustIn } = await import('../http/front.ts')
  try {
    return trustIn(addresses)
  } catch {
    return program.error(
      `error: '${addresses}' is no list of proxies. Write addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between.`,
    )
  }
}

program
  .command('serve')
  .description('run an app: database, API and pages')
  .argument('[folder]', 'the app folder, or a truth file', '.')
  .option('--port <port>', 'port to listen on; 0 takes a free one', port, 3000)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .addOption(new Option('--dev', 'watch and reload on save (the default)').conflicts('prod'))
  .option('--prod', 'no watching, JSON logs')
  .option(
    '--trust-proxy <addresses>',
    'proxies whose X-Forwarded headers are believed: addresses, networks, loopback, uniquelocal',
  )
  .option('--admin <email>', 'make the user with this address an admin, then go on serving')
  .action(async (folder: string, options) => {
    const { serve } = await import('./serve.ts')
    process.exitCode = await serve(folder, { ...options, trust: await trusted(options.trustProxy) })
  })

program
  .command('types')
  .description('write TypeScript declarations of the rows, for the code around the app')
  .argument('[folder]', 'the app folder, or a truth file', '.')
  .option('--out <file>', 'where; by default app.types.ts beside the truth file')
  .option('--watch', 'write again on every save')
  .action(async (folder: string, options) => {
    const { types } = await import('./types.ts')
    process.exitCode = await types(folder, options)
  })

program
  .command('migrate')
  .description('show, do or list the changes of the database that an app needs')
  .argument(
    '[action]',
    'plan: show them with their SQL; apply: do them; status: what was done and what is left',
    'plan',
  )
  .argument('[folder]', 'the app folder, or a truth file', '.')
  .option('--json', 'print data')
  .option('--allow-data-loss', 'drop what the app does not declare, and empty values that no longer fit')
  .action(async (action: string, folder: string, options) => {
    const { migrate, migrateActions } = await import('./migrate.ts')
    const known = migrateActions.find((name) => name === action)
    if (!known) return program.error(`error: '${action}' is none of ${migrateActions.join(', ')}.`)
    process.exitCode = await migrate(known, folder, options)
  })

program
  .command('init')
  .description('make a small app that runs')
  .argument('[folder]', 'where', '.')
  .action(async (folder: string) => {
    const { init } = await import('./init.ts')
    process.exitCode = await init(folder)
  })

program
  .command('lsp')
  .description('the language server, for editors; speaks LSP on standard input and output')
  .allowUnknownOption()
  .allowExcessArguments()
  .option('--stdio', 'speak on standard input and output (the default)')
  .action(async () => {
    const { lsp } = await import('./lsp.ts')
    await lsp()
  })

/** Faults of the machine that a person can mend, in a sentence; undefined for faults of our own. */
function systemFault(error: unknown): string | undefined {
  const { code, path, port } = error as { code?: string; path?: string; port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another with --port, or 0 for any that is free.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `No permission to write ${path ?? 'there'}.`
  if (code === 'ENOTDIR') return `${path ?? 'The path'} leads through a file that is no folder.`
  if (code === 'ENOENT') return `There is no ${path ?? 'such file'}.`
  return undefined
}

// A reader who has seen enough, such as `head`, is no fault: the command goes on to its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

try {
  await program.parseAsync()
} catch (error) {
  const told = systemFault(error)
  if (told !== undefined) {
    process.stderr.write(`error: ${told}\n`)
    process.exit(1)
  }
  if (!(error instanceof CommanderError)) throw error
  // Help and version were asked for; everything else is wrong usage and was explained on stderr.
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
