// What was proved of an app's rules before, kept in `.truth` beside it: a rule is proved anew when it or the entities
// change, or another Truth is asked. Whatever cannot be read or written is proved again.

import { createHash } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Schema } from '../../expr/index.ts'
import type { Site } from '../truth/model/rule.ts'
import { makeOwnFolder, ownFolder } from './own-folder.ts'
import { version } from './version.ts'

/** Rows times askers, and whether that was every combination. */
export type Proof = { readonly questions: number; readonly isWhole: boolean }

/** Proofs by the key of the rule. */
export type Proofs = ReadonlyMap<string, Proof>

type Kept = { readonly of: string; readonly proofs: { readonly [key: string]: readonly [number, boolean] } }

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, part) => (part instanceof Map ? [...part] : part)))
    .digest('base64url')

export function keyOf({ kind, node, scope }: Site): string {
  const { schema: _, ...rest } = scope
  return hashOf([kind, node.value, rest])
}

/** This very build of Truth, and the entities that it is asked about. */
const askedOf = (schema: Schema): string => hashOf([version, statSync(fileURLToPath(import.meta.url)).mtimeMs, schema])

const fileIn = (folder: string): string => join(ownFolder(folder), 'proofs.json')

export function knownProofs(folder: string, schema: Schema): Proofs {
  try {
    const kept = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Kept
    if (kept.of !== askedOf(schema)) return new Map()
    return new Map(
      Object.entries(kept.proofs).map(([key, [questions, isWhole]]) => [key, { questions, isWhole }] as const),
    )
  } catch {
    return new Map()
  }
}

export function keepProofs(folder: string, schema: Schema, proofs: Proofs): void {
  const kept: Kept = {
    of: askedOf(schema),
    proofs: Object.fromEntries([...proofs].map(([key, { questions, isWhole }]) => [key, [questions, isWhole]])),
  }
  const file = fileIn(folder)
  try {
    makeOwnFolder(folder)
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(kept))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // A folder that cannot be written to is checked all the same.
  }
}
