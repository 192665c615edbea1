// Texts that several places share, and that a rename would change where they mean something else.

import type { Analysis } from '../../runtime/truth/analyse.ts'
import { type Place, pathText } from '../../runtime/truth/node.ts'
import { textsIn } from '../occurrences.ts'

/** What an input takes is no name of its own: where it has a field's options, it goes on having them. */
const ofInput = /^entities\.\w+\.behaviors\.\w+\.input\.\w+\.(?:options|values)\b/

/** The path of the first text that holds one of the places, but does not name there what is renamed. */
export function otherMeaning(
  analysis: Analysis,
  places: readonly Place[],
  isRenamed: (id: string) => boolean,
): string | undefined {
  for (const { node, path, names } of textsIn(analysis)) {
    const inside = places.filter(({ file, start }) =>
      node.pieces.some(({ place }) => place.file === file && place.start <= start && start < place.end),
    )
    if (inside.length === 0 || ofInput.test(pathText(path))) continue
    const named = names().filter(({ symbol }) => isRenamed(symbol.id))
    const isMeant = ({ file, start }: Place): boolean =>
      named.some(({ place }) => place.file === file && place.start === start)
    if (!inside.every(isMeant)) return pathText(path)
  }
  return undefined
}
