// `truth serve`: loads the app, brings its database up to date, and answers requests until it is told to stop.

import process from 'node:process'
import pc from 'picocolors'
import { applySchema } from '../database/apply.ts'
import type { Database } from '../database/database.ts'
import { sweepOutbox } from '../database/outbox.ts'
import { makeAdmin } from '../http/accounts/admin.ts'
import type { Trust } from '../http/front.ts'
import { listen } from '../http/listen.ts'
import { createMailer, type Mailer, MailFault } from '../http/mail.ts'
import { createService, type Log, type Mode, type Service } from '../http/service.ts'
import { type Loaded, load } from '../load.ts'
import type { Provided } from '../load-provider.ts'
import { createLog } from '../log.ts'
import type { App } from '../truth/app.ts'
import { writeReport } from './check.ts'
import { counts, pretty, summary } from './format.ts'
import { openApp, whoRuns } from './open.ts'

export type ServeOptions = {
  readonly port: number
  readonly host: string
  readonly prod?: boolean
  readonly admin?: string
  /** The proxies whose word on the caller is taken. */
  readonly trust?: Trust | undefined
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR

/** Brings the tables up to date; the reasons when that cannot be done safely. */
async function migrate(database: Database, app: App): Promise<readonly string[] | undefined> {
  const result = await applySchema(database, app, { by: whoRuns('truth serve') })
  if ('refused' in result) {
    return result.refused.map(({ message, fix }) => `${message}\n  ${fix}`)
  }
  for (const change of result.changes) print(`  ${pc.dim('database')} ${change}`)
  return undefined
}

function printRoutes(app: App, address: string): void {
  const { prefix } = app.settings.api
  print('')
  for (const entity of app.entities.values()) {
    const behaviors = [...entity.behaviors.keys()]
    const more = behaviors.length > 0 ? pc.dim(`  POST /:id/{${behaviors.join(',')}}`) : ''
    print(`  ${entity.name.padEnd(18)} ${prefix}/${entity.path}${more}`)
  }
  if (app.settings.auth.enabled)
    print(`  ${'accounts'.padEnd(18)} ${prefix}/auth/{sign-up,sign-in,sign-out,session,sessions,password}`)
  if (app.settings.auth.enabled && app.settings.auth.provider !== undefined)
    print(`  ${'provider'.padEnd(18)} ${prefix}/auth/provider, ${prefix}/auth/enter`)
  for (const view of app.views.values()) print(`  ${view.name.padEnd(18)} ${view.route}`)
  print(`  ${'explorer'.padEnd(18)} ${prefix}/docs`)
  if (app.workflows.size > 0) {
    const names = [...app.workflows.keys()].join(', ')
    print(`  ${'workflows'.padEnd(18)} ${pc.yellow(`not run by this version, but their events are kept: ${names}`)}`)
  }
  print('')
  print(`${pc.green('Ready')} ${pc.bold(address)}`)
}

function mailerFrom(mode: Mode, log: Log): Mailer | undefined | MailFault {
  try {
    return createMailer(mode, log, process.env)
  } catch (error) {
    if (error instanceof MailFault) return error
    throw error
  }
}

/** The provider that the app names, if it does. */
async function providerOf(app: App, folder: string, mode: Mode): Promise<Provided> {
  const { enabled, provider } = app.settings.auth
  if (!enabled || provider === undefined) return { provider: undefined }
  // SECURITY: libraries take this as leave to do without a secret, unless it says otherwise.
  if (mode === 'production') process.env.NODE_ENV ||= 'production'
  return (await import('../load-provider.ts')).loadProvider(folder, provider)
}

function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}

