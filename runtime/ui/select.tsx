// Inputs that offer values to choose from: one of them, or several.

import type { Choice } from './model.ts'

/** What the inputs of all kinds of fields have in common. */
export type Common = {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
}

type Props = { readonly common: Common; readonly value: unknown; readonly choices: readonly Choice[] }

export function Options({ common, required, value, choices }: Props & { readonly required: boolean }) {
  return (
    <select {...common} required={required}>
      {(!required || value === undefined || value === null || value === '') && <option value="">—</option>}
      {choices.map(({ id, label }) => (
        <option value={id} selected={id === value}>
          {label}
        </option>
      ))}
    </select>
  )
}

/** Several of many rows. */
export function Several({ common, value, choices }: Props) {
  const chosen = new Set(Array.isArray(value) ? value : [])
  return (
    <select {...common} multiple size={Math.min(8, Math.max(3, choices.length))}>
      {choices.map(({ id, label }) => (
        <option value={id} selected={chosen.has(id)}>
          {label}
        </option>
      ))}
    </select>
  )
}

/** Several of a few options, each with a box. What is chosen and no option stands among them, so that it is not lost. */
export function Boxes({ common, value, choices }: Props) {
  const { id: group, name, ...told } = common
  const chosen = [value].flat().filter((one) => typeof one === 'string' && one !== '') as string[]
  const others = chosen.filter((one) => !choices.some(({ id }) => id === one))
  const all = [...choices, ...others.map((id) => ({ id, label: id }))]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset stands for a section of the form here.
    <div id={group} role="group" aria-labelledby={`${group}-label`} {...told}>
      {all.map(({ id, label }) => (
        <label class="box">
          <input type="checkbox" name={name} value={id} checked={chosen.includes(id)} /> {label}
        </label>
      ))}
    </div>
  )
}
