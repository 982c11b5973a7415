// node send.mjs https://kentei.example whsec_… '{"worker":"wrk_1","version":7}'
import { createHmac, randomUUID } from 'node:crypto'

const [kentei, secret, data] = process.argv.slice(2)

const event = {
  id: `evt_${randomUUID()}`,
  type: 'worker.standing_changed',
  timestamp: new Date().toISOString(),
  data: JSON.parse(data),
}
// kept with the event: every try sends these bytes under this id
const body = JSON.stringify(event)

async function send() {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${event.id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': event.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  return fetch(`${kentei}/webhooks/marketplace`, { method: 'POST', headers, body })
}

const reply = await send()
console.log(reply.status, await reply.text())
