// The keys of an app, its settings and workflows.

import { entityKeys } from './entities.ts'
import {
  anything,
  either,
  expression,
  flag,
  type Key,
  key,
  named,
  names,
  needed,
  object,
  oneOf,
  setShape,
  text,
} from './shape.ts'
import { viewKeys } from './views.ts'

const seconds = { is: 'number', integer: true, least: 1 } as const
const count = { is: 'number', integer: true, least: 1 } as const

const settingsKeys = {
  auth: key(
    object({
      enabled: key(flag, 'Whether people can sign in; by default when there is an auth entity.'),
      entity: key(text, 'The entity whose rows are the users; `User` by default.'),
      signUp: key(flag, 'Whether anybody may make an account; true by default.'),
      provider: key(text, 'A module that signs people in too, as with Google: `./auth.ts`.'),
      sessionTimeout: key(seconds, 'Seconds until a session ends; 14 days by default.'),
    }),
    'Accounts.',
  ),
  database: key(
    object({
      url: key(text, 'A file, `:memory:`, or a libSQL address.'),
      authToken: key(text, 'The token of a remote database.'),
      syncUrl: key(text, 'The primary of an embedded replica.'),
      durability: key(oneOf('normal', 'full'), '`full` waits for the disk at every commit.'),
    }),
    'The database.',
  ),
  api: key(
    object({
      prefix: key(text, 'Where the API stands; `/api` by default.'),
      pageSize: key(count, 'Rows of a list; 20 by default.'),
      maxPageSize: key(count, 'The most rows a caller may ask for; 100 by default.'),
      rateLimit: key(count, 'Requests a minute, for each user or address; no limit by default.'),
      cors: key(either(flag, text, names), 'Origins that browsers may call from; none by default.'),
    }),
    'The HTTP API.',
  ),
  ui: key(
    object({
      theme: key(oneOf('light', 'dark', 'auto'), 'Light, dark, or as the device says.'),
      accent: key(text, 'The accent colour in hexadecimal: `#3355cc`.'),
      layout: key(text, 'The arrangement of the pages.'),
    }),
    'The pages.',
  ),
  log: key(
    object({ level: key(oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'), 'How much is logged.') }),
    'The log.',
  ),
}

/** The keys of each kind of action; other kinds come from extensions and are not looked into. */
export const actionKeys: { readonly [type: string]: { readonly [name: string]: Key } } = {
  webhook: {
    url: needed(text, 'Where to send it.'),
    method: key(oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), 'How; `POST` by default.'),
    headers: key({ is: 'named', noun: 'header', of: text, free: true }, 'Headers to send.'),
    data: key(anything, 'What to send.'),
  },
  email: {
    to: needed(text, 'To whom.'),
    subject: needed(text, 'The subject.'),
    message: needed(text, 'The text.'),
  },
  create: { entity: needed(text, 'Of which entity.'), set: key(setShape, 'The values.') },
  update: {
    entity: needed(text, 'Of which entity.'),
    id: needed(text, 'Which row.'),
    set: needed(setShape, 'The values.'),
  },
  delete: { entity: needed(text, 'Of which entity.'), id: needed(text, 'Which row.') },
  emit: { event: needed(text, 'The name of the event.') },
  log: {
    level: key(oneOf('debug', 'info', 'warn', 'error'), 'How loud.'),
    message: needed(text, 'What to write.'),
  },
}

const workflowKeys = {
  trigger: needed(either(text, object({ schedule: needed(text, 'A cron line.') })), 'What starts it.'),
  schedule: key(text, "The cron line, with `trigger: 'schedule'`."),
  condition: key(expression, 'When it runs.'),
  actions: needed(
    { is: 'list', of: { is: 'named', noun: 'key', of: anything, free: true } },
    'What it does, in order.',
  ),
  retry: key(
    object({
      attempts: key(count, 'How often an action is tried.'),
      backoff: key(either(text, { is: 'number', least: 0 }), 'How long to wait between tries.'),
    }),
    'What happens when an action fails.',
  ),
  description: key(text, 'What it is for.'),
}

export const appKeys = {
  name: needed(text, 'The name of the app.'),
  version: key(text, 'Its version.'),
  description: key(text, 'What it is for.'),
  settings: key(object(settingsKeys), 'How it runs.'),
  entities: needed(named('entity', object(entityKeys)), 'What it holds.'),
  views: key(named('view', object(viewKeys)), 'Its pages.'),
  workflows: key(named('workflow', object(workflowKeys)), 'What happens by itself.'),
}
