// Who really asks, where proxies stand in front of the server: their word on it is taken when they are trusted.

import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import proxyAddr from 'proxy-addr'

/** Whether a proxy at an address is one of ours. */
export type Trust = (address: string, hop: number) => boolean

export type Front = {
  /** The address of the caller, or the network of one caller: what requests and attempts are counted for. */
  readonly remote: string
  /** Whether the caller speaks TLS. */
  readonly secure: boolean
  /** The host that the caller asked for. */
  readonly host: () => string
}

/**
 * `addresses` are IP addresses, networks such as `10.0.0.0/8`, and the names `loopback`, `linklocal` and `uniquelocal`,
 * with commas between. Throws TypeError on anything else.
 */
export const trustIn = (addresses: string): Trust => proxyAddr.compile(addresses.split(',').map((one) => one.trim()))

/** An address without the port that some proxies write behind it. */
const withoutPort = (text: string): string =>
  /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text

/** The addresses from the last back to the first that is none: what stands before that may be anybody's invention. */
function addressesIn(header: string | null): string | undefined {
  const all = (header ?? '').split(',').map((one) => withoutPort(one.trim()))
  const known = all.slice(all.findLastIndex((one) => isIP(one) === 0) + 1)
  return known.length > 0 ? known.join(', ') : undefined
}

/** What the first in a row of proxies said. */
const first = (header: string | null): string | undefined => header?.split(',')[0]?.trim() || undefined

/** One customer has all the addresses of an IPv6 network of 64 bits, so whoever counts single ones counts nothing. */
function networkOf(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0])}/64`
}

/** `peer` is the address at the other end of the connection. */
export function frontOf(request: Request, peer: string, trust: Trust | undefined): Front {
  const { headers, url } = request
  const trusted = trust?.(peer, 0) === true
  const host = () => (trusted && first(headers.get('x-forwarded-host'))) || headers.get('host') || new URL(url).host
  if (!trust || !trusted) return { remote: networkOf(peer), secure: url.startsWith('https:'), host }
  const told = { headers: { 'x-forwarded-for': addressesIn(headers.get('x-forwarded-for')) } }
  const remote = proxyAddr({ ...told, socket: { remoteAddress: peer } } as unknown as IncomingMessage, trust)
  const scheme = first(headers.get('x-forwarded-proto'))?.toLowerCase()
  return {
    remote: networkOf(remote),
    secure: scheme === undefined ? url.startsWith('https:') : scheme === 'https',
    host,
  }
}
