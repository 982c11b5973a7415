import { randomUUID } from 'node:crypto'
import { generateKey, openKeyRing } from '../../credential/keys.ts'
import { inShort } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { judgeContentRefused, judgeIgnored, judgeTaken, shownStatus } from './observe.ts'
import { sampleBadge, tamperedToken } from './sample-badge.ts'

const FOREIGN = 'https://foreign-issuer.example'
const NO_PROFILE = 'no public profile to look at; see --profile'

export const badgeChecks = [
  ...checksOf('Plugin → marketplace', [
    {
      id: 'badge.accepted',
      expects: 'a badge that verifies is taken',
      run: async (bench) => judgeTaken(await bench.putBadge(await bench.newBadge(), { status: 'active', version: 1 })),
    },
    {
      id: 'badge.shown',
      expects: 'a badge that was taken is shown as active',
      run: async (bench) => {
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'active', version: 1 })
        const shown = await shownStatus(bench, badge.credential)
        return shown === undefined ? notTried(NO_PROFILE) : shown === 'active' ? holds(shown) : fails(shown)
      },
    },
    {
      id: 'badge.suspended',
      expects: 'a badge that becomes suspended is shown so',
      run: async (bench) => {
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'active', version: 1 })
        const reply = await bench.putBadge(badge, { status: 'suspended', version: 2 })
        const shown = await shownStatus(bench, badge.credential)
        return shown === undefined
          ? notTried(NO_PROFILE)
          : shown === 'suspended'
            ? holds(shown)
            : fails(`${shown}; the write: ${inShort(reply)}`)
      },
    },
    {
      id: 'badge.tampered',
      expects: 'a credential that was changed is refused with 422',
      run: async (bench) => {
        const badge = await bench.newBadge()
        return judgeContentRefused(
          await bench.putBadge(badge, { status: 'active', version: 1, jwt: tamperedToken(badge.body.credential) }),
        )
      },
    },
    {
      id: 'badge.foreign',
      expects: 'a credential of another issuer is refused with 422',
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
      expects: 'a badge without its status is refused with 422',
      run: async (bench) => {
        const badge = await bench.newBadge()
        const path = `/v1/workers/${encodeURIComponent(bench.worker)}/badges/${badge.credential}`
        return judgeContentRefused(
          await bench.call({ method: 'PUT', path, scope: 'badges:write', body: { ...badge.body, version: 1 } }),
        )
      },
    },
    {
      id: 'badge.unknown-worker',
      expects: 'a badge for an unknown worker is 404',
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
  ...checksOf('Behaviour', [
    {
      id: 'badge.older',
      expects: 'an older version is taken without effect',
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
      expects: 'an equal version is taken without effect',
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
  ...checksOf('Form of requests and answers', [
    {
      id: 'badge.replayed',
      expects: 'the same write under the same Idempotency-Key gets the same answer',
      run: async (bench) => {
        const [badge, idempotencyKey] = [await bench.newBadge(), randomUUID()]
        const first = await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        const again = await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        return first.status === again.status && first.text === again.text
          ? holds(inShort(again))
          : fails(`first ${inShort(first)}, then ${inShort(again)}`)
      },
    },
    {
      id: 'badge.other-payload',
      expects: 'another write under the same Idempotency-Key is refused with 422',
      run: async (bench) => {
        const [badge, idempotencyKey] = [await bench.newBadge(), randomUUID()]
        await bench.putBadge(badge, { status: 'active', version: 1, idempotencyKey })
        const other = await bench.putBadge(badge, { status: 'suspended', version: 2, idempotencyKey })
        return other.status === 422 ? holds(inShort(other)) : fails(inShort(other))
      },
    },
  ]),
]
