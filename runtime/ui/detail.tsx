// One row: its values, what can be done with it, and the rows that belong to it.

import type { Behavior, Entity } from '../truth/app.ts'
import { Fault, FieldInput } from './field-input.tsx'
import { Layout } from './layout.tsx'
import {
  type Choices,
  columnLabel,
  displayed,
  type Faults,
  type Frame,
  groupsOf,
  type Labels,
  type RowValues,
  rowLabel,
  type Typed,
} from './model.ts'
import { Value } from './value.tsx'

export type RelatedList = {
  readonly label: string
  readonly entity: Entity
  readonly rows: readonly RowValues[]
  readonly newHref: string | undefined
  /** Whether there are more rows than these, and where all of them are listed. */
  readonly more: boolean
  readonly allHref: string | undefined
}

export type DetailProps = {
  readonly frame: Frame
  readonly entity: Entity
  readonly row: RowValues
  readonly base: string
  readonly labels: Labels
  readonly hrefOf: (entity: string, id: string) => string | undefined
  readonly canEdit: boolean
  readonly canDelete: boolean
  readonly behaviors: readonly Behavior[]
  readonly choices: ReadonlyMap<string, Choices>
  /** What the inputs of a behavior hold, by its name: their defaults, or what was just typed. */
  readonly inputs: ReadonlyMap<string, { readonly [input: string]: unknown }>
  readonly related: readonly RelatedList[]
  /** What was wrong with the behavior that was just tried. */
  readonly tried?: { readonly behavior: string; readonly faults: Faults; readonly typed: Typed } | undefined
}

export function DetailPage(props: DetailProps) {
  const { frame, entity, row, base, canEdit, canDelete } = props
  const names = [...entity.fields.values()]
    .filter((field) => field.name in row && field.name !== 'id')
    .map((field) => field.name)
  const groups = groupsOf([...names, ...entity.computed.keys()], (name) => name, entity.ui.detailSections)
  return (
    <Layout frame={frame}>
      <p class="crumbs">
        <a href={base}>{entity.labelPlural}</a>
      </p>
      <div class="bar">
        <h1>
          {rowLabel(entity, row)}
          {displayed(entity, 'badge')
            .filter((name) => row[name] !== null && row[name] !== undefined)
            .map((name) => (
              <small class="beside">
                <Value field={entity.fields.get(name)} value={row[name]} labels={props.labels} hrefOf={props.hrefOf} />
              </small>
            ))}
        </h1>
        {canEdit && (
          <a class="button" href={`${base}/${encodeURIComponent(row.id)}/edit`}>
            Edit
          </a>
        )}
        {canDelete && (
          <form method="post" action={`${base}/${encodeURIComponent(row.id)}/delete`}>
            <details class="confirm">
              <summary class="button danger">Delete</summary>
              <p>{entity.softDelete ? 'It can be taken back from the deleted ones.' : 'This cannot be undone.'}</p>
              <button class="danger" type="submit">
                Delete this {entity.label.toLowerCase()}
              </button>
            </details>
          </form>
        )}
      </div>
      {props.behaviors.length > 0 && (
        <div class="behaviors">
          {props.behaviors.map((behavior) => (
            <BehaviorForm behavior={behavior} {...props} />
          ))}
        </div>
      )}
      {groups.map((group) => (
        <section>
          {group.title !== undefined && <h2>{group.title}</h2>}
          <dl class="values">
            {group.items.map((name) => (
              <div>
                <dt>{columnLabel(entity, name)}</dt>
                <dd>
                  <Value
                    field={entity.fields.get(name)}
                    value={row[name]}
                    labels={props.labels}
                    hrefOf={props.hrefOf}
                  />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {props.related.map((list) => (
        <Related list={list} hrefOf={props.hrefOf} />
      ))}
    </Layout>
  )
}

const untried: { readonly faults: Faults; readonly typed: Typed } = { faults: new Map(), typed: new Map() }

function BehaviorForm({ behavior, base, row, choices, inputs, tried }: DetailProps & { readonly behavior: Behavior }) {
  const { faults, typed } = tried?.behavior === behavior.name ? tried : untried
  const action = `${base}/${encodeURIComponent(row.id)}/${behavior.name}`
  const fields = [...behavior.input.values()]
  const button = <button type="submit">{behavior.label}</button>
  if (fields.length === 0 && behavior.confirm === undefined) {
    return (
      <form method="post" action={action}>
        <Fault text={faults.get('')} />
        {button}
      </form>
    )
  }
  return (
    <form method="post" action={action}>
      <details class="confirm" open={faults.size > 0}>
        <summary class="button">{behavior.label}</summary>
        {behavior.confirm && <p>{behavior.confirm}</p>}
        <Fault text={faults.get('')} />
        {fields.map((field) => (
          <FieldInput
            field={field}
            scope={behavior.name}
            value={inputs.get(behavior.name)?.[field.name]}
            fault={faults.get(field.name)}
            typed={typed.get(field.name)}
            choices={choices.get(`${behavior.name}.${field.name}`)}
          />
        ))}
        {button}
      </details>
    </form>
  )
}

function Related({ list, hrefOf }: { readonly list: RelatedList; readonly hrefOf: DetailProps['hrefOf'] }) {
  return (
    <section class="related">
      <div class="bar">
        <h2>{list.label}</h2>
        {list.newHref && <a href={list.newHref}>Add</a>}
      </div>
      {list.rows.length === 0 ? (
        <p class="empty">None yet.</p>
      ) : (
        <ul>
          {list.rows.map((row) => {
            const href = hrefOf(list.entity.name, row.id)
            const label = rowLabel(list.entity, row)
            return <li>{href ? <a href={href}>{label}</a> : label}</li>
          })}
        </ul>
      )}
      {list.more && (
        <p class="hint">
          Only {list.rows.length} of them are shown. {list.allHref && <a href={list.allHref}>See all</a>}
        </p>
      )}
    </section>
  )
}
