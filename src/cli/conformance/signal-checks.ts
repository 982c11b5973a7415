import type { RankingSignalBody } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { longAgo } from './bench.ts'
import { inShort } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { judgeContentRefused, judgeIgnored, judgeTaken, shownSignalOf } from './observe.ts'

const OF_NOBODY = 'the signals of this run are of an exam that nobody holds'
const NO_PROFILE = 'no public profile to look at; see --profile'

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
  return shown === null || shown.withdrawn === true ? 'withdrawn' : `version ${shown.version}`
}

export const signalChecks = [
  ...checksOf('Plugin → marketplace', [
    {
      id: 'signal.accepted',
      expects: 'a ranking signal is taken',
      run: async (bench) => judgeTaken(await bench.putSignal({ version: bench.nextSignalVersion() })),
    },
    {
      id: 'signal.bounds',
      expects: 'priorMean outside 0…0.5 and equivalentReviews outside 0…100 are refused with 422',
      run: async (bench) => {
        for (const change of outOfBounds) {
          const finding = judgeContentRefused(await bench.putSignal({ version: bench.nextSignalVersion(), ...change }))
          if (finding.outcome === 'fails') return fails(`${JSON.stringify(change)}: ${finding.came}`)
        }
        return holds(`${outOfBounds.length} writes refused`)
      },
    },
    {
      id: 'signal.counted',
      required: false,
      expects: 'a signal with an active badge behind it counts',
      run: async (bench) => {
        if (bench.signalExam !== bench.exam) return notTried(OF_NOBODY)
        await bench.putBadge(await bench.newBadge(), { status: 'active', version: 1 })
        await bench.putSignal({ version: bench.nextSignalVersion() })
        const counted = (await shownSignalOf(bench))?.counted
        return counted === undefined ? notTried(NO_PROFILE) : counted ? holds('counted') : fails('not counted')
      },
    },
    {
      id: 'signal.past',
      expects: 'a signal whose validUntil is over has no effect',
      run: async (bench) => {
        if (bench.signalExam !== bench.exam) return notTried(OF_NOBODY)
        const reply = await bench.putSignal({ version: bench.nextSignalVersion(), validUntil: longAgo(bench) })
        const shown = await shownSignalOf(bench)
        if (reply.status === 422) return holds(inShort(reply))
        if (!shown) return shown === null ? holds('not shown') : notTried(NO_PROFILE)
        return shown.counted === undefined
          ? notTried('the profile does not say what counts')
          : shown.counted
            ? fails('still counted')
            : holds('not counted')
      },
    },
  ]),
  ...checksOf('Behaviour', [
    {
      id: 'signal.withdrawn',
      expects: 'DELETE with a higher version takes a signal away',
      run: async (bench) => {
        await bench.putSignal({ version: bench.nextSignalVersion() })
        const reply = await bench.withdrawSignal(bench.nextSignalVersion())
        const shown = await versionShown(bench)
        return reply.status >= 300 || reply.status === 0 || (shown !== undefined && shown !== 'withdrawn')
          ? fails(`${inShort(reply)}; shown: ${shown ?? 'unknown'}`)
          : holds(inShort(reply))
      },
    },
    {
      id: 'signal.not-revived',
      expects: 'a late, older PUT does not bring a withdrawn signal back',
      run: async (bench) => {
        const [early, late] = [bench.nextSignalVersion(), bench.nextSignalVersion()]
        await bench.withdrawSignal(late)
        return judgeIgnored(await bench.putSignal({ version: early }), {
          is: await versionShown(bench),
          mustBe: 'withdrawn',
        })
      },
    },
    {
      id: 'signal.old-withdrawal',
      expects: 'a late, older DELETE does not take a newer signal away',
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
