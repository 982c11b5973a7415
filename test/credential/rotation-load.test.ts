import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { type DatedKey, freshPair, rotateKeys } from '../../src/credential/key-life.ts'
import { openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { insertCredentialStatement } from '../../src/credential/store.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import type { World } from '../../src/world/world.ts'
import { cases } from '../support/cases.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { forgeries } from '../support/forge-stolen.ts'
import { exam, input, issuedAt, validUntil } from '../support/sample-credential.ts'

const VERIFICATIONS = cases(10_000, 5)
const AT_ONCE = 50
/** An issue for so many verifications. */
const ISSUED_EVERY = 40
/** Which isolate learns of which rotation, and after how many verifications. Between the two both generations answer. */
const LEARNS = [
  { after: VERIFICATIONS * 0.2, isolate: 0, generation: 1 },
  { after: VERIFICATIONS * 0.4, isolate: 1, generation: 1 },
  { after: VERIFICATIONS * 0.6, isolate: 1, generation: 2 },
  { after: VERIFICATIONS * 0.8, isolate: 0, generation: 2 },
]

/** A process or isolate with the keys that it was started with, over the shared database. */
function openIsolate(shared: World, keys: readonly DatedKey[]) {
  const open = (own: readonly DatedKey[]): World => ({ ...shared, settings: { ...shared.settings, keys: own } })
  let world = open(keys)
  const app = createApp({ openWorld: () => world })
  return {
    learn: (changed: readonly DatedKey[]) => {
      world = open(changed)
    },
    /** Issues as this isolate would: with the key that it takes for the active one. */
    sign: async (id: string, index: number) => {
      const issued = {
        ...input,
        id: id as typeof input.id,
        status: { list: 1, index },
        issuer: { origin: PLUGIN, name: 'Kentei' },
      }
      const jwt = await signCredential(issued, await openKeyRing(PLUGIN, world.settings.keys))
      const row = {
        id: issued.id,
        attemptId: `att_${id}`,
        worker: 'w',
        exam: exam.id,
        level: exam.level,
        examVersion: 1,
        title: exam.title,
        holderName: 'みなと',
        subject: input.subject,
      }
      await world.db.batch([
        insertCredentialStatement(world.db, {
          ...row,
          issuedAt,
          validUntil,
          statusList: 1,
          statusIndex: index,
          jwt,
          bankHash: 'hash',
        }),
      ])
      return jwt
    },
    verdict: async (credential: string): Promise<string> => {
      const answer = await app.request(`${PLUGIN}/api/credentials/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ credential }),
      })
      return ((await answer.json()) as { verdict: string }).verdict
    },
  }
}

let w: FixedWorld
beforeAll(async () => {
  w = await fixedWorld()
})
afterAll(() => w.close())

describe('thousands of verifications while the keys rotate twice', () => {
  it('refuse no badge that was issued and accept none that was forged, whichever generation an isolate is of', async () => {
    const generations: DatedKey[][] = [await freshPair('credential', NOON)]
    for (const _ of [1, 2]) generations.push(await rotateKeys(generations.at(-1) as DatedKey[], 'credential', NOON))
    const isolates = [
      openIsolate(w.world, generations[0] as DatedKey[]),
      openIsolate(w.world, generations[0] as DatedKey[]),
    ] as const
    const random = randomFrom('0badc0de0badc0de0badc0de0badc0de')
    const genuine: string[] = []
    const forged: string[] = []
    const wrong: string[] = []
    let done = 0
    const verifyOne = async () => {
      const isGenuine = random.below(2) === 0
      const [tokens, isolate] = [isGenuine ? genuine : forged, isolates[random.below(2) as 0 | 1]]
      const verdict = await isolate.verdict(tokens[random.below(tokens.length)] as string)
      if (verdict !== (isGenuine ? 'valid' : 'invalid'))
        wrong.push(`${done}: ${isGenuine ? 'genuine' : 'forged'} ${verdict}`)
    }
    while (done < VERIFICATIONS) {
      for (const { isolate, generation } of LEARNS.filter(({ after }) => after === done))
        isolates[isolate as 0 | 1].learn(generations[generation] as DatedKey[])
      if (done % ISSUED_EVERY === 0)
        for (const [n, isolate] of isolates.entries()) {
          const token = await isolate.sign(`crd_${done}x${n}`, done + n)
          genuine.push(token)
          forged.push(...(await forgeries(token)))
        }
      const batch = Math.min(AT_ONCE, ISSUED_EVERY - (done % ISSUED_EVERY))
      await Promise.all(Array.from({ length: batch }, verifyOne))
      done += batch
    }
    expect(wrong).toEqual([])
    // all three generations have signed, the retired ones too while the other isolate had moved on
    expect(new Set(genuine.map((token) => token.split('.')[0])).size).toBe(3)
  })
})
