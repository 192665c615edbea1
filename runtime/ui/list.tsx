// A list of rows as a table, with sorting, filters by plain parameters, and the next page.

import type { Entity, Field } from '../truth/app.ts'
import { Find, type FindProps } from './find.tsx'
import { Layout } from './layout.tsx'
import { columnLabel, type Frame, type Labels, type RowValues, rowLabel } from './model.ts'
import { RowActions } from './row-actions.tsx'
import { Value } from './value.tsx'

export type ListProps = {
  readonly frame: Frame
  readonly entity: Entity
  readonly heading: string
  /** The address of the list in another order. */
  readonly sortHref: (sort: string) => string
  readonly columns: readonly string[]
  readonly sortable: ReadonlySet<string>
  readonly find: FindProps
  /** As in the address: `-createdAt`. */
  readonly sort: string
  readonly rows: readonly RowValues[]
  /** What is offered beside each row, as far as its `_can` allows. */
  readonly actions: readonly string[]
  /** The address of this list, and of the entity's pages. */
  readonly here: string
  readonly base: string
  readonly labels: Labels
  readonly hrefOf: (entity: string, id: string) => string | undefined
  readonly next: string | undefined
  readonly first: string | undefined
  readonly newHref: string | undefined
  /** The rows that are not shown: deleted ones, or the others. */
  readonly others: { readonly label: string; readonly href: string } | undefined
  /** Where a row that was deleted is taken back; such rows have no page of their own. */
  readonly restoreHref: ((id: string) => string) | undefined
}

export function ListPage(props: ListProps) {
  const { frame, entity, heading, rows, columns, newHref, others, restoreHref } = props
  const nothing = `There is nothing here${frame.user ? ' yet' : ' that you may see'}.`
  return (
    <Layout frame={frame}>
      <div class="bar">
        <h1>{heading}</h1>
        {newHref && (
          <a class="button" href={newHref}>
            New {entity.label.toLowerCase()}
          </a>
        )}
        {others && (
          <a class="button quiet" href={others.href}>
            {others.label}
          </a>
        )}
      </div>
      <Find {...props.find} />
      {rows.length === 0 ? (
        <p class="empty">{props.find.allHref ? 'Nothing here is like that.' : nothing}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <Heading name={name} {...props} />
                ))}
                {(restoreHref || props.actions.length > 0) && <th scope="col">Actions</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {columns.map((name, index) => (
                    <Cell row={row} name={name} isFirst={index === 0} {...props} />
                  ))}
                  {props.actions.length > 0 && (
                    <td>
                      <RowActions row={row} {...props} />
                    </td>
                  )}
                  {restoreHref && (
                    <td>
                      <form method="post" action={restoreHref(row.id)}>
                        <button type="submit" class="quiet" aria-label={`Restore ${rowLabel(entity, row)}`}>
                          Restore
                        </button>
                      </form>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pages first={props.first} next={props.next} />
    </Layout>
  )
}

function Heading({ name, entity, sortable, sort, sortHref }: ListProps & { readonly name: string }) {
  const label = columnLabel(entity, name)
  if (!sortable.has(name)) return <th scope="col">{label}</th>
  const up = sort === name
  const down = sort === `-${name}`
  return (
    <th scope="col" aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <a href={sortHref(`${up ? '-' : ''}${name}`)}>
        {label}
        {up && <span aria-hidden="true"> ↑</span>}
        {down && <span aria-hidden="true"> ↓</span>}
      </a>
    </th>
  )
}

type CellProps = Pick<ListProps, 'entity' | 'labels' | 'hrefOf'> &
  Partial<Pick<ListProps, 'restoreHref'>> & {
    readonly row: RowValues
    readonly name: string
    readonly isFirst: boolean
  }

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a value has one part and is no link by itself, so that it can be the text of one. */
const isOne = (field: Field | undefined, value: unknown): boolean =>
  typeof value !== 'object' && field?.type !== 'relation' && field?.type !== 'json'

export function Cell({ row, name, isFirst, entity, labels, hrefOf, restoreHref }: CellProps) {
  const href = isFirst && !restoreHref ? hrefOf(entity.name, row.id) : undefined
  const field = entity.fields.get(name)
  const value = row[name]
  const shown = <Value field={field} value={value} labels={labels} hrefOf={hrefOf} />
  if (!href) return <td>{shown}</td>
  const isLink = !isNothing(value) && isOne(field, value)
  // Addresses, too, lead to the row from here: they are written out, and the row's own page links them.
  const text = field?.type === 'string' && field.format !== 'color' ? String(value) : shown
  return (
    <td>
      <a class="row" href={href}>
        {isLink ? text : rowLabel(entity, row)}
      </a>
      {!isLink && !isNothing(value) && shown}
    </td>
  )
}

export function Pages({ first, next }: { readonly first: string | undefined; readonly next: string | undefined }) {
  if (!first && !next) return null
  return (
    <nav class="pages" aria-label="Pages">
      {first && <a href={first}>First page</a>}
      {next && (
        <a rel="next" href={next}>
          Next page
        </a>
      )}
    </nav>
  )
}
