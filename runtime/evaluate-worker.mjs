// Runs a bundled truth file in a thread of its own and hands back what it exports as plain parts. Plain JavaScript,
// because a worker is started from a file. See `load.ts` for its limits.

import { parentPort, workerData } from 'node:worker_threads'

process.setSourceMapsEnabled(true)

/** No truth file is deeper; a value that contains itself would be. */
const deepest = 100

function partsOf(value, depth, seen) {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return { is: 'plain', value }
    case 'undefined':
      return undefined
    case 'object':
      break
    default:
      return { is: 'foreign', what: typeof value === 'bigint' ? 'a BigInt' : `a ${typeof value}` }
  }
  if (value === null) return { is: 'plain', value }
  if (seen.has(value)) return { is: 'foreign', what: 'a value that contains itself' }
  if (depth > deepest) return { is: 'foreign', what: `nested deeper than ${deepest} levels` }
  const around = new Set(seen).add(value)
  if (Array.isArray(value)) {
    return { is: 'list', items: value.map((item) => partsOf(item, depth + 1, around) ?? { is: 'plain', value: null }) }
  }
  const prototype = Object.getPrototypeOf(value)
  const isModule = value[Symbol.toStringTag] === 'Module'
  if (prototype !== null && prototype !== Object.prototype && !isModule) {
    return { is: 'foreign', what: `an instance of ${prototype.constructor?.name || 'a class'}` }
  }
  const entries = []
  for (const key of Object.keys(value)) {
    const part = partsOf(value[key], depth + 1, around)
    if (part !== undefined) entries.push([key, part])
  }
  return { is: 'object', entries }
}

try {
  const module = await import(workerData.url)
  const app = module.default ?? module.App
  parentPort.postMessage(
    app === undefined ? { fault: 'The file exports no app.' } : { parts: partsOf(app, 0, new Set()) },
  )
} catch (error) {
  const isError = error instanceof Error
  parentPort.postMessage({ fault: isError ? error.message : String(error), stack: isError ? error.stack : undefined })
}
