// Random well-typed expressions over the schema of `model.ts`, as text.

import fc from 'fast-check'
import { fieldNames, findField, type Type } from 'truthfile/expr'
import { typeOfField } from '../../expr/types.ts'
import { poolOf, schema } from './model.ts'

/** A row that can be named: the root of paths. */
type Root = { readonly text: string; readonly entity: string }
type Path = { readonly text: string; readonly type: Type }
type Text = fc.Arbitrary<string>

const entityRoot: Root = { text: 'entity', entity: 'Task' }
const userRoot: Root = { text: 'user', entity: 'User' }

const known = new Map<string, readonly Path[]>()

/** Every path from a root over at most `hops` relations. */
function pathsFrom({ text, entity }: Root, hops: number): readonly Path[] {
  const key = `${text} ${hops}`
  const before = known.get(key)
  if (before) return before
  const paths: Path[] = [{ text, type: { kind: 'record', entity } }]
  for (const name of fieldNames(schema, entity)) {
    const field = findField(schema, entity, name)
    if (!field || name === 'createdAt' || name === 'updatedAt') continue
    const type: Type = name === 'id' ? { kind: 'id', entity } : typeOfField(field)
    if (type.kind === 'record' && hops > 0)
      paths.push(...pathsFrom({ text: `${text}.${name}`, entity: type.entity }, hops - 1))
    else paths.push({ text: `${text}.${name}`, type })
  }
  known.set(key, paths)
  return paths
}

const quote = (value: unknown): string => `'${String(value).replaceAll("'", "\\'")}'`
const literalText = (value: unknown): string => (typeof value === 'string' ? quote(value) : String(value))
const literal = (kind: string): Text => fc.constantFrom(...poolOf(kind).map(literalText))
const either = (...texts: readonly (Text | undefined)[]): Text =>
  fc.oneof(...texts.filter((text) => text !== undefined))
const call = (name: string, ...parts: readonly Text[]): Text =>
  fc.tuple(...parts).map((args) => `${name}(${args.join(', ')})`)
const infix = (operators: readonly string[], left: Text, right: Text): Text =>
  fc.tuple(left, fc.constantFrom(...operators), right).map(([a, operator, b]) => `(${a} ${operator} ${b})`)

const equality = ['==', '!=']
const ordering = ['<', '<=', '>', '>=', ...equality]

const kept = new Map<string, Grammar>()

type Grammar = Readonly<Record<'booleans' | 'strings' | 'integers' | 'numbers' | 'durations' | 'instants', () => Text>>

/** Expressions in which these rows can be named; `depth` bounds their size. Built once for equal roots and depth. */
function grammar(roots: readonly Root[], depth: number): Grammar {
  const key = `${roots.map(({ text, entity }) => text + entity).join()} ${depth}`
  const found = kept.get(key) ?? grammarOf(roots, depth)
  kept.set(key, found)
  return found
}

/** Builds when first asked. */
function once(build: () => Text): () => Text {
  let built: Text | undefined
  return () => {
    built ??= build()
    return built
  }
}

