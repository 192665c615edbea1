// Where a password is typed: the one of now, or a new one.

import { Fault } from './field-input.tsx'

export type PasswordProps = { readonly label: string; readonly isNew: boolean; readonly fault: string | undefined }

export function PasswordInput({ label, isNew, fault }: PasswordProps) {
  return (
    <div class="field">
      <label for="field-password">
        {label}
        <span class="needed"> (required)</span>
      </label>
      <input
        id="field-password"
        name="password"
        type="password"
        required
        minLength={isNew ? 8 : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? 'field-password-fault' : undefined}
      />
      <Fault text={fault} id="field-password-fault" />
    </div>
  )
}
