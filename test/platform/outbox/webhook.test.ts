import { exportJWK, generateKeyPair } from 'jose'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { signWebhook, verifyWebhook } from '../../../src/platform/outbox/webhook.ts'

const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`
const now = instant(Date.now())
const body = JSON.stringify({ id: 'evt_1', type: 'worker.standing_changed' })
const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true })
const x = (await exportJWK(publicKey)).x as string
const published = `whpk_${btoa(atob(x.replaceAll('-', '+').replaceAll('_', '/').padEnd(44, '=')))}`

const verify = (headers: Record<string, string>, change: { body?: string; keys?: string[]; at?: number } = {}) =>
  verifyWebhook({
    headers: (name) => headers[name],
    body: change.body ?? body,
    keys: change.keys ?? [secret, published],
    now: instant(change.at ?? now),
  })
const signed = () => signWebhook({ id: 'evt_1', at: now, body, signers: [{ secret }, { privateKey }] })

describe('Standard Webhooks', () => {
  it('signs v1 as the reference library verifies it', async () => {
    const headers = await signWebhook({ id: 'evt_1', at: now, body, signers: [{ secret }] })
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body))
  })

  it('verifies what the reference library signs', async () => {
    const signature = new Webhook(secret).sign('evt_1', new Date(now), body)
    const timestamp = String(Math.floor(now / 1_000))
    expect(
      await verify({ 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature }),
    ).toEqual({ ok: true, value: 'evt_1' })
  })

  it('verifies either scheme, and any one good signature among others', async () => {
    const headers = await signed()
    expect((await verify({ ...headers }, { keys: [published] })).ok).toBe(true)
    expect((await verify({ ...headers }, { keys: [secret] })).ok).toBe(true)
    expect(
      (await verify({ ...headers, 'webhook-signature': `v9,xx v1,${btoa('no')} ${headers['webhook-signature']}` })).ok,
    ).toBe(true)
  })

  it.each<[string, (headers: Record<string, string>) => Record<string, string>, string]>([
    ['a missing header', ({ 'webhook-id': _, ...rest }) => rest, 'missing-headers'],
    [
      'a timestamp with trailing junk',
      (h) => ({ ...h, 'webhook-timestamp': `${h['webhook-timestamp']}abc` }),
      'malformed-timestamp',
    ],
    [
      'a timestamp too old',
      (h) => ({ ...h, 'webhook-timestamp': String(Math.floor(now / 1_000) - 301) }),
      'timestamp-out-of-tolerance',
    ],
    ['another id', (h) => ({ ...h, 'webhook-id': 'evt_2' }), 'no-matching-signature'],
    ['an id with a line break', (h) => ({ ...h, 'webhook-id': 'evt_1\nx' }), 'malformed-headers'],
    [
      'a v1 signature offered as v1a',
      (h) => ({ ...h, 'webhook-signature': h['webhook-signature']?.replace(/^v1,/, 'v1a,').split(' ')[0] ?? '' }),
      'no-matching-signature',
    ],
    [
      'a signature in loose base64',
      (h) => ({ ...h, 'webhook-signature': `${h['webhook-signature']?.split(' ')[0]?.replace(/=+$/, '')}` }),
      'no-matching-signature',
    ],
  ])('refuses %s', async (_, change, reason) => {
    expect(await verify(change({ ...(await signed()) }))).toEqual({
      ok: false,
      problem: { code: 'signature-invalid', reason },
    })
  })

  it('refuses another body, and keys that did not sign', async () => {
    const headers = await signed()
    expect((await verify({ ...headers }, { body: `${body} ` })).ok).toBe(false)
    expect((await verify({ ...headers }, { keys: [`whsec_${btoa('another secret of some length')}`] })).ok).toBe(false)
    expect((await verify({ ...headers }, { keys: [] })).ok).toBe(false)
  })
})
