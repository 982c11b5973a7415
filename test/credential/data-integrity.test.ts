import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { beforeAll, describe, expect, it } from 'vitest'
import { blockKey } from '../../src/credential/key-life.ts'
import { changeStatusStatement, eraseHolderStatement } from '../../src/credential/store.ts'
import { days, instant, milliseconds, minus, plus } from '../../src/kernel/instant.ts'
import type { Settings, StoredKey } from '../../src/world/settings.ts'
import { offlineLoader } from '../support/document-loader.ts'
import { publicWorld } from '../support/public-world.ts'
import { exam, input, origin } from '../support/sample-credential.ts'

type Json = Record<string, unknown>

let open: Awaited<ReturnType<typeof publicWorld>>
beforeAll(async () => {
  open = await publicWorld()
  // the package judges a status list by the clock of the machine
  open.clock.now = instant(Date.now())
  const period = { issuedAt: minus(open.clock.now, days(30)), validUntil: plus(open.clock.now, days(300)) }
  await open.issue({ ...period, id: 'crd_japanese', status: { list: 3, index: 5 } })
  await open.issue({ ...period, id: 'crd_english', locale: 'en', status: { list: 3, index: 7 } })
  await open.issue({
    ...period,
    id: 'crd_other_exam',
    exam: { ...exam, id: 'web-writer', passScore: 80 },
    status: { list: 3, index: 9 },
  })
  await open.issue({ ...period, id: 'crd_revoked', status: { list: 3, index: 11 } })
})

const read = async (path: string, accept = 'application/vc'): Promise<Json> =>
  (await open.app.request(path, { headers: { accept } })).json() as Promise<Json>

/** The published keys as a verifier's resolver of did:web finds them, and the status lists as the service serves them. */
async function published() {
  const did = await read('/.well-known/did.json', 'application/json')
  const methods = (did.verificationMethod as Json[]).map((method) => [
    method.id,
    { '@context': 'https://w3id.org/security/multikey/v1', ...method },
  ])
  const controller = { '@context': did['@context'], id: did.id, assertionMethod: did.assertionMethod }
  return {
    ...Object.fromEntries(methods),
    [did.id as string]: controller,
    [`${origin}/status/3`]: await read('/status/3'),
  }
}

async function judge(credential: Json) {
  const documentLoader = offlineLoader(await published())
  // every statement anew: nothing is remembered between two judgements
  return verifyCredential({
    credential,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    checkStatus,
    now: new Date(open.clock.now),
  })
}

describe('@digitalbazaar/vc', () => {
  it('reads from the list that one has been revoked, and that its neighbours have not', async () => {
    const statusOf = async (id: string) => (await judge(await read(`/credentials/${id}.vc.json`))).statusResult
    expect(await statusOf('crd_revoked')).toMatchObject({ verified: true, results: [{ status: false }] })
    await open.world.db.batch([
      changeStatusStatement(open.world.db, { id: 'crd_revoked', to: 'revoked', cause: 'operator', at: open.clock.now }),
    ])
    expect(await statusOf('crd_revoked')).toMatchObject({ verified: true, results: [{ status: true }] })
    expect(await statusOf('crd_other_exam')).toMatchObject({ verified: true, results: [{ status: false }] })
  })
})

describe('a wallet export', () => {
  it('says what the signed credential says, without the claims of a JWT', async () => {
    const [{ proof, ...exported }, { iss, jti, sub, nbf, exp, ...signed }] = [
      await read(`/credentials/${input.id}.vc.json`),
      await read(`/credentials/${input.id}.json`, 'application/json'),
    ]
    expect(exported).toEqual(signed)
  })

  it('is made once: who asks again gets the same, also under the bare address', async () => {
    const first = await read('/credentials/crd_english.vc.json')
    open.clock.now = plus(open.clock.now, milliseconds(60_000))
    expect(await read('/credentials/crd_english')).toEqual(first)
    const answer = await open.app.request('/credentials/crd_english.vc.json')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vc'])
  })

  it('goes with the holder', async () => {
    const gone = await publicWorld()
    await gone.app.request(`/credentials/${input.id}.vc.json`)
    await gone.world.db.batch([eraseHolderStatement(gone.world.db, 'w1')])
    expect((await gone.app.request(`/credentials/${input.id}.vc.json`)).ok).toBe(false)
  })
})

describe('a blocked key of proofs', () => {
  it('has what it proved proved anew, once and for good; its own proofs are worth nothing', async () => {
    const other = await publicWorld()
    const exported = async () =>
      (await (await other.app.request(`/credentials/${input.id}.vc.json`)).json()) as Json & { proof: [Json] }
    const [key, before] = [other.world.settings.keys.find(({ use }) => use === 'proof') as StoredKey, await exported()]
    ;(other.world as { settings: Settings }).settings = {
      ...other.world.settings,
      keys: await blockKey(other.world.settings.keys, key, other.clock.now),
    }
    const after = await exported()
    expect({ ...after, proof: undefined }).toEqual({ ...before, proof: undefined })
    const { assertionMethod } = (await (await other.app.request('/.well-known/did.json')).json()) as {
      assertionMethod: string[]
    }
    expect(assertionMethod).toContain(after.proof[0].verificationMethod)
    expect(assertionMethod).not.toContain(before.proof[0].verificationMethod)
    expect(await exported()).toEqual(after)
  })
})

describe('the keys of embedded proofs', () => {
  it('are Multikeys that may assert, and no keys for JOSE', async () => {
    const did = await read('/.well-known/did.json', 'application/json')
    const method = (did.verificationMethod as Json[]).find(({ type }) => type === 'Multikey') as Json
    expect(method.publicKeyMultibase).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(did.assertionMethod).toContain(method.id)
    const { keys } = (await read('/.well-known/jwks.json', 'application/json')) as { keys: Json[] }
    expect(keys.map(({ crv }) => crv)).not.toContain('Ed25519')
  })
})
