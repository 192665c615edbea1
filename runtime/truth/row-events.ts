// The events that the runtime itself emits of every row.

import type { Entity } from './app.ts'

export type RowEvent = 'created' | 'updated' | 'deleted' | 'restored'

const always: readonly RowEvent[] = ['created', 'updated', 'deleted']

/** What can happen to a row of an entity; the events are called `Entity.created` and so on. */
export const rowEvents = ({ softDelete }: Pick<Entity, 'softDelete'>): readonly RowEvent[] =>
  softDelete ? [...always, 'restored'] : always
