// The input of a field, with its label, its hint and its fault beside it. What HTML can check, the browser checks first.

import type { JSX } from 'preact'
import type { Field } from '../truth/app.ts'
import { labelOf } from '../truth/model/names.ts'
import type { Choice, Choices } from './model.ts'
import { Boxes, type Common, Options, Several } from './select.tsx'

export type FieldInputProps = {
  readonly field: Field
  /** The form that it is in, where a page has several. */
  readonly scope?: string
  readonly value: unknown
  readonly fault: string | undefined
  /** What was typed, to be shown in place of the value. */
  readonly typed?: string | undefined
  /** Rows that a relation can be set to. */
  readonly choices: Choices | undefined
}

export function Fault({ text, id }: { readonly text: string | undefined; readonly id?: string }) {
  return text === undefined ? null : (
    <p class="fault" role="alert" id={id}>
      {text}
    </p>
  )
}

export function FieldInput(props: FieldInputProps) {
  const { field, fault, scope, choices } = props
  const id = scope === undefined ? `field-${field.name}` : `field-${scope}-${field.name}`
  const cut = choices?.cutAt === undefined ? undefined : `Only the first ${choices.cutAt} are offered.`
  const hints = [hintOf(field), cut].filter(Boolean).join(' ')
  const described = [fault && `${id}-fault`, hints && `${id}-hint`].filter(Boolean).join(' ')
  const common: Common = {
    id,
    name: field.name,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': described || undefined,
  }
  const isCheckbox = field.type === 'boolean' && !field.many && field.required
  const label = (
    <>
      {field.label}
      {field.required && !isCheckbox && <span class="needed"> (required)</span>}
    </>
  )
  return (
    <div class={isCheckbox ? 'field check' : 'field'}>
      {isBoxes(field) ? (
        <span class="label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label for={id}>{label}</label>
      )}
      <Control {...props} common={common} />
      {hints && (
        <p class="hint" id={`${id}-hint`}>
          {hints}
        </p>
      )}
      <Fault text={fault} id={`${id}-fault`} />
    </div>
  )
}

/** Whether each option has a box of its own. */
const isBoxes = ({ type, many }: Field): boolean => type === 'enum' && many

function hintOf(field: Field): string | undefined {
  if (field.type === 'json')
    return [field.description, 'In JSON, where a text has quotes: "like this".'].filter(Boolean).join(' ')
  if (field.description) return field.description
  if (field.type === 'datetime') return 'In UTC.'
  if (field.many && !field.relation && !isBoxes(field)) return 'One on each line.'
  return undefined
}

const optionsOf = (field: Field): Choice[] =>
  (field.options ?? []).map((option) => ({ id: option, label: labelOf(option) }))

function Control({ field, value, typed, choices, common }: FieldInputProps & { readonly common: Common }) {
  const required = field.required
  if (field.relation && field.many) return <Several common={common} value={value} choices={choices?.offered ?? []} />
  if (isBoxes(field)) return <Boxes common={common} value={value} choices={optionsOf(field)} />
  if (field.many || field.type === 'json' || field.type === 'text') {
    return (
      <textarea {...common} required={required} rows={field.type === 'text' ? 6 : 4}>
        {afterTag(typed ?? asText(field, value))}
      </textarea>
    )
  }
  if (field.relation || field.type === 'enum') {
    const offered = field.relation ? (choices?.offered ?? []) : optionsOf(field)
    return <Options common={common} required={required} value={value} choices={offered} />
  }
  if (field.type === 'boolean') {
    if (required) return <input {...common} type="checkbox" value="true" checked={value === true} />
    const options = [
      { id: 'true', label: 'Yes' },
      { id: 'false', label: 'No' },
    ]
    return (
      <Options
        common={common}
        required={false}
        value={value === undefined || value === null ? '' : String(value)}
        choices={options}
      />
    )
  }
  const text = asText(field, value)
  // An input of one line would take the line ends out.
  if (/[\r\n]/.test(text)) {
    return (
      <textarea {...common} required={required} rows={4}>
        {afterTag(text)}
      </textarea>
    )
  }
  return <input {...common} required={required} value={text} {...inputKind(field, text)} />
}

/** HTML leaves out a line end right behind the tag, so one of its own stands before the text's. */
const afterTag = (text: string): string => (text.startsWith('\n') ? `\n${text}` : text)

/** A browser's colour is always one, of six digits: an optional one could not be left empty, and others became black. */
const isColor = ({ required }: Field, text: string): boolean => required && /^(?:#[\da-f]{6})?$/.test(text)

function inputKind(field: Field, text: string): JSX.InputHTMLAttributes {
  switch (field.type) {
    case 'number':
      return { type: 'number', step: 'any', min: field.min, max: field.max }
    case 'integer':
      return { type: 'number', step: 1, min: field.min, max: field.max }
    case 'date':
      return { type: 'date' }
    case 'datetime':
      return { type: 'datetime-local', step: 1 }
    case 'string':
      return {
        type:
          field.format === 'color'
            ? isColor(field, text)
              ? 'color'
              : 'text'
            : (({ email: 'email', url: 'url', phone: 'tel' } as const)[field.format ?? ''] ?? 'text'),
        maxLength: field.maxLength,
        minLength: field.minLength,
      }
    default:
      return { type: 'text' }
  }
}

/** What the input of a value sends when nobody touches it. */
export function textsOf(field: Field, value: unknown): readonly string[] {
  if ((field.relation && field.many) || isBoxes(field)) return Array.isArray(value) ? value.map(String) : []
  if (field.type === 'boolean' && field.required && !field.many) return value === true ? ['true'] : []
  return [asText(field, value)]
}

/** A value as the text of its input. What was typed and could not be read stays as it was typed. */
function asText(field: Field, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field.type === 'datetime' && typeof value === 'string' && value.endsWith('Z')) return value.slice(0, 19)
  if (Array.isArray(value) && field.type !== 'json') return value.join('\n')
  return typeof value === 'string' && field.type !== 'json' ? value : JSON.stringify(value, null, 2)
}
