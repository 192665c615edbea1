// The shape of a diagnostic code's entry, shared by every room that reports problems (see docs/diagnostics.md).

export type Severity = 'error' | 'warning' | 'information'

/** What a code means, with an example that triggers it and one that does not; the documentation is made from it. */
export type CodeInfo = {
  readonly severity: Severity
  readonly title: string
  readonly meaning: string
  readonly wrong: string
  readonly right: string
}

/** A fault inside an expression; offsets are UTF-16 units from the start of the (unescaped) source text. */
export type Problem = {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly start: number
  readonly end: number
  readonly suggestions?: readonly Suggestion[]
}

/** A fix: replace `start`…`end` of the source text by `text`. */
export type Suggestion = {
  readonly message: string
  readonly start: number
  readonly end: number
  readonly text: string
}
