import type { Instant } from '../../kernel/instant.ts'
import type { Problem, WebhookRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { World } from '../../world/world.ts'
import { ANSWER_WITHIN, type Reply } from './delivery.ts'

/** How far a webhook's timestamp may lie from now, in seconds, either way. */
export const TIMESTAMP_TOLERANCE_SECONDS = 300

interface WebhookHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

const encode = (text: string) => new TextEncoder().encode(text)
const toBase64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)))

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
    // one spelling only: padding and trailing bits must be what encoding gives back
    return toBase64(bytes.buffer) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

const hmacKey = (secret: string, usage: 'sign' | 'verify') => {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''))
  if (!bytes) throw new Error('a webhook secret is whsec_ followed by base64')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [usage])
}

const signedContent = (id: string, timestamp: string, body: string) => encode(`${id}.${timestamp}.${body}`)

/** A key that signs: a shared secret (`whsec_…`, scheme v1) or an Ed25519 private key (scheme v1a). */
export type WebhookSigner = { readonly secret: string } | { readonly privateKey: CryptoKey }

/** Signs an event as Standard Webhooks do: one `v1` (HMAC-SHA256) or `v1a` (Ed25519) signature per signer. */
export async function signWebhook(event: {
  id: string
  at: Instant
  body: string
  signers: readonly WebhookSigner[]
}): Promise<WebhookHeaders> {
  const timestamp = String(Math.floor(event.at / 1_000))
  const content = signedContent(event.id, timestamp, event.body)
  const signatures = await Promise.all(
    event.signers.map(async (signer) =>
      'secret' in signer
        ? `v1,${toBase64(await crypto.subtle.sign('HMAC', await hmacKey(signer.secret, 'sign'), content))}`
        : `v1a,${toBase64(await crypto.subtle.sign('Ed25519', signer.privateKey, content))}`,
    ),
  )
  return { 'webhook-id': event.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** Keys that may have signed: `whsec_…` secrets and `whpk_…` Ed25519 public keys (base64 of 32 bytes). */
async function accepts(
  key: string,
  scheme: string,
  signature: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (scheme === 'v1' && key.startsWith('whsec_'))
    return crypto.subtle.verify('HMAC', await hmacKey(key, 'verify'), signature, content)
  if (scheme === 'v1a' && key.startsWith('whpk_')) {
    const raw = fromBase64(key.slice(5))
    if (raw?.length !== 32) return false
    return crypto.subtle.verify(
      'Ed25519',
      await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']),
      signature,
      content,
    )
  }
  return false
}

/**
 * Checks a Standard Webhooks signature over the raw body. The id and timestamp are read strictly; any one good signature
 * by any known key suffices. @returns the webhook's id.
 */
export async function verifyWebhook(call: {
  headers: (name: string) => string | undefined
  body: string
  keys: readonly string[]
  now: Instant
}): Promise<Result<string, Extract<Problem, { readonly code: 'signature-invalid' }>>> {
  const id = call.headers('webhook-id')
  const timestamp = call.headers('webhook-timestamp')
  const header = call.headers('webhook-signature')
  const refuse = (reason: WebhookRefusal) => fail({ code: 'signature-invalid' as const, reason })
  if (!id || !timestamp || !header) return refuse('missing-headers')
  if (!/^[\x21-\x7e]{1,128}$/.test(id) || header.length > 4_096) return refuse('malformed-headers')
  if (!/^[1-9]\d{0,11}$/.test(timestamp)) return refuse('malformed-timestamp')
  if (Math.abs(Number(timestamp) - call.now / 1_000) > TIMESTAMP_TOLERANCE_SECONDS)
    return refuse('timestamp-out-of-tolerance')
  const content = signedContent(id, timestamp, call.body)
  for (const entry of header.split(' ').slice(0, 16)) {
    const [scheme = '', encoded = ''] = entry.split(',', 2)
    const signature = fromBase64(encoded)
    if (!signature) continue
    for (const key of call.keys) if (await accepts(key, scheme, signature, content)) return ok(id)
  }
  return refuse('no-matching-signature')
}

/**
 * Sends an event as Standard Webhooks do; of the answer, the body is not read. `at` is the time of the signature.
 * @throws when there is no answer in time.
 */
export async function sendWebhook(
  { fetch }: Pick<World, 'fetch'>,
  {
    url,
    event,
    at,
    signers,
  }: {
    readonly url: string
    readonly event: { readonly id: string }
    readonly at: Instant
    readonly signers: readonly WebhookSigner[]
  },
): Promise<Reply> {
  const body = JSON.stringify(event)
  const headers = await signWebhook({ id: event.id, at, body, signers })
  const response = await fetch(
    url,
    { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json', ...headers }, body },
    ANSWER_WITHIN,
  )
  await response.body?.cancel()
  const { status } = response
  // Standard Webhooks: whoever answers 410 wants no more
  return {
    status,
    retryAfter: response.headers.get('retry-after'),
    body: status === 410 ? { code: 'gone' } : undefined,
  }
}
