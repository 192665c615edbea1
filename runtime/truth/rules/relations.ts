// Relations: to an entity that exists, with an inverse that points back, and never required in a circle.

import type { App, Entity, Field } from '../app.ts'
import { codes } from '../codes.ts'
import { isUntoldField } from '../model/untold.ts'
import type { Path } from '../node.ts'
import { keyPlace, type Rule, unknownName, valuePlace } from './rule.ts'

const isStored = (field: Field): boolean => field.type === 'relation' && !field.many

/** A field of the other entity that `inverse` may name: a relation back that is stored there. */
const pointsBack = (field: Field | undefined, entity: string): boolean =>
  field?.relation?.to === entity && field.relation.inverse === undefined

export const relationRule: Rule = (app, root, report) => {
  for (const [name, entity] of app.entities) {
    for (const field of entity.fields.values()) {
      if (!field.relation) continue
      const { to, inverse } = field.relation
      const path: Path = ['entities', name, 'fields', field.name]
      const target = app.entities.get(to)
      if (!target) {
        if (app.schema.open) continue
        const at = valuePlace(root, [...path, 'to'])
        report(
          unknownName(codes.unknownEntity, `Unknown entity \`${to}\`.`, to, app.entities.keys(), at, [...path, 'to']),
        )
        continue
      }
      if (inverse === undefined || isUntoldField(app, to, inverse)) continue
      const at = valuePlace(root, [...path, 'inverse'])
      const back = target.fields.get(inverse)
      const candidates = [...target.fields.values()]
        .filter((other) => pointsBack(other, name))
        .map((other) => other.name)
      if (!back) {
        const message = `Unknown field \`${inverse}\` on ${to}.`
        report(
          unknownName(
            codes.unknownField,
            message,
            inverse,
            candidates.length ? candidates : target.fields.keys(),
            at,
            path,
          ),
        )
      } else if (!pointsBack(back, name) || !field.many) {
        const message = field.many
          ? `\`${to}.${inverse}\` is not a relation to ${name}, so it cannot be the other side of \`${field.name}\`.`
          : `\`inverse\` is for relations to many rows. Add \`many: true\`, or leave it out.`
        report(unknownName(codes.badInverse, message, field.many ? inverse : '', candidates, at, [...path, 'inverse']))
      }
    }
  }
  for (const circle of requiredCircles(app)) {
    const [first] = circle
    if (!first) continue
    const path = ['entities', first.entity, 'fields', first.field]
    const round = [...circle.map((step) => `${step.entity}.${step.field}`), first.entity].join(' → ')
    const message = `These required relations go in a circle, so no row can be the first: ${round}. Make one of them optional.`
    const related = circle.slice(1).map((step) => ({
      message: `${step.entity}.${step.field} is required too.`,
      at: keyPlace(root, ['entities', step.entity, 'fields', step.field]),
    }))
    report({ code: codes.relationCycle, message, at: keyPlace(root, path), path, related })
  }
}

type Step = { readonly entity: string; readonly field: string }

const needs = (entity: Entity): Field[] =>
  [...entity.fields.values()].filter((field) => isStored(field) && field.required && field.default?.kind !== 'user')

/** One circle of required relations through each entity that is on one, each circle once. */
function requiredCircles(app: App): Step[][] {
  const done = new Set<string>()
  const circles: Step[][] = []
  const walk = (name: string, trail: Step[]): void => {
    const start = trail.findIndex((step) => step.entity === name)
    if (start >= 0) {
      circles.push(trail.slice(start))
      return
    }
    if (done.has(name)) return
    const entity = app.entities.get(name)
    for (const field of entity ? needs(entity) : []) {
      walk(field.relation?.to ?? '', [...trail, { entity: name, field: field.name }])
    }
    done.add(name)
  }
  for (const name of app.entities.keys()) walk(name, [])
  return circles
}
