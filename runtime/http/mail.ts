// How mail leaves: by SMTP where the environment says so; in development else into the log; in production else not at all.

import type { Transporter } from 'nodemailer'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

export type Mailer = {
  /** Where the links in a mail lead; undefined for the address that the request came to. */
  readonly base: string | undefined
  readonly send: (mail: Mail) => Promise<void>
}

/** What is wrong with the environment, for people. */
export class MailFault extends Error {}

type Environment = { readonly [name: string]: string | undefined }

/** Milliseconds. */
const patience = 10_000

/**
 * Undefined where no mail can leave. Throws MailFault when the environment says half of what is needed:
 * `TRUTH_SMTP_URL` such as `smtp://user:password@host:587`, `TRUTH_MAIL_FROM`, and `TRUTH_URL`, where the app stands.
 */
export function createMailer(
  mode: 'development' | 'production',
  log: { readonly info: (details: object, message: string) => void },
  environment: Environment,
): Mailer | undefined {
  const { TRUTH_SMTP_URL: smtp, TRUTH_MAIL_FROM: from, TRUTH_URL: url } = environment
  const base = url?.replace(/\/+$/, '') || undefined
  if (!smtp) {
    if (mode === 'production') return undefined
    return { base, send: async (mail) => log.info(mail, 'mail, not sent: there is no TRUTH_SMTP_URL') }
  }
  // SECURITY: the `Host` of a request is the caller's to choose, and a link with a token must not lead to their site.
  for (const [name, value] of Object.entries({ TRUTH_MAIL_FROM: from, TRUTH_URL: base }))
    if (!value) throw new MailFault(`TRUTH_SMTP_URL is set, but ${name} is not: mail needs both.`)
  let transport: Promise<Transporter> | undefined
  const open = async (): Promise<Transporter> => {
    // PERF: 40 ms of loading, which the start of a server need not wait for.
    const { createTransport } = await import('nodemailer')
    return createTransport(
      { url: smtp, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
      { from },
    )
  }
  return {
    base,
    send: async (mail) => {
      transport ??= open()
      await (await transport).sendMail({ ...mail })
    },
  }
}
