import { jwtVerify } from 'jose'
import { generateKey, openKeyRing } from '../../src/credential/keys.ts'
import { ownKeySource } from '../../src/credential/own-keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { assembleVerifier, createTokenMemory } from '../../src/credential/verify/verify-credential.ts'
import { dayAfter, input, origin } from '../credential/sample.ts'
import { inTurn, type Measure, rounded, timed } from './measure.ts'

const TOKENS = 400
const ROUNDS = 15
const RECALLS = 40

/** Verification with a known key against bare jose: of tokens never seen before, and of tokens seen before. */
export async function measureVerification(): Promise<Measure[]> {
  const ring = await openKeyRing(origin, [await generateKey('credential')])
  const keys = ownKeySource(ring)
  const status = { read: () => 'good' as const }
  const tokens = await Promise.all(Array.from({ length: TOKENS }, (_, i) => signCredential({ ...input, id: `crd_bench${i}` }, ring)))
  const [key] = ring.keys
  if (!key) throw new Error('no key')

  const bare = async () => {
    for (const token of tokens) await jwtVerify(token, key.publicKey, { algorithms: ['ES256'], typ: 'vc+jwt', currentDate: new Date(dayAfter) })
  }
  const through = (verifier: ReturnType<typeof assembleVerifier>) => async () => {
    for (const token of tokens) if ((await verifier.verify(token, dayAfter)).verdict !== 'valid') throw new Error('a credential was refused')
  }
  // a memory of one token has always just forgotten the one that comes
  const forgetful = through(assembleVerifier({ keys, status, memory: createTokenMemory(1) }))
  const mindful = through(assembleVerifier({ keys, status, memory: createTokenMemory(TOKENS) }))

  const perSecond = async (act: () => Promise<void>, times = 1) =>
    (TOKENS * times * 1_000) /
    (await timed(async () => {
      for (let i = 0; i < times; i += 1) await act()
    }))
  const fresh = await inTurn(
    ROUNDS,
    () => perSecond(bare),
    () => perSecond(forgetful),
  )
  const seen = await inTurn(
    ROUNDS,
    () => perSecond(bare),
    () => perSecond(mindful, RECALLS),
  )
  return [
    { name: 'verification of a new token ÷ jose.jwtVerify', value: fresh.ratio, unit: '×', least: 0.9, detail: `${rounded(fresh.b)} ÷ ${rounded(fresh.a)} per s` },
    { name: 'verification of a token seen before ÷ jose.jwtVerify', value: seen.ratio, unit: '×', least: 10, detail: `${rounded(seen.b)} ÷ ${rounded(seen.a)} per s` },
  ]
}
