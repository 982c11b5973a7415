import { randomUUID } from 'node:crypto'
import { pathOf } from '../../contract/call.ts'
import { putBadge } from '../../contract/marketplace.ts'
import { generateKey, openKeyRing } from '../../credential/keys.ts'
import { showsLast } from './badge-states.ts'
import type { Bench } from './bench.ts'
import { firstThen, inShort, succeeded } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { judgeContentRefused, judgeIgnored, judgeTaken, named, shownStatus } from './observe.ts'
import { LISTED_AS_REVOKED, type SampleBadge, sampleBadge, tamperedToken, unsignedBadge } from './sample-badge.ts'

const HOUR_MS = 3_600_000
const FOREIGN = 'https://foreign-issuer.example'

/** What has ended, or is revoked by its issuer, is refused, or not shown as active whatever the PUT says. */
async function judgeNotActive(bench: Bench, badge: SampleBadge): Promise<Finding> {
  const reply = await bench.putBadge(badge, { status: 'active', version: 1 })
  if (!succeeded(reply)) return judgeContentRefused(reply)
  const shown = await shownStatus(bench, badge.credential)
  if (shown === undefined) return notTried((t) => t('conformance.came.noProfile'))
  return shown === 'active' ? fails(named(shown)) : holds(named(shown))
}

export const badgeChecks = [
  ...checksOf('calls', [
    {
      id: 'badge.accepted',
      run: async (bench) => judgeTaken(await bench.putBadge(await bench.newBadge(), { status: 'active', version: 1 })),
    },
    {
      id: 'badge.parts',
      run: async (bench) =>
        judgeTaken(
          await bench.putBadge(await bench.newBadge(), {
            status: 'active',
            version: 1,
            parts: ['knowledge', 'practical'],
          }),
        ),
    },
    { id: 'badge.shown', level: 'required', run: (bench) => showsLast(bench, ['active']) },
    { id: 'badge.suspended', level: 'required', run: (bench) => showsLast(bench, ['active', 'suspended']) },
    { id: 'badge.resumed', level: 'required', run: (bench) => showsLast(bench, ['active', 'suspended', 'active']) },
    { id: 'badge.revoked', level: 'required', run: (bench) => showsLast(bench, ['active', 'revoked']) },
    {
      id: 'badge.tampered',
      run: async (bench) => {
        const badge = await bench.newBadge()
        return judgeContentRefused(
          await bench.putBadge(badge, { status: 'active', version: 1, jwt: tamperedToken(badge.body.credential) }),
        )
      },
    },
    {
      id: 'badge.algorithm',
      run: async (bench) => {
        const badge = await bench.newBadge()
        const jwt = unsignedBadge(badge.body.credential)
        return judgeContentRefused(await bench.putBadge(badge, { status: 'active', version: 1, jwt }))
      },
    },
    { id: 'badge.expired', run: async (bench) => judgeNotActive(bench, await bench.newBadge({ ahead: -2 * HOUR_MS })) },
    {
      id: 'badge.listed',
      run: async (bench) =>
        bench.door
          ? judgeNotActive(bench, await bench.newBadge({ listedAt: LISTED_AS_REVOKED }))
          : notTried((t) => t('conformance.came.ownKeys')),
    },
    {
      id: 'badge.foreign',
      run: async (bench) => {
        const [badge, ring] = [await bench.newBadge(), await openKeyRing(FOREIGN, [await generateKey('credential')])]
        const foreign = await sampleBadge({ origin: FOREIGN, ring, exam: bench.exam, now: bench.now() })
        return judgeContentRefused(
          await bench.putBadge(badge, { status: 'active', version: 1, jwt: foreign.body.credential }),
        )
      },
    },
    {
      id: 'badge.malformed',
      run: async (bench) => {
        const badge = await bench.newBadge()
        const path = pathOf(putBadge, { worker: bench.worker, credential: badge.credential })
        // wrong on purpose: the types of the contract would not let it be written
        const body = { ...badge.body, version: 1 }
        return judgeContentRefused(await bench.call({ method: 'PUT', path, scope: putBadge.scope, body }))
      },
    },
    {
      id: 'badge.unknown-worker',
      run: async (bench) => {
        const reply = await bench.putBadge(await bench.newBadge(), {
          status: 'active',
          version: 1,
          worker: 'wrk_nobody-has-this-id',
        })
        return reply.status === 404 ? holds(inShort(reply)) : fails(inShort(reply))
      },
    },
  ]),
  ...checksOf('behaviour', [
    {
      id: 'badge.older',
      run: async (bench) => {
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'suspended', version: 3 })
        return judgeIgnored(await bench.putBadge(badge, { status: 'active', version: 2 }), {
          is: await shownStatus(bench, badge.credential),
          mustBe: 'suspended',
        })
      },
    },
    {
      id: 'badge.equal',
      run: async (bench) => {
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'suspended', version: 3 })
        return judgeIgnored(await bench.putBadge(badge, { status: 'active', version: 3 }), {
          is: await shownStatus(bench, badge.credential),
          mustBe: 'suspended',
        })
      },
    },
  ]),
  ...checksOf('form', [
    {
      id: 'badge.replayed',
      run: async (bench) => {
        const [badge, idempotencyKey] = [await bench.newBadge(), randomUUID()]
        const first = await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        const again = await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        return first.status === again.status && first.text === again.text
          ? holds(inShort(again))
          : fails(firstThen(first, again))
      },
    },
    {
      id: 'badge.other-payload',
      run: async (bench) => {
        const [badge, idempotencyKey] = [await bench.newBadge(), randomUUID()]
        await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        const other = await bench.putBadge(badge, { status: 'suspended', version: 2, idempotencyKey })
        return other.status === 422 ? holds(inShort(other)) : fails(inShort(other))
      },
    },
  ]),
]
