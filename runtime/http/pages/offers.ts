// What a page offers to do with a row, and where it leads once that is done.

import type { Entity } from '../../truth/app.ts'
import type { Form } from './form-body.ts'
import { localPath } from './pages.ts'

/** Those of `update`, `delete` and the behaviors that are declared, in that order; all of them where nothing is. */
export function offeredOf(entity: Entity, declared: readonly string[] | undefined): readonly string[] {
  const all = ['update', 'delete', ...entity.behaviors.keys()]
  return declared
    ? declared.map((name) => (name === 'edit' ? 'update' : name)).filter((name) => all.includes(name))
    : all
}

/** The list where the button stood, or the usual address. */
export function afterwards(form: Form, usual: string): string {
  const then = form.get('_then')
  return then === undefined ? usual : localPath(then)
}
