// A condition in plain language: "the user is the row’s owner, or the user’s role is admin".

import type { TypedNode } from '../tree.ts'

const joins = { '&&': ' and ', '||': ', or ' } as const

const plainComparisons: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
}
const timeComparisons: Readonly<Record<string, string>> = {
  ...plainComparisons,
  '<': 'is before',
  '<=': 'is not after',
  '>': 'is after',
  '>=': 'is not before',
}

/** A condition as part of a sentence. */
export function readingOf(node: TypedNode): string {
  switch (node.kind) {
    case 'literal':
      return node.value === true ? 'always' : node.value === false ? 'never' : said(node)
    case 'authenticated':
      return 'somebody is signed in'
    case 'is-user':
      return `the user is ${said(node.operand)}`
    case 'is-null':
      return `${said(node.operand)} is ${node.negated ? 'given' : 'missing'}`
    case 'not':
      return negated(node.operand)
    case 'logic': {
      const part = (side: TypedNode): string => {
        const mixed = side.kind === 'logic' && side.operator !== node.operator
        return mixed ? `(${readingOf(side)})` : readingOf(side)
      }
      return `${part(node.left)}${joins[node.operator]}${part(node.right)}`
    }
    case 'compare': {
      const words = isTime(node.left) ? timeComparisons : plainComparisons
      return `${said(node.left)} ${words[node.operator]} ${said(node.right)}`
    }
    case 'in':
      return `${said(node.value)} is ${amongst(node.list)}`
    case 'quantifier': {
      const which = node.name === 'some' ? 'at least one of' : 'each of'
      return `${which} ${said(node.collection)} (\`${node.parameter}\`) has: ${readingOf(node.body)}`
    }
    case 'call':
      return calls[node.name]?.(node.arguments.map(said)) ?? `${said(node)} is true`
    default:
      return `${said(node)} is true`
  }
}

function negated(node: TypedNode): string {
  if (node.kind === 'authenticated') return 'nobody is signed in'
  if (node.kind === 'is-user') return `the user is not ${said(node.operand)}`
  if (node.kind === 'field' || node.kind === 'slot') return `${said(node)} is false`
  return `not (${readingOf(node)})`
}

const isTime = ({ type }: TypedNode): boolean => type.kind === 'date' || type.kind === 'datetime'

function amongst(list: TypedNode): string {
  if (list.kind !== 'list') return `among ${said(list)}`
  const items = list.items.map(said)
  return items.length === 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`
}

const calls: Readonly<Record<string, (values: readonly string[]) => string>> = {
  'string.startsWith': ([text, part]) => `${text} starts with ${part}`,
  'string.endsWith': ([text, part]) => `${text} ends with ${part}`,
  'string.includes': ([text, part]) => `${text} contains ${part}`,
}

const rows = {
  user: 'the user',
  entity: 'the row',
  next: 'the row as it would be',
  previous: 'the row as it was',
} as const

/** What the field of such a row is called beside that of the row itself. */
const changing: Partial<Record<keyof typeof rows, string>> = { next: 'new', previous: 'former' }

/** A value as part of a sentence. */
function said(node: TypedNode): string {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string' ? node.value || 'empty' : String(node.value ?? 'missing')
    case 'list':
      return node.items.map(said).join(', ')
    case 'row':
      return rows[node.root]
    case 'parameter':
      return node.name
    case 'slot':
      return node.source === 'input' ? `the given ${node.field}` : `the event’s ${node.field}`
    case 'clock':
      return node.name === 'now' ? 'now' : 'today'
    case 'field': {
      const { object } = node
      const changed = object.kind === 'row' ? changing[object.root] : undefined
      return changed ? `the row’s ${changed} ${node.field}` : `${said(object)}’s ${node.field}`
    }
    case 'midnight':
      return said(node.operand)
    case 'negate':
      return `minus ${said(node.operand)}`
    case 'arithmetic':
      return `(${said(node.left)} ${node.operator} ${said(node.right)})`
    case 'join':
      return `${said(node.left)} + ${said(node.right)}`
    case 'shift':
      return `${said(node.date)} ${node.operator === '+' ? 'plus' : 'minus'} ${said(node.duration)}`
    case 'difference':
      return `the time from ${said(node.right)} to ${said(node.left)}`
    case 'count':
      return `the number of ${said(node.collection)}`
    case 'call':
      return saidCall(node)
    default:
      return `whether ${readingOf(node)}`
  }
}

function saidCall({ name, arguments: values }: TypedNode & { kind: 'call' }): string {
  const given = values.map(said)
  const [first = '', second = ''] = given
  switch (name) {
    case 'days':
    case 'hours':
    case 'minutes':
      return first === '1' ? `1 ${name.slice(0, -1)}` : `${first} ${name}`
    case 'coalesce':
      return `${first} (or ${second} where that is missing)`
    case 'string.length':
    case 'list.length':
      return `the length of ${first}`
    case 'string.trim':
    case 'string.toLowerCase':
      return `${first}${name === 'string.trim' ? ' trimmed' : ' in lower case'}`
    case 'string.toUpperCase':
      return `${first} in upper case`
    default:
      return calls[name]?.(given) ?? `${name}(${given.join(', ')})`
  }
}
