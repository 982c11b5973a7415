import type { RankingSignalBody } from '../../contract/marketplace.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { longAgo } from './bench.ts'
import { inShort } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { judgeContentRefused, judgeIgnored, judgeTaken, NOT_SHOWN, named, shownSignalOf, WITHDRAWN } from './observe.ts'

const OF_NOBODY: Say = (t) => t('conformance.came.signalsOfNobody')
const NO_PROFILE: Say = (t) => t('conformance.came.noProfile')

/** Writes that no marketplace may take: the bounds of a signal. */
const outOfBounds: readonly Partial<RankingSignalBody>[] = [
  { priorMean: 0.51 },
  { priorMean: -0.01 },
  { equivalentReviews: 0 },
  { equivalentReviews: 101 },
]

const versionShown = async (bench: Bench): Promise<string | undefined> => {
  const shown = await shownSignalOf(bench)
  if (shown === undefined) return undefined
  return shown === null || shown.withdrawn === true ? WITHDRAWN : `version ${shown.version}`
}

export const signalChecks = [
  ...checksOf('calls', [
    {
      id: 'signal.accepted',
      run: async (bench) => judgeTaken(await bench.putSignal({ version: bench.nextSignalVersion() })),
    },
    {
      id: 'signal.bounds',
      run: async (bench) => {
        for (const change of outOfBounds) {
          const finding = judgeContentRefused(await bench.putSignal({ version: bench.nextSignalVersion(), ...change }))
          if (finding.outcome === 'fails')
            return fails((t) =>
              t('conformance.came.change', { change: JSON.stringify(change), reply: finding.came(t) }),
            )
        }
        return holds((t) => t('conformance.came.writesRefused', { count: outOfBounds.length }))
      },
    },
    {
      id: 'signal.counted',
      level: 'optional',
      run: async (bench) => {
        if (bench.signalExam !== bench.exam) return notTried(OF_NOBODY)
        await bench.putBadge(await bench.newBadge(), { status: 'active', version: 1 })
        await bench.putSignal({ version: bench.nextSignalVersion() })
        const counted = (await shownSignalOf(bench))?.counted
        return counted === undefined
          ? notTried(NO_PROFILE)
          : counted
            ? holds((t) => t('conformance.came.counted'))
            : fails((t) => t('conformance.came.notCounted'))
      },
    },
    {
      id: 'signal.suspended',
      run: async (bench) => {
        if (bench.signalExam !== bench.exam) return notTried(OF_NOBODY)
        // another badge of the exam would stand behind the signal
        await bench.revokeBadges()
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'active', version: 1 })
        await bench.putSignal({ version: bench.nextSignalVersion() })
        const before = (await shownSignalOf(bench))?.counted
        if (before !== true)
          return notTried((t) =>
            t(before === undefined ? 'conformance.came.countingUnknown' : 'conformance.came.notCounted'),
          )
        await bench.putBadge(badge, { status: 'suspended', version: 2 })
        const meanwhile = (await shownSignalOf(bench))?.counted
        await bench.putBadge(badge, { status: 'active', version: 3 })
        return meanwhile
          ? fails((t) => t('conformance.came.stillCounted'))
          : holds((t) => t('conformance.came.notCounted'))
      },
    },
    {
      id: 'signal.past',
      run: async (bench) => {
        if (bench.signalExam !== bench.exam) return notTried(OF_NOBODY)
        const reply = await bench.putSignal({ version: bench.nextSignalVersion(), validUntil: longAgo(bench) })
        const shown = await shownSignalOf(bench)
        if (reply.status === 422) return holds(inShort(reply))
        if (!shown) return shown === null ? holds(named(NOT_SHOWN)) : notTried(NO_PROFILE)
        return shown.counted === undefined
          ? notTried((t) => t('conformance.came.countingUnknown'))
          : shown.counted
            ? fails((t) => t('conformance.came.stillCounted'))
            : holds((t) => t('conformance.came.notCounted'))
      },
    },
  ]),
  ...checksOf('behaviour', [
    {
      id: 'signal.withdrawn',
      run: async (bench) => {
        await bench.putSignal({ version: bench.nextSignalVersion() })
        const reply = await bench.withdrawSignal(bench.nextSignalVersion())
        const shown = await versionShown(bench)
        return reply.status >= 300 || reply.status === 0 || (shown !== undefined && shown !== WITHDRAWN)
          ? fails((t) =>
              t('conformance.came.shownAs', {
                reply: inShort(reply)(t),
                shown: shown === undefined ? t('conformance.came.unknown') : named(shown)(t),
              }),
            )
          : holds(inShort(reply))
      },
    },
    {
      id: 'signal.not-revived',
      run: async (bench) => {
        const [early, late] = [bench.nextSignalVersion(), bench.nextSignalVersion()]
        await bench.withdrawSignal(late)
        return judgeIgnored(await bench.putSignal({ version: early }), {
          is: await versionShown(bench),
          mustBe: WITHDRAWN,
        })
      },
    },
    {
      id: 'signal.old-withdrawal',
      run: async (bench) => {
        const [early, late] = [bench.nextSignalVersion(), bench.nextSignalVersion()]
        await bench.putSignal({ version: late })
        return judgeIgnored(await bench.withdrawSignal(early), {
          is: await versionShown(bench),
          mustBe: `version ${late}`,
        })
      },
    },
  ]),
]