/** Exit code: 0 after a signal, 1 when the app or its database is not fit to be served. */
export async function serve(path: string, options: ServeOptions): Promise<number> {
  const mode = options.prod ? 'production' : 'development'
  const loaded = await load(path)
  if (loaded.diagnostics.length > 0) print(pretty(loaded, colour))
  if (!loaded.app) return 1
  const log = createLog(mode, loaded.app.settings.log.level)
  const mailer = mailerFrom(mode, log)
  if (mailer instanceof MailFault) {
    print(pc.red(mailer.message))
    return 1
  }
  const found = await providerOf(loaded.app, loaded.folder, mode)
  if ('fault' in found) {
    print(pc.red(found.fault))
    return 1
  }
  const { provider } = found
  const database = await openApp(loaded.app, loaded.folder, 'use')
  const refused = await migrate(database, loaded.app)
  if (refused) {
    print(`${pc.red('The database does not fit the app, and nothing was changed.')}\n\n${refused.join('\n\n')}`)
    await database.close()
    return 1
  }
  let service: Service = createService(loaded.app, database, mode, log, { mailer, provider })
  let problems: string | undefined
  if (options.admin !== undefined) print(await makeAdmin(service, options.admin))
  const token = process.env.TRUTH_METRICS_TOKEN || undefined
  const isMeasured = !options.prod || token !== undefined
  const metrics =
    isMeasured && (await import('../http/metrics.ts')).createMetrics(token, () => service.changes.listeners())
  const server = await listen(
    {
      service: () => service,
      problems: () => problems,
      trust: options.trust,
      ...(metrics && { metrics }),
    },
    options.host,
    options.port,
  )
  const stopped = stopSignal()
  const watcher = options.prod
    ? undefined
    : await watchApp(path, loaded, async (next) => {
        problems = next.problem
        if (!next.app) return false
        const faults = await migrate(database, next.app)
        if (faults) {
          problems = `The database does not fit the app:\n\n${faults.join('\n\n')}`
          print(problems)
          return false
        }
        const before = service
        service = createService(next.app, database, mode, log, before)
        if (next.app.settings.auth.provider !== loaded.app?.settings.auth.provider)
          print(pc.yellow('Another `settings.auth.provider` is taken up at the next start.'))
        before.changes.close()
        return true
      })
  printRoutes(loaded.app, server.address)
  const sweeping = sweepEvents(database, () => service.app, log)
  await stopped
  print('Stopping.')
  clearInterval(sweeping)
  await watcher?.stop()
  service.changes.close()
  await server.stop()
  await database.close()
  return 0
}

const day = 24 * 60 * 60 * 1000
/** Milliseconds: how long events are kept, for listeners who come back, and how often that is looked after. */
const events = { kept: 7 * day, every: day / 24 }

/** Takes old events away, now and from time to time; those of an app with workflows are theirs. */
function sweepEvents(database: Database, app: () => App, log: Log): NodeJS.Timeout {
  const sweep = async (): Promise<void> => {
    if (app().workflows.size > 0) return
    try {
      await sweepOutbox(database, new Date(Date.now() - events.kept).toISOString())
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'old events not swept')
    }
  }
  void sweep()
  return setInterval(() => void sweep(), events.every)
}

type Next = { readonly app: App | undefined; readonly problem: string | undefined }

/** Loads the app again after each save; the last good one stays while `swap` does not take the new one. */
async function watchApp(path: string, first: Loaded, swap: (next: Next) => Promise<boolean>) {
  const { watchFiles } = await import('../dev/watch.ts')
  return watchFiles(first.paths, async () => {
    const started = performance.now()
    const loaded = await load(path)
    writeReport(loaded)
    const { error } = counts(loaded.diagnostics)
    const taken = await swap({ app: loaded.app, problem: error > 0 ? pretty(loaded, false) : undefined })
    const took = Math.round(performance.now() - started)
    if (taken) print(`${pc.green('Reloaded')} in ${took} ms. ${summary(loaded)}`)
    else if (!loaded.app) print(pretty(loaded, colour))
    if (!taken) print(pc.yellow('The last good app goes on running.'))
    return loaded.paths
  })
}
