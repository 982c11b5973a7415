import { randomUUID } from 'node:crypto'
import { importJWK } from 'jose'
import type { CredentialEvent } from '../../contract/events.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { signWebhook } from '../../platform/outbox/webhook.ts'
import type { Bench } from './bench.ts'
import { firstThen, inShort, succeeded } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'

interface Signed {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** An event about a certificate, signed as the trusted Kentei signs; undefined where its key is not at hand. */
async function signedEvent(bench: Bench): Promise<Signed | undefined> {
  const key = bench.plugin.keys.find(({ use, state, jwk }) => use === 'webhook' && state === 'active' && jwk.d)
  if (!key) return undefined
  const { key_ops, ext, use, ...jwk } = key.jwk
  const event: CredentialEvent = {
    id: `evt_${randomUUID()}`,
    type: 'credential.issued',
    timestamp: toRfc3339(bench.now()),
    data: { credential: 'crd_conformance-event', worker: bench.worker, exam: bench.exam, version: 1 },
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
): Promise<Finding> {
  const path = bench.subscriber
  if (path === undefined) return notTried((t) => t('conformance.came.noSubscriber'))
  const event = await signedEvent(bench)
  if (!event) return notTried((t) => t('conformance.came.noEventKey'))
  return act(event, ({ body, headers }) => bench.call({ method: 'POST', path, raw: body, headers }))
}

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
  ],
  'events',
)
