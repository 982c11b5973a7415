import type { Bench } from './bench.ts'
import { inShort, type Reply, succeeded } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { named, shownSignalOf, shownStatus } from './observe.ts'
import type { SampleBadge } from './sample-badge.ts'

/** The former certificate was issued so long before the one that renews it, in milliseconds. */
const BEFORE = 600_000

interface Renewed {
  readonly former: SampleBadge
  readonly renewal: SampleBadge
  /** What the first PUT of the renewal was answered with. */
  readonly reply: Reply
}

/** A certificate that was suspended and given back, and the one that renews it: its versions begin anew. */
async function renew(bench: Bench): Promise<Renewed> {
  const former = await bench.newBadge({ ahead: -BEFORE })
  for (const [at, status] of (['active', 'suspended', 'active'] as const).entries())
    await bench.putBadge(former, { status, version: at + 1 })
  const renewal = await bench.newBadge({ renews: former })
  return { former, renewal, reply: await bench.putBadge(renewal, { status: 'active', version: 1 }) }
}

/** The former one comes to its end, as it does by itself while its renewal stands. */
const end = (bench: Bench, { former }: Renewed): Promise<Reply> =>
  bench.putBadge(former, { status: 'expired', version: 4 })

/** A certificate that another pass of the exam renews: both stand until the former one ends, and then the renewal alone. */
export const renewalChecks = checksOf('behaviour', [
  {
    id: 'badge.renewed',
    run: async (bench) => {
      const renewed = await renew(bench)
      if (!succeeded(renewed.reply)) return fails(inShort(renewed.reply))
      for (const ended of [false, true]) {
        if (ended) await end(bench, renewed)
        const shown = await shownStatus(bench, renewed.renewal.credential)
        if (shown === undefined) return notTried((t) => t('conformance.came.noProfile'))
        if (shown !== 'active')
          return fails((t) => t('conformance.came.renewal', { ended: String(ended), shown: named(shown)(t) }))
      }
      return holds(named('active'))
    },
  },
  {
    id: 'signal.renewed',
    run: async (bench) => {
      if (bench.signalExam !== bench.exam) return notTried((t) => t('conformance.came.signalsOfNobody'))
      // another badge of the exam would stand behind the signal
      await bench.revokeBadges()
      const renewed = await renew(bench)
      await bench.putSignal({ version: bench.nextSignalVersion() })
      const before = (await shownSignalOf(bench))?.counted
      if (before !== true)
        return notTried((t) =>
          t(before === undefined ? 'conformance.came.countingUnknown' : 'conformance.came.notCounted'),
        )
      await end(bench, renewed)
      return (await shownSignalOf(bench))?.counted
        ? holds((t) => t('conformance.came.counted'))
        : fails((t) => t('conformance.came.notCounted'))
    },
  },
])
