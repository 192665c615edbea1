// The policies of the expression bench, as each evaluator writes them, and what they are tried on.

/** Truth, by hand, CEL, filtrex, JSON Logic and CASL conditions (of one entity, with the user's values filled in). */
export const policies = [
  {
    name: 'admin or owner',
    truth: `authenticated && (user.role == "admin" || user.id == entity.createdBy)`,
    hand: (u, e) => u !== null && (u.role === 'admin' || u.id === e.createdBy),
    cel: 'user.role == "admin" || user.id == entity.createdBy',
    filtrex: 'user.role == "admin" or user.id == entity.createdBy',
    logic: {
      or: [{ '==': [{ var: 'user.role' }, 'admin'] }, { '==': [{ var: 'user.id' }, { var: 'entity.createdBy' }] }],
    },
    casl: (u) => (u.role === 'admin' ? [{}] : [{ createdBy: u.id }]),
  },
  {
    name: 'status is',
    truth: "status == 'todo'",
    hand: (_, e) => e.status === 'todo',
    cel: 'entity.status == "todo"',
    filtrex: 'entity.status == "todo"',
    logic: { '==': [{ var: 'entity.status' }, 'todo'] },
    casl: () => [{ status: 'todo' }],
  },
  {
    name: 'status among',
    truth: "status in ['todo', 'doing', 'done']",
    hand: (_, e) => e.status === 'todo' || e.status === 'doing' || e.status === 'done',
    cel: 'entity.status in ["todo", "doing", "done"]',
    filtrex: 'entity.status in ("todo", "doing", "done")',
    logic: { in: [{ var: 'entity.status' }, ['todo', 'doing', 'done']] },
    casl: () => [{ status: { $in: ['todo', 'doing', 'done'] } }],
  },
  {
    name: 'rank over',
    truth: 'rank > 3',
    hand: (_, e) => Number.isSafeInteger(e.rank) && e.rank > 3,
    cel: 'entity.rank > 3.0',
    filtrex: 'entity.rank > 3',
    logic: { '>': [{ var: 'entity.rank' }, 3] },
    casl: () => [{ rank: { $gt: 3 } }],
  },
  {
    name: 'public or own',
    truth: 'open || owner',
    hand: (u, e) => e.open === true || (u !== null && e.createdBy === u.id),
    cel: 'entity.open || entity.createdBy == user.id',
    filtrex: 'entity.open or entity.createdBy == user.id',
    logic: {
      or: [{ '==': [{ var: 'entity.open' }, true] }, { '==': [{ var: 'entity.createdBy' }, { var: 'user.id' }] }],
    },
    casl: (u) => [{ open: true }, { createdBy: u.id }],
  },
  {
    name: 'own and open',
    truth: "owner && status != 'done'",
    hand: (u, e) => u !== null && e.createdBy === u.id && typeof e.status === 'string' && e.status !== 'done',
    cel: 'entity.createdBy == user.id && entity.status != "done"',
    filtrex: 'entity.createdBy == user.id and entity.status != "done"',
    logic: {
      and: [{ '==': [{ var: 'entity.createdBy' }, { var: 'user.id' }] }, { '!=': [{ var: 'entity.status' }, 'done'] }],
    },
    casl: (u) => [{ createdBy: u.id, status: { $ne: 'done' } }],
  },
  {
    name: 'three people',
    truth: "owner || assignee || user.role in ['manager', 'admin']",
    hand: (u, e) =>
      u !== null && (e.createdBy === u.id || e.assignee === u.id || u.role === 'manager' || u.role === 'admin'),
    cel: 'entity.createdBy == user.id || entity.assignee == user.id || user.role in ["manager", "admin"]',
    filtrex: 'entity.createdBy == user.id or entity.assignee == user.id or user.role in ("manager", "admin")',
    logic: {
      or: [
        { '==': [{ var: 'entity.createdBy' }, { var: 'user.id' }] },
        { '==': [{ var: 'entity.assignee' }, { var: 'user.id' }] },
        { in: [{ var: 'user.role' }, ['manager', 'admin']] },
      ],
    },
    casl: (u) => (u.role === 'manager' || u.role === 'admin' ? [{}] : [{ createdBy: u.id }, { assignee: u.id }]),
  },
  {
    name: 'guard',
    truth: "(owner || assignee) && status != 'done' && rank < 8",
    hand: (u, e) =>
      u !== null &&
      (e.createdBy === u.id || e.assignee === u.id) &&
      typeof e.status === 'string' &&
      e.status !== 'done' &&
      Number.isSafeInteger(e.rank) &&
      e.rank < 8,
    cel: '(entity.createdBy == user.id || entity.assignee == user.id) && entity.status != "done" && entity.rank < 8.0',
    filtrex:
      '(entity.createdBy == user.id or entity.assignee == user.id) and entity.status != "done" and entity.rank < 8',
    logic: {
      and: [
        {
          or: [
            { '==': [{ var: 'entity.createdBy' }, { var: 'user.id' }] },
            { '==': [{ var: 'entity.assignee' }, { var: 'user.id' }] },
          ],
        },
        { '!=': [{ var: 'entity.status' }, 'done'] },
        { '<': [{ var: 'entity.rank' }, 8] },
      ],
    },
    casl: (u) => [
      { createdBy: u.id, status: { $ne: 'done' }, rank: { $lt: 8 } },
      { assignee: u.id, status: { $ne: 'done' }, rank: { $lt: 8 } },
    ],
  },
  {
    name: 'level and flag',
    truth: 'user.level >= 3 && !open',
    hand: (u, e) => u !== null && Number.isSafeInteger(u.level) && u.level >= 3 && e.open === false,
    cel: 'user.level >= 3.0 && !entity.open',
    filtrex: 'user.level >= 3 and not entity.open',
    logic: { and: [{ '>=': [{ var: 'user.level' }, 3] }, { '!': [{ var: 'entity.open' }] }] },
    casl: (u) => (u.level >= 3 ? [{ open: false }] : []),
  },
]

/** A policy of CEL as casbin's matcher has it, which knows no lists of texts. */
export const casbinOf = (cel) =>
  cel
    .replace(
      /([\w.]+) in \[([^\]]*)\]/g,
      (_, path, items) =>
        `(${items
          .split(', ')
          .map((item) => `${path} == ${item}`)
          .join(' || ')})`,
    )
    .replace(/\b(user|entity)\./g, 'r.$1.')

/** A policy of CEL as Cedar has it: whole numbers, and lists that are asked. */
export const cedarOf = (cel) => {
  const when = cel
    .replace(/([\w.]+) in (\[[^\]]*\])/g, '$2.contains($1)')
    .replace(/(\d)\.0\b/g, '$1')
    .replace(/\buser\./g, 'principal.')
    .replace(/\bentity\./g, 'resource.')
  return `permit (principal, action, resource) when { ${when} };`
}

export const roles = ['user', 'manager', 'admin']
export const statuses = ['todo', 'doing', 'done', 'archived']
export const users = Array.from({ length: 12 }, (_, n) => ({ id: `u${n}`, role: roles[n % 3], level: n % 6 }))
const entities = Array.from({ length: 64 }, (_, n) => ({
  id: `k${n}`,
  status: statuses[n % 4],
  rank: n % 11,
  open: n % 3 === 0,
  createdBy: `u${(n * 5) % 12}`,
  assignee: `u${(n * 7) % 12}`,
}))
export const contexts = entities.flatMap((entity, n) =>
  [0, 1, 2].map((m) => ({ user: users[(n + m * 5) % 12], entity, now: '2026-06-15T12:00:00.000Z' })),
)
