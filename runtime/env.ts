// Settings that differ from place to place.

import process from 'node:process'

/** The environment variable `name`, or else the given default. Read when the app is loaded. */
export const env = (name: string, fallback = ''): string => process.env[name] ?? fallback
