// Random edits of a text, the same for the same seed: what people and editors do to a file, and worse.

/** Numbers from 0 to 1, always the same for one seed. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pieces = [
  'x',
  'user',
  '.',
  "'",
  '"',
  '`',
  '\\',
  '\n',
  '\r\n',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '||',
  '&& ',
  '= ',
  '// ',
  '/*',
  '*/',
  '\ud83d',
  '\ude00',
  '😀',
  '\0',
  '\u2028',
  '${',
  "type: 'string', ",
  'owner',
  "status == 'done'",
  'export default {}',
  'const a = b\n',
  '...a',
  'import ',
  'true',
  '1e999',
]

/** The text after one edit: something typed, deleted, moved or pasted. */
export function randomEdit(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1))
  const piece = pieces[Math.floor(random() * pieces.length)] ?? 'x'
  const length = Math.floor(random() * (random() < 0.1 ? 200 : 6))
  switch (Math.floor(random() * 8)) {
    case 0:
    case 1:
    case 2:
      return text.slice(0, at) + piece + text.slice(at)
    case 3:
    case 4:
      return text.slice(0, at) + text.slice(at + length)
    case 5:
      return text.slice(0, at) + piece + text.slice(at + length)
    case 6: {
      // A stretch of the text itself, pasted elsewhere.
      const from = Math.floor(random() * text.length)
      return text.slice(0, at) + text.slice(from, from + length * 3) + text.slice(at)
    }
    default: {
      // A letter inside a text, which is what typing a rule is.
      const inside = text.indexOf("'", at) + 1
      return inside > 0 ? text.slice(0, inside) + 'abc'.charAt(length % 3) + text.slice(inside) : text
    }
  }
}
