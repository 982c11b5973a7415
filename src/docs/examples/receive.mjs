// node receive.mjs https://kentei.example 3000
import { createServer } from 'node:http'

const [kentei, port] = process.argv.slice(2)
const TOLERANCE_SECONDS = 300
const seen = new Set() // in your database, under a unique key, for good

/** Kentei's Ed25519 keys, by which it signs `v1a`. */
async function fetchKeys() {
  const { keys } = await (await fetch(`${kentei}/.well-known/jwks.json`)).json()
  return Promise.all(
    keys
      .filter(({ crv }) => crv === 'Ed25519')
      .map(({ kty, crv, x }) => crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify'])),
  )
}

let keys = await fetchKeys()
let fetchedAt = Date.now()

async function fitsAKey(content, signatures) {
  for (const entry of (signatures ?? '').split(' ')) {
    const [scheme, signature = ''] = entry.split(',')
    if (scheme !== 'v1a') continue
    for (const key of keys)
      if (await crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64'), content)) return true
  }
  return false
}

async function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (!id || !/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return false
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  if (await fitsAKey(content, signatures)) return true
  // it may be of a key that was published since: ask again, at most once in ten seconds
  if (Date.now() - fetchedAt < 10_000) return false
  fetchedAt = Date.now()
  keys = await fetchKeys().catch(() => keys)
  return fitsAKey(content, signatures)
}

createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks) // the raw bytes: parsing and printing again would change them
  if (!(await isGenuine(request.headers, body))) return response.writeHead(401).end()
  const event = JSON.parse(body.toString())
  if (!seen.has(event.id)) {
    seen.add(event.id)
    // apply it only when data.version is higher than the one you have
    console.log(event.type, event.data.credential, event.data.version)
  }
  response.writeHead(204).end()
}).listen(Number(port), '127.0.0.1')
