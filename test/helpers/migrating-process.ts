// A process that migrates and is killed on the way: `migrating <file> <n>` dies right before the n-th statement of the
// transaction; says `done` when it got through.

import process from 'node:process'
import { applySchema } from '../../runtime/database/apply.ts'
import { type Database, openDatabase } from '../../runtime/database/database.ts'
import { nextApp } from './migrating-apps.ts'

const [url = '', killAt = ''] = process.argv.slice(2)

const database = await openDatabase({ url, durability: 'normal' })
let count = 0
const killed: Database = {
  ...database,
  transaction: (work) =>
    database.transaction(async (tx) => {
      const result = await work({
        run: (statement, values) => {
          count += 1
          if (count === Number(killAt)) process.kill(process.pid, 'SIGKILL')
          return tx.run(statement, values)
        },
      })
      // Everything is written, and nothing is committed.
      if (count + 1 === Number(killAt)) process.kill(process.pid, 'SIGKILL')
      return result
    }),
}
await applySchema(killed, nextApp)
await database.close()
process.stdout.write('done\n')
