import { randomUUID } from 'node:crypto'
import { importJWK } from 'jose'
import { type CredentialEvent, credentialEventTypes } from '../../contract/events.ts'
import { days, type Instant, plus, toRfc3339 } from '../../kernel/instant.ts'
import { signWebhook } from '../../platform/outbox/webhook.ts'
import type { Bench } from './bench.ts'
import { firstThen, inShort, type Reply, succeeded } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { judgeTaken } from './observe.ts'

interface Signed {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** What events of these types say besides which certificate of whom they are about. */
const saidBesides: Partial<Record<CredentialEvent['type'], (now: Instant) => Partial<CredentialEvent['data']>>> = {
  'credential.renewed': () => ({ renews: 'crd_conformance-before' }),
  'credential.expiring': (now) => ({ validUntil: toRfc3339(plus(now, days(14))), daysLeft: 14 }),
}

/** An event about a certificate, signed as the trusted Kentei signs; undefined where its key is not at hand. */
async function signedEvent(bench: Bench, type: CredentialEvent['type']): Promise<Signed | undefined> {
  const key = bench.plugin.keys.find(({ use, state, jwk }) => use === 'webhook' && state === 'active' && jwk.d)
  if (!key) return undefined
  const { key_ops, ext, use, ...jwk } = key.jwk
  const event: CredentialEvent = {
    id: `evt_${randomUUID()}`,
    type,
    timestamp: toRfc3339(bench.now()),
    data: {
      ...{ credential: 'crd_conformance-event', worker: bench.worker, exam: bench.exam, version: 1 },
      ...saidBesides[type]?.(bench.now()),
    },
  }
  const body = JSON.stringify(event)
  const privateKey = (await importJWK(jwk, 'Ed25519')) as CryptoKey
  const headers = await signWebhook({ id: event.id, at: bench.now(), body, signers: [{ privateKey }] })
  return { body, headers: { ...headers } }
}

/** Tries something on an event and the door that takes it. */
async function withEvent(
  bench: Bench,
  act: (event: Signed, send: (event: Signed) => ReturnType<Bench['call']>) => Promise<Finding>,
  type: CredentialEvent['type'] = 'credential.issued',
): Promise<Finding> {
  const path = bench.subscriber
  if (path === undefined) return notTried((t) => t('conformance.came.noSubscriber'))
  const event = await signedEvent(bench, type)
  if (!event) return notTried((t) => t('conformance.came.noEventKey'))
  return act(event, ({ body, headers }) => bench.call({ method: 'POST', path, raw: body, headers }))
}

const judgeHeard = (reply: Reply): Finding =>
  reply.status === 404 ? notTried((t) => t('conformance.came.noSubscriber')) : judgeTaken(reply)

/** What the Kentei tells whoever subscribes to what becomes of its certificates. */
export const eventChecks = checksOf(
  'events',
  [
    {
      id: 'event.signature',
      run: (bench) =>
        withEvent(bench, async (event, send) => {
          const forged = await send({ ...event, body: event.body.replace('credential.issued', 'credential.revoked') })
          if (forged.status === 404) return notTried((t) => t('conformance.came.noSubscriber'))
          if (forged.status < 400 || forged.status >= 500) return fails(inShort(forged))
          const good = await send(event)
          return succeeded(good) ? holds(inShort(forged)) : fails(inShort(good))
        }),
    },
    {
      id: 'event.replayed',
      run: (bench) =>
        withEvent(bench, async (event, send) => {
          const [first, again] = [await send(event), await send(event)]
          if (first.status === 404) return notTried((t) => t('conformance.came.noSubscriber'))
          return succeeded(first) && succeeded(again) ? holds(inShort(again)) : fails(firstThen(first, again))
        }),
    },
    {
      id: 'event.types',
      run: async (bench) => {
        for (const type of credentialEventTypes) {
          const finding = await withEvent(bench, async (event, send) => judgeHeard(await send(event)), type)
          if (finding.outcome === 'not-tried') return finding
          if (finding.outcome === 'fails')
            return fails((t) => t('conformance.came.change', { change: type, reply: finding.came(t) }))
        }
        return holds((t) => t('conformance.came.eventsTaken', { count: credentialEventTypes.length }))
      },
    },
  ],
  'events',
)
