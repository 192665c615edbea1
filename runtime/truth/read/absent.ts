// Imports of what the other file does not export.

import { closest } from '../../../expr/index.ts'
import { codes, type Fault } from '../codes.ts'
import type { Place } from '../node.ts'

export function notExported(file: string, name: string, known: readonly string[], at: Place, bare: boolean): Fault {
  const near = name === 'default' ? undefined : closest(name, known)
  return {
    code: codes.importMissing,
    message: `\`${file}\` exports no \`${name}\`.${near ? ` Did you mean \`${near}\`?` : ''}`,
    at,
    // The file goes on to use the name that it has.
    ...(near && { fixes: [{ message: `Change to \`${near}\``, at, text: bare ? `${near} as ${name}` : near }] }),
  }
}

export function exportedTwice(file: string, name: string, files: readonly string[], at: Place): Fault {
  const several = files.map((one) => `\`${one}\``).join(', ')
  return { code: codes.importMissing, message: `\`${file}\` exports \`${name}\` from several files: ${several}.`, at }
}
