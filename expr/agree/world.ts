// The exhaustive small world of a rule: for each thing that it reads the few values that can make a difference, in every
// combination: nobody signed in, values missing, related rows missing, one, or two. Pure; whoever runs it brings the SQL.

import type { Row, Rows } from '../closure/context.ts'
import type { Expression } from '../compile.ts'
import { authOf, type Scope } from '../scope.ts'
import {
  addRelated,
  addRow,
  type Contents,
  choicesOf,
  combine,
  contentsOf,
  linked,
  type Making,
  relatedChoices,
  rowOf,
} from './behind.ts'
import { caseId, instant, isCaseId, itself, userId } from './names.ts'
import { productOf } from './product.ts'
import { readsFor, type Shape } from './reads.ts'
import { emptyTables, type Link, listAt, type OpenRow, rowsIn } from './tables.ts'

/** A row that a rule is asked about, with what comes beside it. The ids of all are the same. */
export type Case = {
  readonly id: string
  readonly entity?: Row
  readonly next?: Row
  readonly previous?: Row | null
  readonly event?: Row
}

/** Who asks, and with which input. */
export type Asker = { readonly user: Row | null; readonly input: Row }

export type SmallWorld = {
  readonly now: string
  readonly askers: readonly Asker[]
  readonly cases: readonly Case[]
  /** Every row, by entity. */
  readonly tables: ReadonlyMap<string, readonly Row[]>
  /** The links of relations that have a table of their own, as `Entity.field`. */
  readonly links: ReadonlyMap<string, readonly Link[]>
  readonly rows: Rows
  /** False when there were too many combinations, and these are a sample that has each value. */
  readonly isWhole: boolean
}

const mostCases = 160
const mostAskers = 16
/** Users with different related rows of their own. */
const mostUsers = 6
/** Rows that are the user who asks, where a rule compares the two. */
const mostOwnRows = 8

export function smallWorld({ tree }: Expression, scope: Scope): SmallWorld {
  const { schema, entity } = scope
  const reads = readsFor(tree, scope)
  const isUserAsked = reads.touched.has('user') && schema.entities.has(authOf(schema))
  const making: Making = {
    schema,
    reads,
    tables: emptyTables(),
    contents: new Map(),
    users: isUserAsked ? (reads.rows.user.collections.size > 0 ? 2 : 1) : 0,
    related: 0,
    isWhole: true,
  }
  for (const name of reads.behind.keys()) contentsOf(making, name)
  const cases = casesOf(making, entity)
  const askers = askersOf(making, scope, cases)
  addSearched(making, entity)
  const { tables } = making
  const rows = rowsIn(schema, tables)
  return { now: instant, askers, cases, tables: tables.rows, links: tables.links, rows, isWhole: making.isWhole }
}

/** The row with all that comes beside it, as one product. */
function casesOf(making: Making, entity: string | undefined): readonly Case[] {
  const { rows, touched } = making.reads
  const parts = (['entity', 'next', 'previous', 'event'] as const).map((root) => [root, rows[root]] as const)
  const all: Shape = {
    fields: new Map(
      parts.flatMap(([root, { fields }]) => [...fields].map(([name, leaf]) => [`${root}.${name}`, leaf])),
    ),
    collections: rows.entity.collections,
  }
  const isNew = touched.has('previous') ? [false, true] : [false]
  const cases: Case[] = []
  for (const contents of combine(making, all, Math.floor(mostCases / isNew.length)))
    for (const hasNone of isNew) cases.push(caseOf(making, entity, caseId(cases.length), contents, hasNone))
  return cases
}

function caseOf(making: Making, entity: string | undefined, id: string, contents: Contents, isNew: boolean): Case {
  const beside = (root: string): OpenRow =>
    rowOf(
      id,
      contents.values.flatMap(([name, value]) =>
        name.startsWith(`${root}.`) ? [[name.slice(root.length + 1), value] as const] : [],
      ),
    )
  const { reads, tables } = making
  const { touched } = reads
  if (entity === undefined) return { id, ...(touched.has('event') && { event: beside('event') }) }
  const row = beside('entity')
  addRelated(making, entity, id, contents.related)
  // Else it stays out of the table, where it would be among the related rows of others, and of more than one.
  if (reads.isRowCompared) listAt(tables.rows, entity).push(row)
  return {
    id,
    entity: row,
    ...(touched.has('next') && { next: beside('next') }),
    ...(touched.has('previous') && { previous: isNew ? null : beside('previous') }),
    ...(touched.has('event') && { event: beside('event') }),
  }
}

