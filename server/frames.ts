// Messages out of a stream, whole ones only: a header that cannot be read costs what comes before the next one that can,
// and not the connection.

import { Transform } from 'node:stream'

const blank = Buffer.from('\r\n\r\n')
const length = /Content-Length: *(\d{1,10})(?![\s\S]*Content-Length:)/i
/** No header is as long as that; what has none by then is thrown away, but for its end. */
const longestHeader = 8_192

/** Passes on well-framed messages. */
export function wholeFrames(): Transform {
  let waiting: Buffer[] = []
  let size = 0
  /** Bytes that are needed before it is worth looking again. */
  let needed = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      waiting.push(chunk)
      size += chunk.length
      if (size < needed) return done()
      let buffer = waiting.length === 1 ? chunk : Buffer.concat(waiting)
      for (;;) {
        const end = buffer.indexOf(blank)
        if (end < 0) {
          if (buffer.length > longestHeader) buffer = buffer.subarray(buffer.length - longestHeader / 2)
          needed = 0
          break
        }
        const header = length.exec(buffer.toString('latin1', 0, end))
        const body = end + blank.length
        if (!header) {
          buffer = buffer.subarray(body)
          continue
        }
        const whole = body + Number(header[1])
        needed = whole
        if (buffer.length < whole) break
        this.push(`Content-Length: ${header[1]}\r\n\r\n`)
        this.push(buffer.subarray(body, whole))
        buffer = buffer.subarray(whole)
        needed = 0
      }
      waiting = buffer.length > 0 ? [buffer] : []
      size = buffer.length
      done()
    },
  })
}
