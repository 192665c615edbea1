// Which texts take a parser: those in which something is called or worked out.

import type { Chain, FirstCharacter, Holding, WordCharacter } from './text.ts'

/** What a text holds at least, if it is one of those, or too long. PERF: asked first, since the other has some hundred members. */
export type Suspect = Holding<'(' | ')' | '+' | '-' | '*' | '/' | '%'> | Chain

/** Whether something is called or worked out in a text. */
export type IsWorked<S> = S extends Worked ? true : false

/** A call, or an operator of arithmetic; a minus between digits is one of a date. */
export type Worked =
  | `${string}${WordCharacter}(${string}`
  | `${string}${'+' | '*' | '/' | '%' | ' - ' | ')-' | '-(' | `-${FirstCharacter}` | `${FirstCharacter}${'' | ' '}-`}${string}`
