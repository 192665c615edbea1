// For tests only: lets the driver ask the real extension host what the editor knows. It listens on a socket that the
// driver names, and runs the function body it is sent, with `vscode` and `given` in scope.

const { createServer } = require('node:http')
const vscode = require('vscode')

const AsyncFunction = (async () => {}).constructor

exports.activate = (context) => {
  const socket = process.env.TRUTH_PROBE
  if (!socket) return
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (data) => {
      text += data
    })
    request.on('end', async () => {
      let answer
      try {
        const { body, given } = JSON.parse(text)
        answer = { value: await new AsyncFunction('vscode', 'given', body)(vscode, given) }
      } catch (error) {
        answer = { error: String(error?.stack ?? error) }
      }
      response.end(JSON.stringify(answer))
    })
  })
  server.listen(socket)
  context.subscriptions.push({ dispose: () => server.close() })
}
