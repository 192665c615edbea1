// Session tokens: opaque and random. The database holds only their hash, so that a stolen copy of it opens nothing.

import { hash, randomBytes } from 'node:crypto'

export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): string => hash('sha256', token, 'base64url')

/** What a token looks like; anything else needs no look-up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
