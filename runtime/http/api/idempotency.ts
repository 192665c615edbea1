// `Idempotency-Key`: a POST that is sent again gets the first answer, also after a restart. The answer is stored by the
// transaction that does what was asked; a refusal undoes that, stores nothing and can be tried again.

import { createHash } from 'node:crypto'
import { single, statement } from '../../database/database.ts'
import { withBody } from '../body.ts'
import type { Answer, Call, Outcome } from '../call.ts'
import { badRequest, isRefusal, refusal } from '../refusal.ts'
import type { Service } from '../service.ts'
import { together } from './together.ts'

/** Milliseconds for which an answer is kept. */
const kept = 24 * 60 * 60 * 1000

const find = single(statement('SELECT "request", "answer" FROM "_truth_answers" WHERE "key" = ?1'))
const insert = statement('INSERT INTO "_truth_answers" ("key", "request", "answer", "at") VALUES (?1, ?2, ?3, ?4)')
const sweep = statement('DELETE FROM "_truth_answers" WHERE "at" < ?1')

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

/** Does a POST once for each key of a caller. */
export async function idempotent(
  service: Service,
  call: Call,
  act: (service: Service, call: Call) => Promise<Outcome>,
): Promise<Outcome> {
  const given = call.method === 'POST' ? call.request.headers.get('idempotency-key') : null
  if (given === null) return act(service, call)
  if (!/^[\x21-\x7e]{1,200}$/.test(given))
    return badRequest('idempotency-key', 'An `Idempotency-Key` has 1 to 200 visible ASCII characters.')
  const read = await withBody(call)
  if (isRefusal(read)) return read
  const asked = digest(call.path, call.query.toString(), read.text)
  // SECURITY: an answer is for who asked. Nobody signed in is nobody in particular, so the whole request tells them apart.
  const key = digest(given, call.caller.user?.id ?? '', call.caller.user ? '' : asked)
  return together(service, async (inside, tx) => {
    await tx.run(sweep, [new Date(Date.parse(call.caller.now) - kept).toISOString()])
    const [found] = await tx.run(find, [key])
    if (found && found[0] !== asked)
      return refusal(422, 'idempotency-key', 'This `Idempotency-Key` was used for another request.')
    if (found) return replayed(String(found[1]))
    const outcome = await act(inside, read.whole)
    if (isRefusal(outcome)) return outcome
    await tx.run(insert, [key, asked, JSON.stringify(outcome), call.caller.now])
    return outcome
  })
}

function replayed(stored: string): Answer {
  const answer = JSON.parse(stored) as Answer
  return { ...answer, headers: { ...answer.headers, 'Idempotency-Replayed': 'true' } }
}
