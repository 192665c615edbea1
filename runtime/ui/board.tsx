// Rows in columns by a field (kanban), or day by day (calendar).

import type { Entity } from '../truth/app.ts'
import { Layout } from './layout.tsx'
import { columnLabel, type Frame, type Labels, type RowValues, rowLabel } from './model.ts'
import { Stripe, Value } from './value.tsx'

export type Lane = { readonly label: string; readonly rows: readonly RowValues[] }

export type BoardProps = {
  readonly frame: Frame
  readonly entity: Entity
  readonly heading: string
  readonly lanes: readonly Lane[]
  readonly cardFields: readonly string[]
  readonly titleField: string | undefined
  /** The field that colours a card. */
  readonly colorField: string | undefined
  readonly labels: Labels
  readonly hrefOf: (entity: string, id: string) => string | undefined
  readonly newHref: string | undefined
  /** Side by side, or one below the other. */
  readonly across: boolean
  readonly more: boolean
}

export function BoardPage(props: BoardProps) {
  const { frame, entity, heading, lanes, newHref, across, more } = props
  return (
    <Layout frame={frame}>
      <div class="bar">
        <h1>{heading}</h1>
        {newHref && (
          <a class="button" href={newHref}>
            New {entity.label.toLowerCase()}
          </a>
        )}
      </div>
      {lanes.length === 0 && <p class="empty">There is nothing here yet.</p>}
      <div class={across ? 'board' : 'agenda'}>
        {lanes.map((lane) => (
          <section>
            <h2>
              {lane.label} <span class="count">{lane.rows.length}</span>
            </h2>
            <ul class="cards">
              {lane.rows.map((row) => (
                <Card row={row} {...props} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {more && <p class="hint">Only the first rows are shown. The list has them all.</p>}
    </Layout>
  )
}

function Card({
  row,
  entity,
  cardFields,
  titleField,
  colorField,
  labels,
  hrefOf,
}: BoardProps & { readonly row: RowValues }) {
  const title = titleField === undefined ? undefined : row[titleField]
  const label = title === undefined || title === null || title === '' ? rowLabel(entity, row) : String(title)
  const href = hrefOf(entity.name, row.id)
  return (
    <li class="card">
      {colorField !== undefined && <Stripe field={entity.fields.get(colorField)} value={row[colorField]} />}
      {href ? <a href={href}>{label}</a> : label}
      <dl>
        {cardFields
          .filter((name) => row[name] !== null && row[name] !== undefined)
          .map((name) => (
            <div>
              <dt>{columnLabel(entity, name)}</dt>
              <dd>
                <Value field={entity.fields.get(name)} value={row[name]} labels={labels} hrefOf={hrefOf} />
              </dd>
            </div>
          ))}
      </dl>
    </li>
  )
}
