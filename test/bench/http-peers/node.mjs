// What no server on Node can be quicker than: its HTTP alone. Reads the request whole and sends texts made beforehand, of
// the length that the others answer with; asks no database and nobody's permission.

import { createServer } from 'node:http'
import { db, port } from './open.mjs'

const rows = db.prepare('SELECT * FROM Task ORDER BY id LIMIT 20').all()
const [one, list] = [rows[0], rows].map((value) => JSON.stringify(value))
const statuses = { POST: 201 }
const isList = ({ method, url }) => method === 'GET' && url === '/api/tasks'

createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => {
    const text = isList(request) ? list : one
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }
    response.writeHead(statuses[request.method] ?? 200, headers).end(text)
  })
}).listen(Number(port), '127.0.0.1', function () {
  console.log(`Ready http://127.0.0.1:${this.address().port}`)
})
