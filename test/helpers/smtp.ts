// A real SMTP server that keeps what it is sent.

import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Received = { readonly from: string; readonly to: readonly string[]; readonly text: string }

export type Smtp = {
  readonly url: string
  /** The next mail that nobody took yet; waits for it. */
  readonly next: () => Promise<Received>
  readonly waiting: () => number
  readonly stop: () => Promise<void>
}

export async function startSmtp(): Promise<Smtp> {
  const mails: Received[] = []
  const takers: ((mail: Received) => void)[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        // Long lines are folded by a `=` at their end.
        const text = Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=')
        const mail = { from, to: envelope.rcptTo.map(({ address }) => address), text }
        const taker = takers.shift()
        if (taker) taker(mail)
        else mails.push(mail)
        done()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    next: () => {
      const mail = mails.shift()
      return mail ? Promise.resolve(mail) : new Promise((take) => takers.push(take))
    },
    waiting: () => mails.length,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