function grammarOf(roots: readonly Root[], depth: number): Grammar {
  const paths = roots.flatMap((root) => pathsFrom(root, root.text === 'user' ? 1 : 2))
  const pathOf = (fits: (type: Type) => boolean): Text => {
    const found = paths.filter(({ type }) => fits(type)).map(({ text }) => text)
    return fc.constantFrom(...found)
  }
  const kind = (...kinds: readonly Type['kind'][]): Text => pathOf((type) => kinds.includes(type.kind))
  const listOf = (element: string): Text => pathOf((type) => type.kind === 'list' && type.element.kind === element)
  const deeper = depth > 0 ? () => grammar(roots, depth - 1) : undefined

  const strings = once(() =>
    either(
      kind('string'),
      literal('string'),
      deeper && infix(['+'], deeper().strings(), deeper().strings()),
      deeper &&
        fc
          .tuple(deeper().strings(), fc.constantFrom('trim', 'toLowerCase', 'toUpperCase'))
          .map(([s, m]) => `${s}.${m}()`),
      deeper && call('coalesce', deeper().strings(), deeper().strings()),
    ),
  )
  const integers = once(() =>
    either(
      kind('integer'),
      literal('integer'),
      deeper && infix(['+', '-', '*', '%'], deeper().integers(), deeper().integers()),
      deeper && fc.tuple(fc.constantFrom('round', 'floor', 'ceil'), deeper().numbers()).map(([f, n]) => `${f}(${n})`),
      fc.oneof(listOf('string'), kind('collection'), kind('string')).map((text) => `${text}.length`),
    ),
  )
  const numbers = once(() =>
    either(
      kind('number', 'integer'),
      literal('number'),
      deeper && integers(),
      deeper && infix(['+', '-', '*', '/'], deeper().numbers(), deeper().numbers()),
      deeper && call('abs', deeper().numbers()),
      deeper &&
        fc
          .tuple(fc.constantFrom('min', 'max', 'coalesce'), deeper().numbers(), deeper().numbers())
          .map(([f, a, b]) => `${f}(${a}, ${b})`),
      deeper?.()
        .numbers()
        .map((n) => `(-${n})`),
    ),
  )
  const durations = once(() =>
    either(
      fc
        .tuple(fc.constantFrom('days', 'hours', 'minutes'), deeper ? deeper().numbers() : literal('integer'))
        .map(([f, n]) => `${f}(${n})`),
      infix(['-'], kind('date', 'datetime'), kind('date', 'datetime')),
    ),
  )
  const instants = once(() =>
    either(
      kind('date', 'datetime'),
      fc.constantFrom('now()', 'today()', 'now'),
      deeper && infix(['+', '-'], deeper().instants(), deeper().durations()),
    ),
  )
  const users = once(() => pathOf((type) => (type.kind === 'record' || type.kind === 'id') && type.entity === 'User'))

  const comparisons = once(() =>
    either(
      infix(equality, strings(), strings()),
      infix(ordering, numbers(), numbers()),
      infix(ordering, instants(), fc.oneof(instants(), literal('date'), literal('datetime'))),
      infix(ordering, durations(), durations()),
      infix(
        equality,
        pathOf((type) => type.kind === 'enum' && type.options.includes('todo')),
        fc.constantFrom("'todo'", "'done'", 'entity.mood'),
      ),
      infix(equality, users(), users()),
      infix(equality, kind('boolean'), fc.constantFrom('true', 'false', 'entity.open', 'authenticated')),
      fc
        .tuple(
          kind('string', 'integer', 'number', 'boolean', 'date', 'datetime', 'json', 'enum', 'list', 'record'),
          fc.constantFrom(...equality),
        )
        .map(([a, operator]) => `(${a} ${operator} null)`),
    ),
  )
  const memberships = once(() =>
    either(
      infix(['in'], strings(), listOf('string')),
      infix(['in'], numbers(), listOf('number')),
      infix(['in'], fc.oneof(instants(), literal('date')), listOf('date')),
      infix(
        ['in'],
        strings(),
        fc.array(strings(), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      ),
      infix(
        ['in'],
        instants(),
        fc
          .array(fc.oneof(instants(), literal('date')), { minLength: 1, maxLength: 3 })
          .map((items) => `[${items.join(', ')}]`),
      ),
      infix(
        ['in'],
        pathOf((type) => type.kind === 'enum' && type.options.includes('todo')),
        fc.constant("['todo', 'done']"),
      ),
      infix(
        ['in'],
        pathOf((type) => type.kind === 'record' && type.entity === 'Task'),
        pathOf((type) => type.kind === 'collection' && type.entity === 'Task'),
      ),
      infix(
        ['in'],
        pathOf((type) => type.kind === 'record' && type.entity === 'Team'),
        pathOf((type) => type.kind === 'collection' && type.entity === 'Team'),
      ),
    ),
  )
  const quantifiers = once(() => {
    const collections = paths.filter(({ type }) => type.kind === 'collection')
    return fc.constantFrom(...collections).chain(({ text, type }) => {
      const parameter = `p${roots.length}`
      const row = { text: parameter, entity: type.kind === 'collection' ? type.entity : '' }
      return fc
        .tuple(fc.constantFrom('some', 'every'), grammar([...roots, row], depth - 1).booleans())
        .map(([name, body]) => `${text}.${name}(${parameter} => ${body})`)
    })
  })
  const booleans = once(() =>
    either(
      kind('boolean'),
      fc.constantFrom('authenticated', 'true', 'false', '(owner && true)', '(entity.assignee || false)'),
      comparisons(),
      memberships(),
      fc
        .tuple(strings(), fc.constantFrom('startsWith', 'endsWith', 'includes'), strings())
        .map(([s, m, t]) => `${s}.${m}(${t})`),
      deeper?.()
        .booleans()
        .map((b) => `!${b}`),
      deeper && infix(['&&', '||'], deeper().booleans(), deeper().booleans()),
      deeper && infix(['&&', '||'], deeper().booleans(), deeper().booleans()),
      deeper && quantifiers(),
    ),
  )
  return { booleans, strings, integers, numbers, durations, instants }
}

/** Well-typed conditions about a Task; some are refused still, such as a comparison of two constants. */
export const someExpression: Text = fc
  .integer({ min: 0, max: 3 })
  .chain((depth) => grammar([entityRoot, userRoot], depth).booleans())
