// Requests of what is likely to break something: names that are none, values of other kinds, expressions that go nowhere,
// headers that contradict one another, and now and then something sensible.

/** What requests are made up of, as far as it is of one app and its rows. */
export type Known = {
  readonly ids: readonly string[]
  /** Addresses of rows. */
  readonly rows: readonly string[]
  readonly tokens: readonly (string | undefined)[]
  readonly etag: string
}

/** Makes requests up, of the CRM of `examples`. */
export function requestsFrom(random: () => number, { ids, rows, tokens, etag }: Known) {
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() * (most + 1)) }, make)
  const names = [
    'id',
    'title',
    'name',
    'margin',
    'value',
    'key',
    'company',
    'contacts',
    'team',
    'members',
    'agent',
    'email',
    'status',
    'deals',
    'isLate',
    'createdBy',
    'createdAt',
    'specification',
    'labels',
    'password',
    'role',
    '__proto__',
    'constructor',
    'toString',
    '_can',
    '',
    '*',
    'ж',
    'entity',
    'user',
    'owner',
    'now',
  ]
  const paths = () => [one(names), ...some(3, () => one(names))].join('.')
  const literals = [
    "'x'",
    '0',
    '-1',
    '1e9',
    '9007199254740993',
    'null',
    'true',
    '[]',
    "['a']",
    'today()',
    "date('2026-02-30')",
    'days(1)',
    "'%_\\''",
    '1/0',
    `'${'é'.repeat(200)}'`,
    '{}',
    'user',
    'owner',
  ]
  const operators = [
    '==',
    '!=',
    '<',
    '>=',
    '&&',
    '||',
    '+',
    '-',
    '*',
    '/',
    '%',
    'in',
    '??',
    '?',
    ':',
    '.',
    ',',
    '=>',
    '=',
    '|',
    '&',
  ]
  const term = (): string =>
    one([
      () => paths(),
      () => one(literals),
      () => `${paths()}.${one(['some', 'every', 'count', 'filter', 'map', 'length', 'contains'])}(x => ${term()})`,
      () => `${one(['has', 'lower', 'sum', 'abs', 'min', 'coalesce', 'changed', 'eval'])}(${term()})`,
      () => `(${expression()})`,
      () => `!${term()}`,
    ])()
  const expression = (): string => [term(), ...some(2, () => `${one(operators)} ${term()}`)].join(' ')
  const text = () =>
    one([
      '',
      'x',
      '0',
      '-1',
      '1e400',
      'true',
      'null',
      '\0',
      '\ud800',
      'ж🌱',
      '%',
      '"',
      "'",
      '*',
      'a"*b',
      '-title',
      'e30',
      'W10',
      ',',
      '..',
      one(ids),
      'x'.repeat(3_000),
    ])
  const query = () => {
    const parts = some(4, () => {
      const [name, value] = one<readonly [string, () => string]>([
        ['filter', expression],
        ['filter', () => `${paths()} ${one(operators)} ${one(literals)}`],
        ['sort', () => some(3, () => one(['', '-', '--']) + paths()).join()],
        ['fields', () => some(4, paths).join()],
        ['expand', () => some(4, paths).join()],
        [one(['limit', 'offset', 'after', 'count', 'can', 'deleted', 'since']), text],
        [one(['limit', 'count', 'can']), () => one(['5', 'true'])],
        ['search', text],
        [one(['group', 'sum', 'avg', 'min', 'max']), () => some(3, paths).join()],
        [paths(), text],
      ])
      return `${encodeURIComponent(name)}=${random() < 0.95 ? encodeURIComponent(value().toWellFormed()) : '%ed%a0%80%00'}`
    })
    return parts.length > 0 ? `?${parts.join('&')}` : ''
  }
  const collection = () =>
    one([
      'deals',
      'Deal',
      'companies',
      'users',
      'teams',
      'memberships',
      'contacts',
      'products',
      'api-keys',
      'todos',
      'quotes',
      'quote-lines',
      'stages',
      'nothing',
      '__proto__',
      '',
    ])
  const got = ['GET', 'GET', 'GET', 'HEAD']
  /** Methods that make sense, and where. */
  const places: readonly (readonly [methods: readonly string[], path: () => string])[] = [
    [[...got, ...got, 'POST'], () => `/api/${collection()}${query()}`],
    [got, () => `/api/${collection()}/aggregate${query()}`],
    [[...got, 'PATCH', 'PUT', 'DELETE'], () => `/api/${collection()}/${one(ids)}${random() < 0.5 ? query() : ''}`],
    [[...got, 'PATCH', 'PATCH', 'PUT', 'DELETE'], () => one(rows)],
    [['POST'], () => `${one(rows)}/${one(['win', 'lose', 'discount', 'finish', 'restore', 'constructor', ''])}`],
    [got, () => `/api/auth/${one(['session', 'sessions', 'nothing'])}`],
    [['POST'], () => `/api/auth/${one(['sign-in', 'password', 'forgot', 'reset'])}`],
    [
      [...got, 'POST'],
      () => `/${one(['', 'deals', 'pipeline', 'diary', 'companies', 'sign-in', 'deals/new', '%', '//'])}${query()}`,
    ],
    [[...got, 'POST'], () => `${one(rows).replace('/api', '')}${one(['', '/edit', '/win', '/delete'])}${query()}`],
    [['POST'], () => '/api/batch'],
  ]
  const path = () => one(places)[1]()
  const value = (): unknown =>
    one<() => unknown>([
      text,
      () => one(ids),
      () => one([0, -1, 1e308, 1.5, true, null, 2 ** 53]),
      () => some(3, value),
      () => ({ [one(names)]: one([1, 'x']) }),
    ])()
  const body = (): unknown =>
    one<() => unknown>([
      () => Object.fromEntries(some(5, () => [one(names), value()])),
      value,
      () => '{"a":',
      () =>
        some(3, () => ({
          method: one(['GET', 'POST', 'PATCH', 'DELETE', 'x']),
          path: path(),
          ...(random() < 0.5 && { body: value() }),
          ...(random() < 0.3 && { ifMatch: text() }),
        })),
    ])()
  const headers = () =>
    Object.fromEntries(
      some(3, () =>
        one<readonly [string, string]>([
          ['if-match', one(['*', etag, `W/${etag}`, '"x", *', '', '"'])],
          ['if-none-match', one(['*', etag, `W/${etag}`, 'x'])],
          ['idempotency-key', one(['a', 'b', ' ', 'a b'])],
          ['accept', one(['text/csv', 'application/x-ndjson', 'text/html;q=x', '*/*;q=0', ';;,'])],
          ['accept-encoding', one(['gzip', 'br', '*;q=0', ';,'])],
          [
            'content-type',
            one([
              'text/plain',
              'application/x-www-form-urlencoded',
              'application/json; charset=x',
              'multipart/form-data',
            ]),
          ],
          ['content-encoding', 'gzip'],
          ['cookie', one([`truth_session=${one(tokens)}`, 'truth_session', '=;;=', 'truth_session="x"'])],
          ['origin', one(['null', 'https://evil.example', 'http://localhost', '['])],
          ['sec-fetch-site', one(['cross-site', 'same-origin', 'x'])],
          ['authorization', one(['Bearer', 'Basic eDp5', `bearer  ${one(tokens)}`])],
          ['range', 'bytes=0-1'],
          ['x-request-id', one(['a', '<b>', 'x'.repeat(200)])],
          ['x-forwarded-for', one(['1.2.3.4', ',,', '::1'])],
        ]),
      ),
    )
  return () => {
    const [methods, where] = one(places)
    const method = random() < 0.95 ? one(methods) : one(['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])
    const sent = method === 'GET' || method === 'HEAD' ? undefined : body()
    return { method, path: where(), body: sent, token: random() < 0.8 ? one(tokens) : undefined, headers: headers() }
  }
}
