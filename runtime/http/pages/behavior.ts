// What the form of a behavior does.

import type { Collection } from '../../database/records/collection.ts'
import type { Behavior } from '../../truth/app.ts'
import { refuseHopeless } from '../api/access.ts'
import { doBehavior, guardsOf } from '../api/change.ts'
import type { Outcome } from '../call.ts'
import { isRefusal } from '../refusal.ts'
import { readInput } from '../values.ts'
import { conflictsAsFaults, isMendable } from './conflict.ts'
import { detailPage } from './detail.tsx'
import { formValues, readForm, refuseUnread, typedJson } from './form-body.ts'
import { baseOf } from './frame.ts'
import { afterwards } from './offers.ts'
import { type Pages, redirect } from './pages.ts'
import { faultsOf } from './render.tsx'

export async function behaviorPost(
  pages: Pages,
  collection: Collection,
  id: string,
  behavior: Behavior,
): Promise<Outcome> {
  const { service, call } = pages
  const { input } = behavior
  const hopeless = refuseHopeless(
    guardsOf(behavior).map(({ rule }) => rule),
    call.caller,
  )
  if (hopeless) return hopeless
  const form = await readForm(call.request)
  if (isRefusal(form)) return form
  const shown = { ...form, all: (name: string) => (name === '_shown' ? [...input.keys()] : form.all(name)) }
  const values = formValues(input.values(), shown)
  // What was left empty takes its default, as when it is not given at all.
  const body = new Map([...values].filter(([name, value]) => value !== null || !input.get(name)?.default))
  const typed = typedJson(input.values(), form)
  const done =
    refuseUnread(typed, () => readInput(input, body).faults) ??
    (await conflictsAsFaults(pages, () => doBehavior(service, collection, call.caller, id, behavior, body)))
  if (done === undefined) return redirect(afterwards(form, baseOf(collection.entity)))
  if (!isRefusal(done)) return redirect(afterwards(form, `${baseOf(collection.entity)}/${encodeURIComponent(id)}`))
  if (!isMendable(done)) return done
  const faults = faultsOf(done, input.keys())
  const tried = { behavior: behavior.name, faults, typed, values: Object.fromEntries(values), refused: done }
  return detailPage(pages, collection, id, { tried })
}
