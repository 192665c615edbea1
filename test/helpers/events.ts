// Reads server-sent events as a browser would.

export type ServerEvent = { readonly id: string; readonly event: string; readonly data: unknown }

export type Events = {
  /** The next event; fails when the stream ends first. */
  readonly next: () => Promise<ServerEvent>
  /** What came until the stream ended. */
  readonly rest: () => Promise<readonly ServerEvent[]>
  readonly close: () => Promise<void>
}

function parse(block: string): ServerEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  return { id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: JSON.parse(data) }
}

export function eventsOf(response: Response): Events {
  if (response.status !== 200 || !response.body) throw new Error(`${response.status} instead of a stream`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<ServerEvent | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const event = parse(text.slice(0, end))
        text = text.slice(end + 2)
        if (event) return event
        continue
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      text += value
    }
  }
  return {
    next: async () => {
      const event = await next()
      if (!event) throw new Error('The stream has ended.')
      return event
    },
    rest: async () => {
      const all: ServerEvent[] = []
      for (let event = await next(); event; event = await next()) all.push(event)
      return all
    },
    close: () => reader.cancel(),
  }
}
