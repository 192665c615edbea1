// The form to create or to edit a row, and the two forms of accounts.

import type { Entity, Field } from '../truth/app.ts'
import { Fault, FieldInput, textsOf } from './field-input.tsx'
import { Layout } from './layout.tsx'
import { type Choices, type Faults, type Frame, groupsOf, type Typed, type Way } from './model.ts'
import { PasswordInput } from './password-input.tsx'

export type FormProps = {
  readonly frame: Frame
  readonly entity: Entity
  readonly heading: string
  readonly action: string
  readonly back: string
  readonly submit: string
  readonly fields: readonly Field[]
  readonly values: { readonly [field: string]: unknown }
  readonly faults: Faults
  readonly typed?: Typed | undefined
  readonly choices: ReadonlyMap<string, Choices>
  /** The row as it is stored, where there is one. */
  readonly stored?: { readonly [field: string]: unknown }
}

export function FormPage({ frame, entity, heading, action, back, submit, fields, ...inputs }: FormProps) {
  const groups = groupsOf(fields, ({ name }) => name, entity.ui.formSections)
  return (
    <Layout frame={frame}>
      <h1>{heading}</h1>
      <form class="form" method="post" action={action}>
        <Fault text={inputs.faults.get('')} />
        {groups.map(({ title, items }) =>
          title === undefined ? (
            <Inputs fields={items} {...inputs} />
          ) : (
            <fieldset>
              <legend>{title}</legend>
              <Inputs fields={items} {...inputs} />
            </fieldset>
          ),
        )}
        <div class="buttons">
          <button type="submit">{submit}</button>
          <a href={back}>Cancel</a>
        </div>
      </form>
    </Layout>
  )
}

type InputsProps = Pick<FormProps, 'fields' | 'values' | 'faults' | 'typed' | 'choices' | 'stored'>

function Inputs({ fields, values, faults, typed, choices, stored }: InputsProps) {
  return (
    <>
      {fields.map((field) => (
        <>
          <input type="hidden" name="_shown" value={field.name} />
          {stored && (
            <input
              type="hidden"
              name={`_was.${field.name}`}
              value={JSON.stringify(textsOf(field, stored[field.name]))}
            />
          )}
          <FieldInput
            field={field}
            value={values[field.name]}
            fault={faults.get(field.name)}
            typed={typed?.get(field.name)}
            choices={choices.get(field.name)}
          />
        </>
      ))}
    </>
  )
}

export type SignProps = {
  readonly frame: Frame
  readonly kind: 'in' | 'up'
  readonly fields: readonly Field[]
  readonly values: { readonly [field: string]: unknown }
  readonly faults: Faults
  readonly typed?: Typed | undefined
  readonly choices: ReadonlyMap<string, Choices>
  /** Where to go afterwards, within the app. */
  readonly then: string
  readonly ways: readonly Way[]
}

function Ways({ ways }: Pick<SignProps, 'ways'>) {
  if (ways.length === 0) return null
  return (
    <ul class="ways">
      {ways.map(({ label, href }) => (
        <li>
          <a class="button quiet" href={href}>
            Continue with {label}
          </a>
        </li>
      ))}
    </ul>
  )
}

export function SignPage({ frame, kind, faults, then, ways, ...inputs }: SignProps) {
  return (
    <Layout frame={frame}>
      <h1>{kind === 'in' ? 'Sign in' : 'Sign up'}</h1>
      <form class="form" method="post" action={`/sign-${kind}`}>
        <Fault text={faults.get('')} />
        <Ways ways={ways} />
        <input type="hidden" name="_then" value={then} />
        <Inputs faults={faults} {...inputs} />
        <PasswordInput label="Password" isNew={kind === 'up'} fault={faults.get('password')} />
        <div class="buttons">
          <button type="submit">{kind === 'in' ? 'Sign in' : 'Create account'}</button>
          {kind === 'in'
            ? frame.canSignUp && <a href="/sign-up">No account yet? Sign up</a>
            : frame.canSignIn && <a href="/sign-in">I have an account</a>}
          {kind === 'in' && frame.canRecover && <a href="/forgot">Forgot your password?</a>}
        </div>
      </form>
    </Layout>
  )
}
