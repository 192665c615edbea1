// The log: JSON lines in production, readable text on a terminal in development. Both on standard error, so that what a
// command prints for people stays apart.

import pino from 'pino'
import pretty from 'pino-pretty'
import type { Log, Mode } from './http/service.ts'

export function createLog(mode: Mode, level: string): Log {
  const options = { level, base: null, redact: ['password', '*.password', 'authorization', 'cookie'] }
  if (mode === 'production') return pino(options, pino.destination(2))
  return pino(
    options,
    pretty({ destination: 2, sync: true, singleLine: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' }),
  )
}
