// The API against hand-written servers on the same data: requests a second, and the server's CPU for each.

import { compareAnswers, connections, measure } from './load.mjs'
import { noteJobs, prepareNotes } from './notes.mjs'
import { inFolder, install, rows } from './prepare.mjs'
import { start } from './server.mjs'
import { plain, prepareTasks, taskJobs } from './tasks.mjs'

const peers = 'test/bench/peers'

export async function run() {
  install(peers)
  console.log(
    `\nhttp, ${rows} rows, ${connections} connections; CPU of the server for each request at a pace; requests a second at most; ratios of CPU at the pace, and flat out.\nThe lists are the same each time: truth answers them from memory, as nothing is written meanwhile; the limit reads them anew.`,
  )
  await inFolder(async (folder) => compare(await prepareTasks(folder), 'limit', taskJobs))
  await inFolder(async (folder) => compare(await prepareNotes(folder), 'limit-notes', noteJobs))
}

async function compare({ people, copy, serve }, script, jobsOf) {
  const limit = { name: 'limit', api: plain, ...(await start(`${peers}/${script}.mjs`, [copy('limit'), '0'])) }
  const truth = { name: 'truth', api: plain, ...(await serve()) }
  const jobs = jobsOf(people)
  await compareAnswers([truth, limit], jobs)
  for (const job of jobs) {
    const { pace, results } = await measure([truth, limit], job, limit)
    const figures = results.map(
      ({ name, cpu, rate }) => `${name} ${cpu.toFixed(0).padStart(4)} µs ${rate.toFixed(0).padStart(6)}/s`,
    )
    const bar = job.bar ? ` (bar ${job.bar.toFixed(1)})` : ''
    console.log(
      `  ${job.name.padEnd(12)} ${figures.join('   ')}   ratio ${results[0].ratio.toFixed(2)} at ${pace}/s, ${results[0].fullRatio.toFixed(2)} flat out${bar}`,
    )
  }
}
