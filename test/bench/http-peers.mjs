// The tasks example as other frameworks serve it, on copies of the same data: CPU for each request, as a ratio to truth.

import { compareAnswers, connections, measure } from './load.mjs'
import { inFolder, install, rows } from './prepare.mjs'
import { start } from './server.mjs'
import { plain, prepareTasks, taskJobs } from './tasks.mjs'

const query = (value) => encodeURIComponent(JSON.stringify(value))

/** Each framework's own dialect; a row that may not be changed is for ZenStack one that is not found. */
const dialects = {
  remult: {
    ...plain,
    list: () => ({ path: '/api/tasks?_limit=20&_sort=id' }),
    update: (id, title) => ({ method: 'PUT', path: `/api/tasks/${id}`, body: { title } }),
    rowsOf: (answer) => [answer].flat(),
  },
  feathers: {
    get: (id) => ({ path: `/tasks/${id}` }),
    list: () => ({ path: '/tasks?$limit=20&$sort[id]=1' }),
    create: (title) => ({ method: 'POST', path: '/tasks', body: { title } }),
    update: (id, title) => ({ method: 'PATCH', path: `/tasks/${id}`, body: { title } }),
    rowsOf: (answer) => [answer].flat(),
    statuses: {},
  },
  zenstack: {
    get: (id) => ({ path: `/api/task/findUnique?q=${query({ where: { id } })}` }),
    list: () => ({ path: `/api/task/findMany?q=${query({ take: 20, orderBy: { id: 'asc' } })}` }),
    create: (title) => ({ method: 'POST', path: '/api/task/create', body: { data: { title } } }),
    update: (id, title) => ({ method: 'PATCH', path: '/api/task/update', body: { where: { id }, data: { title } } }),
    rowsOf: ({ data }) => [data].flat(),
    statuses: { denied: 404 },
  },
}

export async function run() {
  process.env.NODE_ENV = 'production'
  for (const folder of ['peers', 'http-peers']) install(`test/bench/${folder}`)
  await inFolder(async (folder) => {
    const { people, copy, serve } = await prepareTasks(folder)
    const peer = async (name, script, api) => ({ name, api, ...(await start(script, [copy(name), '0'])) })
    const others = [await peer('limit', 'test/bench/peers/limit.mjs', plain)]
    const floor = await peer('node alone', 'test/bench/http-peers/node.mjs', { ...plain, statuses: { denied: 200 } })
    for (const [name, api] of Object.entries(dialects)) {
      others.push(await peer(name, `test/bench/http-peers/${name}.mjs`, api))
    }
    const truth = { name: 'truth', api: plain, ...(await serve()) }
    await compare([truth, ...others], floor, taskJobs(people))
  })
}

async function compare(servers, floor, jobs) {
  await compareAnswers(servers, jobs)
  console.log(
    `\nhttp peers, ${rows} rows, ${connections} connections; CPU of the server for each request at a pace, ${connections} at once, medians of 6 rounds, and times truth; requests a second at most`,
  )
  for (const job of jobs) {
    const { pace, results } = await measure([...servers, floor], job, servers[0], connections)
    console.log(`  ${job.name}, at ${pace}/s`)
    for (const { name, cpu, ratio, rate } of results) {
      const [each, times, most] = [
        cpu.toFixed(0).padStart(6),
        ratio.toFixed(2).padStart(6),
        rate.toFixed(0).padStart(7),
      ]
      console.log(`    ${name.padEnd(10)} ${each} µs ${times} ${most}/s`)
    }
  }
}
