// Plain `tsc` and the checker agree: what `tsc` refuses the checker refuses, in the same words; what the checker accepts
// `tsc` accepts. On the table of cases, on generated expressions and on damaged ones.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someExpression } from '../expr/arbitrary.ts'
import { cases, schema } from '../expr/cases/cases.ts'
import { schema as modelSchema } from '../expr/model.ts'
import { check, compilers, expectTwins } from './judge.ts'

describe.each(compilers)('twins, by TypeScript %s', (_, judge, sampled) => {
  test('on every case of the table', () => {
    const within = cases.filter(({ isLong }) => !isLong)
    const refused = expectTwins(
      judge,
      schema,
      within.map(({ entity, source }) => [entity, source]),
    )
    expect(refused).toBe(within.filter(({ expect }) => expect === 'error').length)
  })

  test('on generated expressions, none of which is faulty in its names', () => {
    const sources = sampled(fc.sample(someExpression, { numRuns: 220, seed: 7 }))
    const sound = sources.filter((source) => check(modelSchema, 'Task', source).length === 0)
    expect(
      judge(
        modelSchema,
        sound.map((source) => ['Task', source]),
      ),
    ).toEqual(sound.map(() => undefined))
    expect(sound.length).toBeGreaterThan((sources.length * 6) / 11)
  })

  test('on what people write: names, fields, options', () => {
    const strayArrow = '`=>` can only stand in `some` and `every`, as in `comments.some(c => c.hidden)`.'
    const cases: readonly (readonly [string, string | undefined])[] = [
      ["staus == 'todo'", 'Unknown name `staus`.'],
      ["owner || (staus == 'todo' && open)", 'Unknown name `staus`.'],
      ['!(entity.titel == null)', 'Unknown field `titel` on Task.'],
      ["user.rol == 'admin'", 'Unknown field `rol` on User.'],
      ["assignee.team.nam == 'x'", 'Unknown field `nam` on Team.'],
      ["status == 'dne'", "'dne' is not an option of this enum."],
      ["'dne' == status || open", "'dne' is not an option of this enum."],
      ['status === "dne"', "'dne' is not an option of this enum."],
      ["assignee.role != 'boss'", "'boss' is not an option of this enum."],
      ["status == 'todo' && title == 'staus || nothing' && open", undefined],
      ["title.startsWith('staus') || parts.some(p => p.open)", undefined],
      ["rank+1>2&&title!=''&&due<today()", undefined],
      ["status in ['todo', 'nothing']", "'nothing' is not an option of this enum."],
      ["title == 'it\\'s || staus'", undefined],
      ['owner.team.lead == user && id != null && createdAt < now', undefined],
      ['owner.nothing', 'Unknown field `nothing` on User.'],
      ['  owner  ', undefined],
      ['parts.some( p => p.open)', undefined],
      ['parts.some(p  =>  p.open )', undefined],
      ['parts.some(\n  p => p.open\n    && p.title != null\n)', undefined],
      ['parts.some(\n\tp => p == entity)', undefined],
      ['parts.some(p=>p.parts.some(q => q.open))', undefined],
      ['parts.some(p => p.parts.some(q => q.open)) && parts.every(r => r.open)', undefined],
      ['parts.some(p=>p.open) && parts.every(q => q.open)', undefined],
      ['parts.some(p=>p.opn) && open', 'Unknown field `opn` on Task.'],
      ['(open || parts.some( p => p.open )) && parts.every(q => q.opn)', 'Unknown field `opn` on Task.'],
      ['parts.some((p) => p.opn)', strayArrow],
      ['parts.some(p.q => p.opn)', strayArrow],
    ]
    expect(
      judge(
        modelSchema,
        cases.map(([source]) => ['Task', source]),
      ),
    ).toEqual(cases.map(([, fault]) => fault))
  })

  const sides =
    "title status mood rank ratio open due at notes labels scores days maker parent parts watchers id createdAt entity user user.role user.tags assignee.level maker.team null true 3 -1.5 'x' 'todo' '2026-01-01' now() today() now authenticated staus todo maker.nme ['todo'] [3,4] [null] [] ['x',staus]".split(
      ' ',
    )
  const operators = ['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in']

  test('on every two operands, and where each stands alone', () => {
    const pairs = sides.flatMap((left) =>
      sides.flatMap((right) => operators.map((operator) => `${left} ${operator} ${right}`)),
    )
    const alone = sides.flatMap((side) => [
      side,
      `!${side}`,
      `${side} && open`,
      `open || ${side}`,
      `open && (${side} || open)`,
      `(open || ${side}) && open`,
      `parts.some(p => ${side})`,
      `parts.every(p => p.${side} && open)`,
      `open && `,
    ])
    // All of them take a compiler half a minute.
    const all = sampled([...pairs.filter((_, index) => index % 61 === 0), ...alone])
    const refused = expectTwins(
      judge,
      modelSchema,
      all.map((source) => ['Task', source]),
    )
    const wrong = all.filter((source) => check(modelSchema, 'Task', source).length > 0)
    expect(refused / wrong.length).toBeGreaterThan(0.98)
  })

  test('on expressions with one name put for another', () => {
    const names =
      'title status mood rank ratio open due at notes labels maker assignee parent parts watchers user role level team lead nobody'.split(
        ' ',
      )
    const swapped = fc.tuple(someExpression, fc.nat(), fc.constantFrom(...names)).map(([source, which, name]) => {
      const places = [...source.matchAll(/(?<!['\w])[a-z]+(?![\w'(])/gi)]
      const found = places[which % Math.max(1, places.length)]
      return found ? source.slice(0, found.index) + name + source.slice(found.index + found[0].length) : name
    })
    const sources = sampled(fc.sample(swapped, { numRuns: 150, seed: 5 }))
    const refused = expectTwins(
      judge,
      modelSchema,
      sources.map((source) => ['Task', source]),
    )
    expect(refused).toBeGreaterThan(sources.length / 6)
  })

  test('damaged expressions end, and are refused by both', () => {
    const texts = [
      "owner || (status == 'todo' && assignee.team.name != 'x') || user.role in ['admin', 'user'] && !open",
      "parts.some(p => (p.title.endsWith('a') || abs(p.rank + 1) > 3)) && mood in ['good', coalesce(mood, 'done')]",
    ]
    const damaged = sampled(
      texts.flatMap((text) =>
        Array.from({ length: text.length }, (_, at) => text.slice(0, at) + (at % 2 ? text.slice(at + 1) : '')),
      ),
    )
    const refused = expectTwins(
      judge,
      modelSchema,
      damaged.map((source) => ['Task', source]),
    )
    const wrong = damaged.filter((source) => check(modelSchema, 'Task', source).length > 0)
    expect(refused).toBe(wrong.length)
  })

  test('long and deep expressions stay within the compiler', () => {
    const chain = Array.from({ length: 60 }, (_, index) => `rank != ${index}`).join(' || ')
    const deep = `${'('.repeat(40)}owner${')'.repeat(40)} && ${'!'.repeat(40)}open`
    const path = `${'parent.'.repeat(30)}title == 'x'`
    expect(
      judge(
        modelSchema,
        [chain, deep, path, `${chain} || staus`].map((source) => ['Task', source]),
      ),
    ).toEqual([undefined, undefined, undefined, 'Unknown name `staus`.'])
  })

  test('no text makes a compiler give up', () => {
    const texts = ["'", '(', '!', '- ', '1', 'f()+', '\n', '[1, '].flatMap((piece) => {
      const long = piece.repeat(Math.floor(950 / piece.length))
      return piece === 'f()+' || piece === '(' ? [`open && ${long}`, long.repeat(3)] : [long.repeat(3)]
    })
    // Whatever a compiler says of itself fails here.
    expectTwins(
      judge,
      modelSchema,
      texts.map((source) => ['Task', source]),
    )
  })
})
