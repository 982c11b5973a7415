import { randomUUID } from 'node:crypto'
import { openIdentity } from '../../src/cli/conformance/plugin-identity.ts'
import { sampleBadge } from '../../src/cli/conformance/sample-badge.ts'
import { serviceToken } from '../../src/cli/conformance/service-tokens.ts'
import { marketplaceCalls } from '../../src/contract/marketplace.ts'
import { didDocument, jwks } from '../../src/credential/key-documents.ts'
import { generateKey, signingKey } from '../../src/credential/keys.ts'
import { signStatusList } from '../../src/credential/sign-credential.ts'
import { instant } from '../../src/kernel/instant.ts'
import { createMarketplace } from '../../src/kit/index.ts'
import { generateKeys } from '../../src/kit/keys.ts'
import type { MarketplaceOptions } from '../../src/kit/marketplace.ts'
import { memoryStore } from '../../src/kit/memory.ts'
import { signWebhook, verifyWebhook } from '../../src/platform/outbox/webhook.ts'

export const KENTEI = 'https://kentei.example'
export const MARKET = 'https://market.example'

/** What came to Kentei's door for events. */
export interface Arrived {
  readonly id: string
  readonly body: string
  readonly genuine: boolean
}

/** Kentei as a marketplace sees it: keys, tokens, badges and events, without what lies behind. On a clock of its own. */
export async function openFakeKentei(change: Partial<MarketplaceOptions> = {}) {
  const clock = { now: Date.UTC(2026, 10, 28, 3) }
  const keys = await Promise.all((['service', 'credential', 'webhook'] as const).map((use) => generateKey(use)))
  const plugin = await openIdentity(KENTEI, keys)
  const arrived: Arrived[] = []
  /** What the door for events answers next, and what `/api/events` tells. */
  const door = { status: 200, retryAfter: undefined as string | undefined, events: [] as { id: string }[], asked: 0 }
  const market = createMarketplace({
    origin: MARKET,
    kentei: KENTEI,
    keys: await generateKeys(),
    store: memoryStore(),
    answers: { standing: (worker) => (worker === 'wrk_1' ? { status: 'good', version: 1 } : undefined) },
    now: () => clock.now,
    fetch: (url, init) => answer(new URL(url), new Request(url, init)),
    ...change,
  })

  async function answer({ pathname, searchParams }: URL, request: Request): Promise<Response> {
    if (pathname === '/.well-known/jwks.json') return Response.json(jwks(plugin.ring))
    if (pathname === '/.well-known/did.json') return Response.json(didDocument(KENTEI, plugin.ring))
    if (pathname === '/status/1')
      return new Response(await signStatusList({ list: 1, revoked: [] }, plugin.ring, instant(clock.now)))
    if (pathname === '/api/events') {
      door.asked += 1
      const after = Number(searchParams.get('after'))
      const events = door.events
        .slice(after, after + 2)
        .map((event, at) => ({ ...event, cursor: String(after + at + 1) }))
      return Response.json({ events, next: String(after + events.length) })
    }
    const body = await request.text()
    const verified = await verifyWebhook({
      headers: (name) => request.headers.get(name) ?? undefined,
      body,
      keys: [market.webhookKey],
      now: instant(clock.now),
    })
    arrived.push({ id: request.headers.get('webhook-id') ?? '', body, genuine: verified.ok })
    const headers = door.retryAfter === undefined ? undefined : { 'retry-after': door.retryAfter }
    return new Response(null, { status: door.status, ...(headers ? { headers } : {}) })
  }

  return {
    clock,
    market,
    plugin,
    arrived,
    door,
    newBadge: () => sampleBadge({ origin: KENTEI, ring: plugin.ring, exam: 'business-admin', now: instant(clock.now) }),
    /** Makes a call of the contract with a good token. */
    async call(method: string, path: string, body?: unknown, idempotencyKey: string = randomUUID()) {
      const scope = marketplaceCalls.find(
        (one) =>
          one.method === method.toLowerCase() &&
          new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''),
      )?.scope
      const facts = { plugin, audience: MARKET, nowSeconds: Math.floor(clock.now / 1_000), scope: scope ?? '' } as const
      const headers = {
        authorization: `Bearer ${await serviceToken(facts)}`,
        'idempotency-key': `"${idempotencyKey}"`,
      }
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const response = await market.fetch(new Request(`${MARKET}${path}`, init))
      return { status: response.status, json: (await response.json()) as Record<string, unknown> }
    },
    /** Tells an event as Kentei does. */
    async tell(event: { readonly id: string }, signedBody = JSON.stringify(event)) {
      const { privateKey } = signingKey(plugin.ring, 'webhook') as { privateKey: CryptoKey }
      const signers = [{ privateKey }]
      const headers = await signWebhook({ id: event.id, at: instant(clock.now), body: signedBody, signers })
      const init = { method: 'POST', headers: { ...headers }, body: JSON.stringify(event) }
      const response = await market.fetch(new Request(`${MARKET}/webhooks/kentei`, init))
      return { status: response.status, json: await response.json() }
    },
  }
}
