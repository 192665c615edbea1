// One code action, as data.

import type { Diagnostic } from '../../runtime/truth/diagnostic.ts'
import type { Edit } from './edits.ts'

export type Action = {
  readonly title: string
  readonly kind: 'quickfix' | 'refactor.extract' | 'refactor.rewrite' | 'source.fixAll' | 'source.format'
  readonly edits: readonly Edit[]
  /** What it mends. */
  readonly diagnostic?: Diagnostic
  /** The one thing to do. */
  readonly preferred?: boolean
}