/** Nobody, and users with every combination of what is read of them, each with every input. */
function askersOf(making: Making, { schema, entity }: Scope, cases: readonly Case[]): readonly Asker[] {
  const { rows, touched, isRowCompared } = making.reads
  const auth = authOf(schema)
  if (!touched.has('user') || !schema.entities.has(auth))
    return inputsOf(making).map((input) => ({ user: null, input }))
  const ids = [...usersOf(making, auth)]
  if (isRowCompared && entity === auth) {
    const step = Math.ceil(cases.length / mostOwnRows)
    making.isWhole &&= step === 1
    ids.push(...cases.filter((_, index) => index % step === 0).map(({ id }) => id))
  }
  const fields = [...rows.user.fields].map(([name, leaf]) => [name, choicesOf(making, leaf)] as const)
  const inputs = inputsOf(making)
  const sizes = [inputs.length, ids.length, ...fields.map(([, choices]) => choices.length)]
  const { combinations, isWhole } = productOf(sizes, mostAskers)
  making.isWhole &&= isWhole
  const signedIn = combinations.map(([input, id, ...at]): Asker => {
    const values = fields.map(([name, choices], index) => [name, choices[at[index]!]] as const)
    const user = {
      ...Object.fromEntries(values.map(([name, one]) => [name, one === itself ? caseId(0) : one])),
      id: ids[id!],
    }
    return { user, input: inputs[input!]! }
  })
  return [...inputs.slice(0, 4).map((input) => ({ user: null, input })), ...signedIn]
}

function inputsOf(making: Making): readonly Row[] {
  const { fields } = making.reads.rows.input
  const inputs = combine(making, { fields, collections: new Map() }, mostAskers)
  return inputs.map(({ values }) => Object.fromEntries(values))
}

/** The rows of the users, one for each choice of related rows. */
function usersOf(making: Making, auth: string): readonly string[] {
  const related = [...making.reads.rows.user.collections].map(
    ([field, read]) => [field, relatedChoices(making, read)] as const,
  )
  const { combinations, isWhole } = productOf(
    related.map(([, choices]) => choices.length),
    mostUsers,
  )
  making.isWhole &&= isWhole
  const contents = contentsOf(making, auth)
  // Those whose ids other rows hold are there, also where one choice of related rows is all there is.
  const each = Array.from({ length: Math.max(combinations.length, making.users) }, (_, n) => n % combinations.length)
  return each.map((choice, index) => {
    const at = combinations[choice]!
    const { values } = contents[index % contents.length]!
    addRow(making, auth, userId(index), { values: values.filter(([field]) => field !== 'deletedAt'), related: [] })
    addRelated(
      making,
      auth,
      userId(index),
      related.map(([field, choices], part) => [field, choices[at[part]!]!]),
    )
    return userId(index)
  })
}

/**
 * Where the rows of a collection are compared with rows that are known from elsewhere, some of those are put into it: each
 * can be of one owner only, or there are too many pairs, so that this is never every combination.
 */
function addSearched(making: Making, entity: string | undefined): void {
  const { schema, reads, tables } = making
  const holders = [...reads.behind, [entity, reads.rows.entity] as const, [authOf(schema), reads.rows.user] as const]
  for (const [holder, { collections }] of holders) {
    for (const { storage, isSearched } of collections.values()) {
      if (!isSearched || holder === undefined) continue
      const owners = listAt(tables.rows, holder)
      const rows = listAt(tables.rows, storage.to)
      if (storage.kind === 'field') {
        making.isWhole = false
        // Each owner in turn, and none.
        for (const [index, row] of rows.entries())
          row[storage.field] ??= owners[(index * 7) % (owners.length + 1)]?.id ?? null
      } else if (reads.isRowCompared && storage.to === entity) {
        making.isWhole = false
        addLinks(listAt(tables.links, storage.name), storage.near, owners, rows)
      }
    }
  }
}

/** Every third pair of an owner and a row that is asked about. */
function addLinks(links: Link[], near: keyof Link, owners: readonly Row[], rows: readonly Row[]): void {
  const cases = rows.filter(({ id }) => isCaseId(String(id))).slice(0, 12)
  const pairs = owners.slice(0, 40).flatMap((owner) => cases.map((row) => [String(owner.id), String(row.id)] as const))
  links.push(...pairs.filter((_, index) => index % 3 === 0).map(([owner, row]) => linked(near, owner, row)))
}
