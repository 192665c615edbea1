// What a list offers beside a row: buttons for what needs no more than a yes, links for what needs to be filled in.

import type { Entity } from '../truth/app.ts'
import { type RowValues, rowLabel } from './model.ts'

export type RowActionsProps = {
  readonly entity: Entity
  readonly row: RowValues
  /** `update`, `delete` and behaviors, in order; those that the row's `_can` allows are shown. */
  readonly actions: readonly string[]
  /** The address of the entity's pages. */
  readonly base: string
  /** The address of the list, to come back to. */
  readonly here: string
}

export function RowActions({ entity, row, actions, base, here }: RowActionsProps) {
  const can = (row._can ?? {}) as { readonly [action: string]: boolean }
  const name = rowLabel(entity, row)
  const at = `${base}/${encodeURIComponent(row.id)}`
  return (
    <div class="behaviors">
      {actions
        .filter((action) => can[action] === true)
        .map((action) => {
          const behavior = entity.behaviors.get(action)
          const label = behavior?.label ?? (action === 'update' ? 'Edit' : 'Delete')
          if (action === 'update' || (behavior && behavior.input.size > 0)) {
            return (
              <a class="button quiet" href={action === 'update' ? `${at}/edit` : at} aria-label={`${label} ${name}`}>
                {label}
              </a>
            )
          }
          const button = (
            <button type="submit" class="quiet" aria-label={`${label} ${name}`}>
              {label}
            </button>
          )
          const question = behavior
            ? behavior.confirm
            : entity.softDelete
              ? 'It can be taken back.'
              : 'This cannot be undone.'
          return (
            <form method="post" action={`${at}/${action}`}>
              <input type="hidden" name="_then" value={here} />
              {question === undefined ? (
                button
              ) : (
                <details class="confirm">
                  <summary class="button quiet">{label}</summary>
                  <p>{question}</p>
                  {button}
                </details>
              )}
            </form>
          )
        })}
    </div>
  )
}
