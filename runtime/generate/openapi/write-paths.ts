// The operations that write an entity's rows: create, change, replace, delete and behaviors. What nobody may do is left
// out.

import type { Behavior, Rule } from '../../truth/app.ts'
import { answering, type HeaderName, type RefusedStatus, refusing, withHeaders } from './answers.ts'
import { asSeen, idempotencyKey, idInPath, jsonBody, operation, type Paths, type Subject } from './operation.ts'
import { isChangeable, isDoable, isGranted, isSeenAfter, strangersMay } from './rule.ts'
import { needsInput, ref } from './schemas.ts'
import type { Json } from './value.ts'

/** A row that was written, as far as the one who may write it by this rule may read it. */
function writtenRow({ app, entity, schemas, shared }: Subject, rule?: Rule): Json {
  const id = ref(shared.id)
  if (schemas.row === undefined) return id
  return isSeenAfter(app, entity, rule) ? ref(schemas.row) : { anyOf: [ref(schemas.row), id] }
}

const ruledFields = ({ entity }: Subject): readonly string[] =>
  [...entity.fields.values()].filter(({ update, readonly }) => update && !readonly).map(({ name }) => `\`${name}\``)

function ruledSentence(subject: Subject): string | undefined {
  const names = ruledFields(subject)
  return names.length > 0 ? `Fields with a rule of their own: ${names.join(', ')}.` : undefined
}

/** Whether somebody who is not signed in can be refused. */
const refusesSome = (subject: Subject, rules: readonly Rule[]): readonly RefusedStatus[] =>
  rules.every((rule) => strangersMay(rule) === 'always') && ruledFields(subject).length === 0 ? [] : [401]

const gone = (...names: readonly HeaderName[]): Json => ({
  description: 'The row is gone.',
  ...withHeaders(...names),
})

/** What any write with a body can be refused with. */
const withBody: readonly RefusedStatus[] = [400, 403, 406, 409, 413, 415, 422]

function create(subject: Subject, rule: Rule): Json {
  const summary = `Create one ${subject.entity.label.toLowerCase()}`
  return operation(
    subject,
    { id: 'create', summary, rules: [rule], about: [ruledSentence(subject)] },
    {
      parameters: [idempotencyKey],
      ...jsonBody(ref(subject.schemas.create ?? '')),
      responses: {
        201: answering('The new row.', writtenRow(subject, rule), 'Location', 'ETag', 'Idempotency-Replayed'),
        ...refusing(...withBody, ...refusesSome(subject, [rule])),
      },
    },
  )
}

function change(subject: Subject, rule: Rule, method: 'patch' | 'put'): Json {
  const { schemas, entity } = subject
  const one = entity.label.toLowerCase()
  const patch = method === 'patch'
  const about = patch
    ? undefined
    : 'Fields that are not given return to their default or to null; secrets and fields with a rule of their own stay.'
  return operation(
    subject,
    {
      id: patch ? 'update' : 'replace',
      summary: patch ? `Change fields of one ${one}` : `Replace one ${one}`,
      rules: [rule],
      about: [about, ruledSentence(subject)],
    },
    {
      parameters: [idInPath, ...asSeen],
      ...jsonBody(ref((patch ? schemas.update : schemas.replace) ?? '')),
      responses: {
        200: answering('The row as it is now.', writtenRow(subject), 'ETag'),
        ...refusing(...withBody, 404, 412, ...refusesSome(subject, [rule])),
      },
    },
  )
}

const remove = (subject: Subject, rule: Rule): Json =>
  operation(
    subject,
    { id: 'delete', summary: `Delete one ${subject.entity.label.toLowerCase()}`, rules: [rule] },
    {
      parameters: [idInPath, ...asSeen],
      responses: { 204: gone(), ...refusing(403, 404, 409, 412, ...refusesSome(subject, [rule])) },
    },
  )

function restore(subject: Subject, rules: readonly Rule[]): Json {
  const one = subject.entity.label.toLowerCase()
  return operation(
    subject,
    { id: 'restore', summary: `Restore one deleted ${one}`, rules, about: ['Whoever may read and delete it may.'] },
    {
      parameters: [idInPath, idempotencyKey],
      responses: {
        200: answering('The row, there again.', writtenRow(subject), 'ETag', 'Idempotency-Replayed'),
        ...refusing(400, 403, 404, 406, 409, 422, ...refusesSome(subject, rules)),
      },
    },
  )
}

function behave(subject: Subject, behavior: Behavior): Json {
  const { name, label, guards, confirm } = behavior
  const input = subject.schemas.inputs.get(name)
  return operation(
    subject,
    { id: `do.${name}`, summary: `${label}: ${subject.entity.label.toLowerCase()}`, rules: guards, about: [confirm] },
    {
      parameters: [idInPath, ...asSeen, idempotencyKey],
      ...(input !== undefined && jsonBody(ref(input), needsInput(behavior))),
      responses: {
        ...(behavior.type === 'delete'
          ? { 204: gone('Idempotency-Replayed') }
          : { 200: answering('The row as it is now.', writtenRow(subject), 'ETag', 'Idempotency-Replayed') }),
        ...refusing(...withBody, 404, 412, ...refusesSome(subject, guards)),
      },
    },
  )
}

export function writePaths(subject: Subject): readonly Paths[] {
  const { app, entity, at } = subject
  const [making, changing, removing, reading] = ['create', 'update', 'delete', 'read'].map((name) =>
    entity.permissions.get(name),
  )
  const restorable = entity.softDelete && !entity.behaviors.has('restore') && reading
  const row = `${at}/{id}`
  const behaviors = [...entity.behaviors.values()].filter((behavior) => isDoable(app, entity, behavior))
  return [
    isGranted(app, making) ? { [at]: { post: create(subject, making) } } : {},
    changing && isChangeable(app, entity, 'update')
      ? { [row]: { patch: change(subject, changing, 'patch'), put: change(subject, changing, 'put') } }
      : {},
    removing && isChangeable(app, entity, 'delete') ? { [row]: { delete: remove(subject, removing) } } : {},
    restorable && removing && isChangeable(app, entity, 'delete')
      ? { [`${row}/restore`]: { post: restore(subject, [restorable, removing]) } }
      : {},
    ...behaviors.map((behavior) => ({ [`${row}/${behavior.name}`]: { post: behave(subject, behavior) } })),
  ]
}
