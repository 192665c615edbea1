// The grammar of spec/expressions.md, rule by rule, building the syntax tree as it goes. One instance is reused.
// PERF: no concrete tree, no error recovery (see `repair.ts`), offsets only.

import { EmbeddedActionsParser } from 'chevrotain'
import { type BinaryOperator, endOf, type Node, startOf } from './ast.ts'
import * as t from './tokens.ts'

const normalised: ReadonlyMap<string, BinaryOperator> = new Map([
  ['===', '=='],
  ['!==', '!='],
])

function binary(left: Node, operator: t.Token, right: Node): Node {
  const name = normalised.get(operator.image) ?? (operator.image as BinaryOperator)
  return { kind: 'binary', operator: name, left, right, start: startOf(left), end: endOf(right) }
}

const single = (kind: 'error', token: t.Token): Node => ({ kind, start: token.startOffset, end: t.endOf(token) })

function literal(token: t.Token): Node {
  return { kind: 'literal', value: token.value ?? null, start: token.startOffset, end: t.endOf(token) }
}

/** The parser. Its rules are named so that they do not clash with Chevrotain's own methods. */
export class ExpressionParser extends EmbeddedActionsParser {
  constructor(options?: { readonly skipValidations: boolean }) {
    super(t.vocabulary, { maxLookahead: 2, skipValidations: options?.skipValidations ?? true })
    this.performSelfAnalysis()
  }

  expression = this.RULE('expression', (): Node => this.SUBRULE(this.disjunction))

  disjunction = this.RULE('disjunction', (): Node => {
    let left = this.SUBRULE(this.conjunction)
    this.MANY(() => {
      const operator = this.CONSUME(t.Or)
      left = binary(left, operator, this.SUBRULE2(this.conjunction))
    })
    return left
  })

  conjunction = this.RULE('conjunction', (): Node => {
    let left = this.SUBRULE(this.equality)
    this.MANY(() => {
      const operator = this.CONSUME(t.And)
      left = binary(left, operator, this.SUBRULE2(this.equality))
    })
    return left
  })

  // Comparisons do not chain; `repair.ts` reports where one does, so that the rules below may read on.
  equality = this.RULE('equality', (): Node => {
    let left = this.SUBRULE(this.relational)
    this.MANY(() => {
      const operator = this.CONSUME(t.Equality)
      left = binary(left, operator, this.SUBRULE2(this.relational))
    })
    return left
  })

  relational = this.RULE('relational', (): Node => {
    let left = this.SUBRULE(this.additive)
    this.MANY(() => {
      const operator = this.OR([{ ALT: () => this.CONSUME(t.Relational) }, { ALT: () => this.CONSUME(t.In) }])
      left = binary(left, operator, this.SUBRULE2(this.additive))
    })
    return left
  })

  additive = this.RULE('additive', (): Node => {
    let left = this.SUBRULE(this.multiplicative)
    this.MANY(() => {
      const operator = this.CONSUME(t.Additive)
      left = binary(left, operator, this.SUBRULE2(this.multiplicative))
    })
    return left
  })

  multiplicative = this.RULE('multiplicative', (): Node => {
    let left = this.SUBRULE(this.unary)
    this.MANY(() => {
      const operator = this.CONSUME(t.Multiplicative)
      left = binary(left, operator, this.SUBRULE2(this.unary))
    })
    return left
  })

  unary = this.RULE(
    'unary',
    (): Node =>
      this.OR([
        {
          ALT: (): Node => {
            const operator = this.CONSUME(t.Prefix)
            const operand = this.SUBRULE(this.unary)
            const image = operator.image === '-' ? '-' : '!'
            return { kind: 'unary', operator: image, operand, start: operator.startOffset, end: endOf(operand) }
          },
        },
        { ALT: () => this.SUBRULE(this.postfix) },
      ]),
  )

  postfix = this.RULE('postfix', (): Node => {
    let object = this.SUBRULE(this.primary)
    this.MANY(() => {
      this.CONSUME(t.Dot)
      const name = this.CONSUME(t.Name)
      const base = { object, name: name.image, nameStart: name.startOffset, start: startOf(object) }
      const called = this.OPTION(() => this.SUBRULE(this.methodArguments))
      object = called
        ? { kind: 'method', ...base, arguments: called.list, end: called.end }
        : { kind: 'member', ...base, end: t.endOf(name) }
    })
    return object
  })

  methodArguments = this.RULE('methodArguments', () => {
    const list: Node[] = []
    this.CONSUME(t.LeftParen)
    this.MANY_SEP({ SEP: t.Comma, DEF: () => list.push(this.SUBRULE(this.argument)) })
    return { list, end: t.endOf(this.CONSUME(t.RightParen)) }
  })

  argument = this.RULE(
    'argument',
    (): Node =>
      this.OR([
        {
          ALT: (): Node => {
            const name = this.CONSUME(t.Name)
            this.CONSUME(t.Arrow)
            const body = this.SUBRULE(this.expression)
            const start = name.startOffset
            return { kind: 'lambda', parameter: name.image, parameterStart: start, body, start, end: endOf(body) }
          },
        },
        { ALT: () => this.SUBRULE2(this.expression) },
      ]),
  )

  primary = this.RULE(
    'primary',
    (): Node =>
      this.OR([
        { ALT: () => this.SUBRULE(this.nameOrCall) },
        { ALT: () => literal(this.CONSUME(t.Text)) },
        { ALT: () => literal(this.CONSUME(t.Numeral)) },
        { ALT: () => literal(this.CONSUME(t.True)) },
        { ALT: () => literal(this.CONSUME(t.False)) },
        { ALT: () => literal(this.CONSUME(t.Null)) },
        {
          ALT: () => {
            const start = this.CONSUME(t.LeftParen).startOffset
            const inner = this.SUBRULE(this.expression)
            return { ...inner, outer: { start, end: t.endOf(this.CONSUME(t.RightParen)) } }
          },
        },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => single('error', this.CONSUME(t.Missing)) },
      ]),
  )

  nameOrCall = this.RULE('nameOrCall', (): Node => {
    const name = this.CONSUME(t.Name)
    const start = name.startOffset
    const called = this.OPTION(() => this.SUBRULE(this.methodArguments))
    return called
      ? { kind: 'call', name: name.image, arguments: called.list, start, end: called.end }
      : { kind: 'name', name: name.image, start, end: t.endOf(name) }
  })

  list = this.RULE('list', (): Node => {
    const items: Node[] = []
    const start = this.CONSUME(t.LeftBracket).startOffset
    this.MANY_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.expression)) })
    return { kind: 'list', items, start, end: t.endOf(this.CONSUME(t.RightBracket)) }
  })
}
