// What is named and fixed in every small world, so that values can be chosen before there are rows.

/** The instant of every question, in the middle of a day. */
export const instant = '2026-06-15T12:00:00.000Z'

/** The id of a row behind relations. */
export const rowId = (entity: string, index: number): string => `${entity}:${index}`

/** The id of a user who asks. */
export const userId = (index: number): string => `user:${index}`

/** The id of a row that is asked about. */
export const caseId = (index: number): string => `row:${index}`
export const isCaseId = (id: string): boolean => id.startsWith('row:')

/** Stands for the id of the row that holds the value. */
export const itself: unique symbol = Symbol('itself')
