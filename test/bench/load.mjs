// Servers are asked over kept connections, as fast as they can answer or at a pace, and their CPU is read before and after.

import { Agent, request } from 'node:http'
import { cpuOf } from './server.mjs'

export const connections = 16
const secondsEach = Number(process.env.TRUTH_BENCH_SECONDS ?? 2)
const rounds = 6
/** Rounds in which every connection asks as fast as it is answered. */
const fullRounds = 4
/** Requests before anything is measured, for the engine to have compiled what they run through. */
const warming = 3_000
/** Requests a second at which CPU is compared: the first of these that takes every server at most two thirds of its time. */
const paces = [2_000, 1_000, 700, 500, 350, 200, 100, 50, 20]

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

// A server ends a connection that was idle for five seconds, just when it may be used again.
const agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: 3_000 })

export const hangUp = () => agent.destroy()

export function ask(port, token, { method = 'GET', path, body }) {
  return new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => done({ status: response.statusCode, text: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', fail)
    sent.end(text)
  })
}

/** The answer of a server to a job; throws when the status is not the one that the job expects of it. */
async function askFor(server, job, n) {
  const { status, text } = await ask(server.port, job.token, job.request(n, server.api))
  const expected = job.status(server.api)
  if (status !== expected) throw new Error(`${server.name} ${job.name}: ${status}, not ${expected}: ${text}`)
  return text
}

/**
 * Asks for a while, at most `pace` times a second; requests a second, and the server's CPU in microseconds for each.
 * CPU is compared at one pace for all: a server that is asked faster than it can answer wakes its client with every
 * answer, which costs it more than its own work. At a slow pace being woken is most of the work of a quick server, so
 * requests can come so many at once.
 */
async function load(server, job, pace, atOnce = 1) {
  const until = performance.now() + secondsEach * 1000
  const before = await cpuOf(server.child)
  const started = performance.now()
  let count = 0
  const worker = async () => {
    while (performance.now() < until) {
      const n = count++
      const due = started + ((n - (n % atOnce)) / pace) * 1000
      if (due > performance.now() + 1) await new Promise((later) => setTimeout(later, due - performance.now()))
      await askFor(server, job, n)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const cpu = (await cpuOf(server.child)) - before
  return { rate: count / ((performance.now() - started) / 1000), cpu: cpu / count }
}

async function warm(server, job) {
  let count = 0
  const worker = async () => {
    while (count < warming) await askFor(server, job, count++)
  }
  await Promise.all(Array.from({ length: connections }, worker))
}

/**
 * The pace, and for each server: its CPU for a request at it, the most it answers in a second, and how its CPU stands to
 * the base's, at the pace and with all connections asking as fast as they can.
 */
export async function measure(servers, job, base, atOnce) {
  for (const server of servers) await warm(server, job)
  const most = await inTurns(servers, fullRounds, (server) => load(server, job, Infinity))
  const rateOf = (server) => median(most.get(server).map(({ rate }) => rate))
  const slowest = Math.min(...servers.map(rateOf))
  const pace = paces.find((each) => each * 1.5 <= slowest) ?? paces.at(-1)
  const paced = await inTurns(servers, rounds, (server) => load(server, job, pace, atOnce))
  return {
    pace,
    results: servers.map((server) => ({
      name: server.name,
      cpu: median(paced.get(server).map(({ cpu }) => cpu)),
      rate: rateOf(server),
      ratio: ratioOf(paced, server, base),
      fullRatio: ratioOf(most, server, base),
    })),
  }
}

/** What `work` gives for each server, `rounds` times. Where one stands in the row tells, so each round begins with another. */
async function inTurns(servers, rounds, work) {
  const found = new Map(servers.map((server) => [server, []]))
  for (let round = 0; round < rounds; round++) {
    const at = round % servers.length
    for (const server of [...servers.slice(at), ...servers.slice(0, at)]) found.get(server).push(await work(server))
  }
  return found
}

const ratioOf = (found, server, base) =>
  median(found.get(server).map(({ cpu }, round) => cpu / found.get(base)[round].cpu))

/** Throws unless every server gives the same rows: their ids, but of new ones, and their titles. */
export async function compareAnswers(servers, jobs) {
  // The first once more, to see that whoever was denied changed nothing.
  for (const job of [...jobs, jobs[0]]) {
    const seen = []
    for (const server of servers) {
      const answer = await askFor(server, job, 1)
      const rows = job.status(server.api) < 300 ? server.api.rowsOf(JSON.parse(answer)) : []
      seen.push(JSON.stringify(rows.map(({ id, title, project }) => [job.makes || id, title, project])))
    }
    const other = servers.findIndex((_, at) => seen[at] !== seen[0])
    if (other > 0) throw new Error(`${job.name}: ${servers[other].name} answers ${seen[other]}, not ${seen[0]}`)
  }
}
