// The table of diagnostic codes, listed once: what code reports, what the documentation says and what tests try.
// Expressions' own codes (T4xxx) stand in `expr`; this table adds the rest.

import type { CodeInfo, Severity } from '../../expr/codes.ts'
import { loadingCodes } from './codes/loading.ts'
import { policyCodes } from './codes/policy.ts'
import { referenceCodes } from './codes/references.ts'
import { structureCodes } from './codes/structure.ts'
import type { Path, Place } from './node.ts'

export type Code = CodeInfo & { readonly id: string }

export type FaultFix = { readonly message: string; readonly at: Place; readonly text: string }

/** A problem before it has lines: what the rules and the reader report. */
export type Fault = {
  readonly code: Pick<Code, 'id' | 'severity'>
  readonly message: string
  readonly at: Place
  readonly path?: Path
  readonly severity?: Severity
  readonly related?: readonly { readonly message: string; readonly at: Place }[]
  readonly fixes?: readonly FaultFix[]
}

export const codes = { ...loadingCodes, ...structureCodes, ...referenceCodes, ...policyCodes }
