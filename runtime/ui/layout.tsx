// The frame around every page.

import type { ComponentChildren } from 'preact'
import type { Frame } from './model.ts'

export function Layout({ frame, children }: { readonly frame: Frame; readonly children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{frame.title === frame.app ? frame.app : `${frame.title} · ${frame.app}`}</title>
        <link rel="stylesheet" href="/assets/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="top">
          <a class="brand" href="/">
            {frame.app}
          </a>
          <nav aria-label="Main">
            {frame.links.map((link) => (
              <a href={link.href} aria-current={link.current ? 'page' : undefined}>
                {link.label}
              </a>
            ))}
          </nav>
          <div class="who">
            <Who frame={frame} />
          </div>
        </header>
        {frame.problems && <pre class="problems">{frame.problems}</pre>}
        <main id="main">
          {frame.notice && (
            <p class="notice" role="status">
              {frame.notice}
            </p>
          )}
          {children}
        </main>
      </body>
    </html>
  )
}

function Who({ frame }: { readonly frame: Frame }) {
  if (frame.user) {
    return (
      <>
        {frame.user.href ? <a href={frame.user.href}>{frame.user.label}</a> : <span>{frame.user.label}</span>}
        <form method="post" action="/sign-out">
          <button class="quiet" type="submit">
            Sign out
          </button>
        </form>
      </>
    )
  }
  return (
    <>
      {frame.canSignIn && <a href="/sign-in">Sign in</a>}
      {frame.canSignUp && <a href="/sign-up">Sign up</a>}
    </>
  )
}

/** A page that only says something. */
export function Message({
  frame,
  heading,
  text,
}: {
  readonly frame: Frame
  readonly heading: string
  readonly text: string
}) {
  return (
    <Layout frame={frame}>
      <h1>{heading}</h1>
      <p>{text}</p>
      {!frame.user && frame.canSignIn && (
        <p>
          <a class="button" href="/sign-in">
            Sign in
          </a>
        </p>
      )}
    </Layout>
  )
}
