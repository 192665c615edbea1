// What a list is narrowed down by: words, and values of some fields. A plain form, so the address tells what is shown.

import type { Field } from '../truth/app.ts'
import { FieldInput } from './field-input.tsx'
import type { Choices } from './model.ts'

export type FindProps = {
  readonly action: string
  /** The words asked for; undefined where there is nothing to search. */
  readonly words: string | undefined
  readonly fields: readonly Field[]
  /** The values asked for, by field. */
  readonly values: { readonly [field: string]: unknown }
  readonly choices: ReadonlyMap<string, Choices>
  /** Parameters that stay: the order. */
  readonly kept: readonly (readonly [name: string, value: string])[]
  /** The whole list; undefined where it is shown already. */
  readonly allHref: string | undefined
}

/** Nothing is required of a filter, and what a field is for is not told again. */
const asked = ({ description: _, default: __, ...field }: Field): Field => ({ ...field, required: false })

export function Find({ action, words, fields, values, choices, kept, allHref }: FindProps) {
  if (words === undefined && fields.length === 0) return null
  return (
    <search>
      <form class="find" action={action}>
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {words !== undefined && (
          <div class="field">
            <label for="find-words">Search</label>
            <input id="find-words" type="search" name="search" value={words} maxLength={300} />
          </div>
        )}
        {fields.map((field) => (
          <FieldInput
            field={asked(field)}
            value={values[field.name]}
            fault={undefined}
            choices={choices.get(field.name)}
          />
        ))}
        <button type="submit" class="quiet">
          Show
        </button>
        {allHref && <a href={allHref}>Show all</a>}
      </form>
    </search>
  )
}
