// ORIGIN=http://localhost:9000 KENTEI=http://localhost:8787 node marketplace.mjs
import { readFile, writeFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { createMarketplace } from '@kentei/marketplace'
import { generateKeys } from '@kentei/marketplace/keys'
import { memoryStore } from '@kentei/marketplace/memory'

const { ORIGIN = 'http://localhost:9000', KENTEI = 'http://localhost:8787', EXAM = 'business-admin' } = process.env
const standings = new Map(['wrk_1', 'wrk_2'].map((worker) => [worker, { status: 'good', version: 1 }]))
const keys = JSON.parse(await readFile('keys.json', 'utf8').catch(() => 'null')) ?? (await generateKeys())
await writeFile('keys.json', JSON.stringify(keys), { mode: 0o600 })

const market = createMarketplace({
  origin: ORIGIN,
  kentei: KENTEI,
  keys,
  store: memoryStore(), // your database, see Store
  answers: { standing: (worker) => standings.get(worker) },
  heard: ({ type, data }) => console.log(type, data.credential),
  profile: '/workers/{worker}',
})

const pages = {
  workers: async (worker) =>
    Response.json({ badges: await market.badgesOf(worker), signals: await market.signalsOf(worker) }),
  // behind your sign-in: here whoever asks is that worker
  exam: async (sub) => {
    const person = { sub, name: 'つどい', exam: EXAM, returnUrl: `${ORIGIN}/workers/${sub}` }
    return Response.redirect(await market.launchUrl(person), 303)
  },
}

const answer = async (request) => {
  if (market.serves(request)) return market.fetch(request)
  const [, page, worker] = new URL(request.url).pathname.split('/')
  return standings.has(worker) && pages[page] ? pages[page](worker) : new Response('Not found', { status: 404 })
}
serve({ port: Number(new URL(ORIGIN).port), fetch: answer })
setInterval(() => market.deliver().catch(console.error), 1_000)
console.log(`MARKETPLACE_WEBHOOK_KEYS='["${market.webhookKey}"]'`)
