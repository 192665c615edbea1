// The documentation of diagnostic codes, from the tables that report them.

import type { CodeInfo } from '../../expr/codes.ts'
import { expressionCodes } from '../../expr/messages/table.ts'
import { codes } from '../truth/codes.ts'

const families: readonly (readonly [string, string])[] = [
  ['T1', 'Syntax and loading'],
  ['T2', 'Structure'],
  ['T3', 'References'],
  ['T4', 'Expressions'],
  ['T5', 'Policy'],
]

/** Every code with what it means and its examples, in order. */
export function allCodes(): readonly (CodeInfo & { readonly id: string })[] {
  const own = Object.values(codes)
  const expressions = Object.entries<CodeInfo>(expressionCodes).map(([id, info]) => ({ id, ...info }))
  return [...own, ...expressions].sort((a, b) => a.id.localeCompare(b.id))
}

function section(code: CodeInfo & { readonly id: string }): string {
  const example = (text: string): string => (text === '' ? '' : `\n\`\`\`ts\n${text}\n\`\`\`\n`)
  const wrong = code.wrong === '' ? '' : `\nWrong:\n${example(code.wrong)}`
  const right = code.right === '' ? '' : `\nRight:\n${example(code.right)}`
  return `### ${code.id}\n\n**${code.title}** (${code.severity}). ${code.meaning}\n${wrong}${right}`
}

/** The text of `docs/diagnostics.md`. */
export function diagnosticsDocs(): string {
  const all = allCodes()
  const parts = families.map(([prefix, title]) => {
    const sections = all.filter(({ id }) => id.startsWith(prefix)).map(section)
    return `## ${title}\n\n${sections.join('\n')}`
  })
  const intro =
    'Every problem that `truth check`, `truth serve` and the editor report has a code. This page is made from the table of codes; `npm run docs` writes it.'
  return `# Diagnostics\n\n${intro}\n\n${parts.join('\n')}`
}
