// The table of the expression language's codes (T4xxx): what each means, with an example that triggers it and one that
// does not. Examples stand in a read permission of an entity Task, but for queries and templates.

import type { CodeInfo, Severity } from '../codes.ts'

const row = (title: string, meaning: string, wrong: string, right: string, severity: Severity = 'error'): CodeInfo => ({
  severity,
  title,
  meaning,
  wrong,
  right,
})

export const expressionCodes = {
  T4001: row(
    'Empty expression',
    'There is no expression. Permissions can also be the plain values `true` and `false`.',
    '',
    'authenticated',
  ),
  T4002: row(
    'Something is missing or misplaced',
    'A value, an operator, a name or a comma is missing at this place, or something stands where it cannot.',
    "status == 'todo' &&",
    "status == 'todo' && owner",
  ),
  T4003: row(
    'Operator of another language',
    'The operator is spelt differently here, as in JavaScript: `==`, `!=`, `&&`, `||`, `!`.',
    "status = 'todo' and owner",
    "status == 'todo' && owner",
  ),
  T4004: row(
    'Text without an end',
    'A text begins here but its closing quote is missing.',
    "status == 'todo",
    "status == 'todo'",
  ),
  T4005: row(
    'Parenthesis or bracket without a partner',
    'It is never closed, closes nothing, or is closed by the other kind.',
    "(owner || status == 'todo'",
    "(owner || status == 'todo')",
  ),
  T4006: row(
    'Chained comparison',
    'In JavaScript `a < b < c` compares the result of `a < b` with `c`. Write the two comparisons out.',
    '1 < rank < 5',
    '1 < rank && rank < 5',
  ),
  T4007: row(
    'JavaScript that the language does not have',
    'The language is a small part of JavaScript: no `?:`, `??`, `?.`, templates, comments, assignments or statements.',
    'assignee?.name != null',
    'assignee.name != null',
  ),
  T4008: row(
    'Faulty text',
    'A text holds a line break, an unknown escape, or something that is no character.',
    String.raw`title == 'a\qb'`,
    String.raw`title == 'a\tb'`,
  ),
  T4009: row('Faulty number', 'It is not a decimal number, or too large to be exact.', 'rank == 0x10', 'rank == 16'),
  T4010: row(
    'Too large',
    'An expression has at most 4,096 characters, 64 levels of nesting, 512 operators, 1,000 elements in a list, 8 relations on a path, and 5 `some` or `every` within each other; all of it together is no deeper than SQLite can read.',
    '!'.repeat(70).concat('authenticated'),
    'authenticated',
  ),
  T4011: row(
    'Unknown character',
    'The character has no meaning in the language.',
    "title == 'a' # here",
    "title == 'a'",
  ),
  T4101: row(
    'Unknown name',
    'It is neither a field of the entity nor a name known at this place.',
    "staus == 'todo'",
    "status == 'todo'",
  ),
  T4102: row(
    'Unknown field',
    'The entity has no such field, or it is secret.',
    'assignee.nam != null',
    'assignee.name != null',
  ),
  T4103: row(
    'Unknown function or method',
    'There is no such function, or not for values of this type.',
    "title.startWith('A')",
    "title.startsWith('A')",
  ),
  T4104: row(
    'Name not known at this place',
    'Each place knows its own names: `next` is for update rules, `input` for behaviors, `event` for workflows.',
    "next.status == 'done'",
    "status == 'done'",
  ),
  T4105: row(
    'No owner',
    'The entity has no owner: its `owner` key names none, and no field with one of the usual names leads to the auth entity.',
    'project.team != null && parent == null || noteless.owner',
    'owner',
  ),
  T4107: row(
    'Parameter name taken',
    'A parameter must not hide another name: a reader would take one for the other.',
    'comments.some(status => status.hidden)',
    'comments.some(c => c.hidden)',
  ),
  T4108: row(
    'Option without quotes',
    'A bare word is a name. An option of an enum is a text.',
    'user.role == admin',
    "user.role == 'admin'",
  ),
  T4201: row(
    'Not a boolean',
    'Nothing is converted: a condition is made of booleans only.',
    'rank && owner',
    'rank > 0 && owner',
  ),
  T4202: row(
    'Values that cannot be compared',
    'Values of different types are never equal, so comparing them is a mistake.',
    "rank == 'high'",
    'rank == 5',
  ),
  T4203: row(
    'Unknown option',
    'The text is not one of the options of the enum.',
    "status == 'finished'",
    "status == 'done'",
  ),
  T4204: row(
    'Always the same',
    'Both sides are constants, so the result does not depend on anything.',
    "'todo' == 'done'",
    "status == 'done'",
  ),
  T4205: row(
    'Not ordered',
    'Numbers and dates have an order that JavaScript and SQL agree on; texts and other values do not.',
    "title < 'b'",
    'rank < 2',
  ),
  T4206: row(
    'Not in such a list',
    '`in` looks for a value in a list or a collection whose elements are of its type.',
    "'a' in title",
    "title.includes('a')",
  ),
  T4207: row(
    'Arithmetic on other values',
    '`+ - * / %` work on numbers, `+` joins two texts, `+` and `-` move dates by durations.',
    "title + 1 == 'a1'",
    "title + '1' == 'a1'",
  ),
  T4208: row('No such property', 'Values of this type have no such property.', 'rank.length > 0', 'title.length > 0'),
  T4209: row(
    'Number of arguments',
    'The function takes another number of arguments.',
    'dueDate < days(1, 2) + today()',
    'dueDate < today() + days(1)',
  ),
  T4210: row(
    'Unfit argument',
    'The function does not take a value of this type at this position.',
    "abs('1') == 1",
    'abs(rank) == 1',
  ),
  T4211: row(
    'Record where a condition is wanted',
    'Only a record of the auth entity can stand alone: it asks whether that is the current user.',
    'project && owner',
    'project != null && owner',
  ),
  T4212: row(
    'Not a date',
    'Dates are written `2026-06-15`, instants `2026-06-15T12:00:00Z`, and must exist.',
    "dueDate < '2026-02-30'",
    "dueDate < '2026-02-28'",
  ),
  T4213: row(
    'Misplaced null',
    '`null` can be compared with `==` and `!=` only, with what may be missing.',
    'rank > null',
    'rank != null',
  ),
  T4214: row(
    'Faulty list',
    'A list stands on the right of `in`; its elements are alike, and there is at least one.',
    'status in []',
    "status in ['todo', 'done']",
  ),
  T4215: row(
    'Value of the wrong type',
    'The value is stored in a field, or written into a text, and does not fit.',
    '',
    '',
  ),
  T4216: row(
    'Condition on rows',
    '`some` and `every` take a condition on one row: `comments.some(c => c.hidden)`.',
    'comments.some(owner)',
    'comments.some(c => c.hidden)',
  ),
  T4217: row('Not a value by itself', '`input` and `event` are read by their fields.', '', ''),
  T4301: row(
    'Unknown entity in a query',
    'A query begins with one of the entities of the app.',
    'Tsk where owner',
    'Task where owner',
  ),
  T4302: row(
    'Faulty query',
    'A query is `Entity where condition order by field desc limit 10`, with every part but the entity optional.',
    'Task limit many',
    'Task limit 10',
  ),
  T4303: row(
    'Faulty order',
    'Rows are ordered by fields that hold one plain value.',
    'Task order by comments',
    'Task order by dueDate desc, title',
  ),
  T4304: row(
    'Unclosed expression in a text',
    'An expression in a text begins with `${` and ends with `}`.',
    'Done: ${entity.title',
    'Done: ${entity.title}',
  ),
} as const satisfies { readonly [code: string]: CodeInfo }
