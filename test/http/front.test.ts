// Behind proxies: whose word on the caller's address, scheme and host is taken, and what follows from it.

import { expect, test } from 'vitest'
import { frontOf, trustIn } from '../../runtime/http/front.ts'
import { createServer } from '../../runtime/http/server.ts'
import { example, startApp } from '../helpers/app.ts'

const asked = (headers: Readonly<Record<string, string>>, url = 'http://inside:3000/api') =>
  new Request(url, { headers: { host: 'inside:3000', ...headers } })

const forwarded = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example' }

test.each<[string, string, string | undefined, Readonly<Record<string, string>>, object]>([
  [
    'nobody is trusted by default',
    '127.0.0.1',
    undefined,
    forwarded,
    { remote: '127.0.0.1', secure: false, host: 'inside:3000' },
  ],
  [
    'a stranger says what they like',
    '198.51.100.7',
    'loopback',
    forwarded,
    { remote: '198.51.100.7', secure: false, host: 'inside:3000' },
  ],
  [
    'a proxy of ours is believed',
    '127.0.0.1',
    'loopback',
    forwarded,
    { remote: '203.0.113.9', secure: true, host: 'app.example' },
  ],
  [
    'also as IPv6 writes it',
    '::ffff:127.0.0.1',
    'loopback',
    forwarded,
    { remote: '203.0.113.9', secure: true, host: 'app.example' },
  ],
  [
    'one that says nothing changes nothing',
    '10.1.2.3',
    '10.0.0.0/8',
    {},
    { remote: '10.1.2.3', secure: false, host: 'inside:3000' },
  ],
  [
    'what a caller wrote before the proxies did is not believed',
    '10.1.2.3',
    '10.0.0.0/8, 127.0.0.1',
    { ...forwarded, 'x-forwarded-for': '1.2.3.4, 203.0.113.9, 10.9.9.9' },
    { remote: '203.0.113.9', secure: true, host: 'app.example' },
  ],
  [
    'all addresses of an IPv6 network of 64 bits are one caller',
    '2001:db8:1:2:aaaa:bbbb:cccc:dddd',
    undefined,
    {},
    { remote: '2001:db8:1:2::/64', secure: false, host: 'inside:3000' },
  ],
  [
    'also behind a proxy',
    '127.0.0.1',
    'loopback',
    { ...forwarded, 'x-forwarded-for': '2001:DB8:1:3::7' },
    { remote: '2001:db8:1:3::/64', secure: true, host: 'app.example' },
  ],
  [
    'IPv4 as IPv6 writes it is IPv4',
    '::ffff:203.0.113.9',
    undefined,
    {},
    { remote: '203.0.113.9', secure: false, host: 'inside:3000' },
  ],
  [
    'nonsense is no address',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-for': 'drop table' },
    { remote: '127.0.0.1', secure: false, host: 'inside:3000' },
  ],
  [
    'plain HTTP at the proxy',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-proto': 'http' },
    { remote: '127.0.0.1', secure: false, host: 'inside:3000' },
  ],
  [
    'a port is not part of an address',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-for': '1.2.3.4:5555' },
    { remote: '1.2.3.4', secure: false, host: 'inside:3000' },
  ],
  [
    'nor behind one of IPv6',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-for': '[2001:db8::1]:80', 'x-forwarded-proto': 'HTTPS' },
    { remote: '2001:db8::/64', secure: true, host: 'inside:3000' },
  ],
  [
    'nothing before what is no address is believed',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-for': '6.6.6.6, unknown, 203.0.113.9' },
    { remote: '203.0.113.9', secure: false, host: 'inside:3000' },
  ],
  [
    'nor when that is the last',
    '127.0.0.1',
    'loopback',
    { 'x-forwarded-for': '6.6.6.6, unknown' },
    { remote: '127.0.0.1', secure: false, host: 'inside:3000' },
  ],
])('%s', (_what, peer, trust, headers, expected) => {
  const { host, ...front } = frontOf(asked(headers), peer, trust === undefined ? undefined : trustIn(trust))
  expect({ ...front, host: host() }).toEqual(expected)
})

test('TLS is seen without a proxy too', () => {
  expect(frontOf(asked({}, 'https://inside/'), '127.0.0.1', undefined).secure).toBe(true)
})

test.each(['nowhere', '300.1.1.1', '10.0.0.0/64', ''])('`%s` is no list of proxies', (addresses) => {
  expect(() => trustIn(addresses)).toThrow(TypeError)
})

test('behind a proxy with TLS, cookies are for TLS, and browsers are told to stay with it', async () => {
  const { service, close } = await startApp(example('tasks'))
  const server = createServer({ service: () => service, remoteOf: () => '127.0.0.1', trust: trustIn('loopback') })
  const signUp = (headers: Readonly<Record<string, string>>, name: string) =>
    server.request('http://inside:3000/api/auth/sign-up', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'inside:3000', ...headers },
      body: JSON.stringify({ email: `${name}@example.com`, name, password: 'correct horse' }),
    })
  const through = await signUp({ ...forwarded, origin: 'https://app.example' }, 'ann')
  expect(through.status).toBe(201)
  expect(through.headers.get('set-cookie')).toContain('; Secure')
  expect(through.headers.get('strict-transport-security')).toBe('max-age=31536000')
  const plain = await signUp({}, 'bob')
  expect(plain.headers.get('set-cookie')).not.toContain('Secure')
  expect(plain.headers.has('strict-transport-security')).toBe(false)
  const foreign = await signUp({ ...forwarded, origin: 'https://evil.example' }, 'eve')
  expect(foreign.status).toBe(403)
  await close()
})
