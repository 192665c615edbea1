// What a truth file calls. `defineApp` and its kin return what they are given: the file is plain data.

import type {
  AppDefinition,
  EntityDefinition,
  FieldDefinitions,
  ViewDefinition,
  WorkflowDefinition,
} from './definition.ts'
import type { Checked } from './static/app.ts'

/**
 * Declares an app. Returns its argument, with its literal types kept. Plain `tsc` checks the expressions in it as far as
 * can be told from their text: the type of a faulty one is what is wrong with it.
 */
// `A` is inferred where it stands alone, in the branch that is never taken; all checking happens in the other one.
function define<const A extends AppDefinition, C = Checked<NoInfer<A>>>(app: [C] extends [never] ? A : NoInfer<C>): A {
  return app as unknown as A
}

/** Keeps the literal types and leaves the texts to the loader: for very large apps. */
const unchecked = <const A extends AppDefinition>(app: A): A => app

export const defineApp: typeof define & { readonly unchecked: typeof unchecked } = Object.assign(define, { unchecked })

/** Declares an entity in a file of its own. */
export const defineEntity = <const E extends EntityDefinition>(entity: E): E => entity

/** Declares fields that several entities share. */
export const defineFields = <const F extends FieldDefinitions>(fields: F): F => fields

/** Declares a view in a file of its own. */
export const defineView = <const V extends ViewDefinition>(view: V): V => view

/** Declares a workflow in a file of its own. */
export const defineWorkflow = <const W extends WorkflowDefinition>(workflow: W): W => workflow
