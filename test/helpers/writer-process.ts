// A process that writes: `writer <file> <name> <count>`. Each transaction stores a row, its event and a count of all of
// them; each id is told on the standard output once it is committed. Every seventh transaction is undone, and up to four
// are asked for at once, so that they are committed together. Begins when it is told to on the standard input, so that
// several begin together.

import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, statement, usualLimits } from '../../runtime/database/database.ts'
import { appendEvent } from '../../runtime/database/outbox.ts'

const [url = '', name = '', count = ''] = process.argv.slice(2)

const insert = statement('INSERT INTO "Task" ("id", "title") VALUES (?1, ?2)')
const total = statement(`SELECT "title" FROM "Task" WHERE "id" = 'total'`)
const setTotal = statement(`UPDATE "Task" SET "title" = ?1 WHERE "id" = 'total'`)

const database = await openDatabase({ url, durability: 'normal' }, { ...usualLimits, busy: 60_000 })

async function write(id: string, undone: boolean): Promise<void> {
  await database.transaction(async (tx) => {
    const [row] = await tx.run(total, [])
    await tx.run(setTotal, [String(Number(row?.[0]) + 1)])
    await tx.run(insert, [id, 'x'.repeat(200)])
    await appendEvent(tx, {
      name: 'Task.created',
      entity: 'Task',
      row: id,
      at: '2026-11-05T10:00:00.000Z',
      user: null,
      before: null,
      after: null,
    })
    if (undone) throw new Error('undone')
  })
  // Written at once, also when the process is killed right after it.
  writeSync(1, `${id}\n`)
}

writeSync(1, 'ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()

async function writeOne(index: number): Promise<void> {
  const undone = index % 7 === 6
  await write(`${name}-${index}${undone ? '-undone' : ''}`, undone).catch((error: unknown) => {
    if (!undone) throw error
  })
}

for (let index = 0; index < Number(count); ) {
  const some = Math.min(1 + (index % 4), Number(count) - index)
  await Promise.all(Array.from({ length: some }, (_, at) => writeOne(index + at)))
  index += some
  await sleep(Math.random() * 2)
}
await database.close()
