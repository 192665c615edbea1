// Figures, and short lists of rows below them.

import type { Entity, Field } from '../truth/app.ts'
import { Layout } from './layout.tsx'
import { Cell } from './list.tsx'
import { columnLabel, type Frame, type Labels, type RowValues } from './model.ts'
import { Value } from './value.tsx'

/** With a field, the value is one of that field. */
export type Figure = { readonly label: string; readonly value: unknown; readonly field?: Field | undefined }

export type Table = {
  readonly title: string
  readonly entity: Entity
  readonly columns: readonly string[]
  readonly rows: readonly RowValues[]
  readonly labels: Labels
  readonly allHref: string
}

export type DashboardProps = {
  readonly frame: Frame
  readonly heading: string
  readonly figures: readonly Figure[]
  readonly tables: readonly Table[]
  readonly hrefOf: (entity: string, id: string) => string | undefined
}

const rounded = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

export function DashboardPage({ frame, heading, figures, tables, hrefOf }: DashboardProps) {
  return (
    <Layout frame={frame}>
      <h1>{heading}</h1>
      {figures.length + tables.length === 0 && <p class="empty">There is nothing here yet.</p>}
      {figures.length > 0 && (
        <dl class="figures">
          {figures.map((figure) => (
            <div class="card">
              <dt>{figure.label}</dt>
              <dd>
                <Shown {...figure} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {tables.map((table) => (
        <Rows table={table} hrefOf={hrefOf} />
      ))}
    </Layout>
  )
}

function Shown({ value, field }: Figure) {
  if (typeof value === 'number') return <span>{rounded.format(value)}</span>
  return <Value field={field} value={value} labels={new Map()} hrefOf={() => undefined} />
}

function Rows({ table, hrefOf }: { readonly table: Table; readonly hrefOf: DashboardProps['hrefOf'] }) {
  const { title, entity, columns, rows, labels, allHref } = table
  return (
    <section class="related">
      <div class="bar">
        <h2>{title}</h2>
        <a href={allHref}>All {entity.labelPlural.toLowerCase()}</a>
      </div>
      {rows.length === 0 ? (
        <p class="empty">None yet.</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th scope="col">{columnLabel(entity, name)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {columns.map((name, index) => (
                    <Cell row={row} name={name} isFirst={index === 0} entity={entity} labels={labels} hrefOf={hrefOf} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
