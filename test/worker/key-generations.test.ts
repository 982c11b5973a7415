import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockKey, type DatedKey, freshPair, rotateKeys, USES } from '../../src/credential/key-life.ts'
import { openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { instant } from '../../src/kernel/instant.ts'
import { cases } from '../support/cases.ts'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { deployment } from '../support/deployed-worker.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { forgeries } from '../support/forge-stolen.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { exam, input, issuedAt, validUntil } from '../support/sample-credential.ts'
import { testEnvironment } from '../support/test-settings.ts'

const VERIFICATIONS = cases(400)
const AT_ONCE = 20
const GENERATIONS = ['old', 'rotated', 'blocked'] as const
type Generation = (typeof GENERATIONS)[number]

const now = instant(Date.now())
const old = (await Promise.all(USES.map((use) => freshPair(use, now)))).flat()
const first = old.find(({ use, state }) => use === 'credential' && state === 'active') as DatedKey
const keysOf: Record<Generation, DatedKey[]> = {
  old,
  rotated: await rotateKeys(old, 'credential', now),
  blocked: await blockKey(old, first, now),
}
let miniflare: Miniflare
let d1: D1Database

beforeAll(async () => {
  const deployed = await deployment({ draws: false })
  const environment = await testEnvironment()
  const worker = (name: Generation) => ({
    name,
    ...deployed,
    bindings: { ...environment, KENTEI_KEYS: JSON.stringify(keysOf[name]) } as Record<string, string>,
    d1Databases: { DB: 'one-for-all' },
    outboundService: (() => new Response(null, { status: 503 })) as never,
  })
  // a deployment of a secret: isolates of both generations answer for a while, over one database
  miniflare = openMiniflare({ workers: [...GENERATIONS.map(worker), d1Door('one-for-all')] })
  await miniflare.ready
  d1 = await openD1(miniflare, 'one-for-all')
  await migrateD1(d1)
})
afterAll(() => miniflare?.dispose())

async function sign(generation: Generation, index: number): Promise<string> {
  const id = `crd_${generation}${index}` as const
  const issued = { ...input, id, status: { list: 1, index }, issuer: { origin: PLUGIN, name: 'Kentei' } }
  const jwt = await signCredential(issued, await openKeyRing(PLUGIN, keysOf[generation]))
  await d1
    .prepare(
      "insert into credentials (id, attempt_id, worker, exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, status, status_changed_at, version, status_list, status_index, jwt, bank_hash) values (?1, ?1, 'w', ?2, 3, 1, '{}', 'みなと', ?3, ?4, ?5, 'active', ?4, 1, 1, ?6, ?7, 'hash')",
    )
    .bind(id, exam.id, input.subject, issuedAt, validUntil, index, jwt)
    .run()
  return jwt
}

async function verdict(generation: Generation, credential: string): Promise<string> {
  const worker = await miniflare.getWorker(generation)
  const answer = await worker.fetch(`${PLUGIN}/api/credentials/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ credential }),
  })
  return ((await answer.json()) as { verdict: string }).verdict
}

describe('isolates of two generations of keys', () => {
  it('judge every badge alike that either of them issued, and every forgery', async () => {
    const genuine = await Promise.all([1, 2, 3, 4].map((n) => sign(n % 2 === 0 ? 'old' : 'rotated', n)))
    const forged = (await Promise.all(genuine.map(forgeries))).flat()
    const wrong: string[] = []
    for (let done = 0; done < VERIFICATIONS; done += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, n) => {
          const generation = n % 2 === 0 ? 'old' : 'rotated'
          const [tokens, expected] = n % 4 < 2 ? [genuine, 'valid'] : [forged, 'invalid']
          const at = (done / AT_ONCE + n) % tokens.length
          const said = await verdict(generation, tokens[at] as string)
          if (said !== expected) wrong.push(`${generation} ${expected} ${at} ${said}`)
        }),
      )
    expect(wrong).toEqual([])
  })

  it('part where a key is blocked: those that know refuse it at once, the others until the secret is everywhere', async () => {
    const token = await sign('old', 11)
    const successor = await sign('blocked', 12)
    expect(await Promise.all(GENERATIONS.map((generation) => verdict(generation, token)))).toEqual([
      'valid',
      'valid',
      'invalid',
    ])
    // the key that took its place was published before: nobody refuses what it signs
    expect(await Promise.all(GENERATIONS.map((generation) => verdict(generation, successor)))).toEqual([
      'valid',
      'valid',
      'valid',
    ])
  })

  it('sign anew over D1 what a blocked key had signed, by their cron', async () => {
    const token = await sign('old', 21)
    const worker = await miniflare.getWorker('blocked')
    await worker.scheduled({ scheduledTime: new Date() })
    const anew = await (await worker.fetch(`${PLUGIN}/credentials/crd_old21.jwt`)).text()
    expect(anew.split('.')[1]).toBe(token.split('.')[1])
    expect(await Promise.all(GENERATIONS.map((generation) => verdict(generation, anew)))).toEqual([
      'valid',
      'valid',
      'valid',
    ])
    expect(await verdict('blocked', token)).toBe('invalid')
  })
})
