import { type CryptoKey, jwtVerify } from 'jose'
import { generateKey, openKeyRing, ownKeySource } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { assembleVerifier, createTokenMemory } from '../../src/verify/verify-credential.ts'
import { dayAfter, exam, input, origin } from '../support/sample-credential.ts'

/** Acts on a part of the tokens, one after the other. Each throws when something is not as it should be. */
export type Act = (from: number, count: number) => Promise<void>

export interface VerificationWorkload {
  /** Makes the tokens of the part texts that nobody has read yet, as those of a request are: engines remember what they have once worked out about a string. */
  readonly renew: Act
  /** WebCrypto's own check of the signature: what nobody can go below. */
  readonly raw: Act
  readonly jose: Act
  /** All checks of tokens that were never seen. */
  readonly fresh: Act
  /** All checks of tokens that were. */
  readonly seen: Act
  /** All tokens of the part in one call, of which none was seen. */
  readonly batch: Act
  /** Looks every token up by the SHA-256 of its text, which is what remembering by digest would cost at least. */
  readonly digest: Act
}

/** The same work on Node and in workerd, on badges that show so many skills. */
export async function openWorkload(count: number, skillCount: number): Promise<VerificationWorkload> {
  const skills = Array.from({ length: skillCount }, (_, i) => ({
    ...(exam.skills[i % exam.skills.length] as (typeof exam.skills)[number]),
    id: `skill-${i}`,
  }))
  const ring = await openKeyRing(origin, [await generateKey('credential')])
  const tokens = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      signCredential({ ...input, exam: { ...exam, skills }, id: `crd_bench${i}` }, ring),
    ),
  )
  const publicKey = ring.keys[0]?.publicKey as CryptoKey
  const parts = { keys: ownKeySource(ring), status: { read: () => 'good' as const } }
  const of = (from: number, length: number) => tokens.slice(from, from + length)
  const expectThat = (isSo: boolean) => {
    if (!isSo) throw new Error('a credential was refused')
  }
  const through = (memory: number): Act => {
    const verifier = assembleVerifier({ ...parts, memory: createTokenMemory(memory) })
    return async (from, length) => {
      for (const token of of(from, length)) expectThat((await verifier.verify(token, dayAfter)).verdict === 'valid')
    }
  }
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()]
  const signatures = tokens.map((token) => {
    const dot = token.lastIndexOf('.')
    return {
      signed: encoder.encode(token.slice(0, dot)),
      signature: Uint8Array.from(
        atob(
          token
            .slice(dot + 1)
            .replaceAll('-', '+')
            .replaceAll('_', '/'),
        ),
        (c) => c.charCodeAt(0),
      ),
    }
  })
  const byDigest = new Map<string, true>()
  return {
    async renew(from, length) {
      for (let i = from; i < from + length; i += 1) tokens[i] = decoder.decode(encoder.encode(tokens[i]))
    },
    async raw(from, length) {
      for (const { signature, signed } of signatures.slice(from, from + length))
        expectThat(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signature, signed))
    },
    async jose(from, length) {
      for (const token of of(from, length))
        await jwtVerify(token, publicKey, { algorithms: ['ES256'], typ: 'JWT', currentDate: new Date(dayAfter) })
    },
    // a memory of one token has always just forgotten the one that comes
    fresh: through(1),
    seen: through(count),
    async batch(from, length) {
      const verifications = await assembleVerifier({ ...parts, memory: createTokenMemory(count) }).verifyAll(
        of(from, length),
        dayAfter,
      )
      expectThat(verifications.every(({ verdict }) => verdict === 'valid'))
    },
    async digest(from, length) {
      for (const token of of(from, length)) {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(token)))
        byDigest.get(String.fromCharCode(...digest))
      }
    },
  }
}
