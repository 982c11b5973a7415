import type { Say } from '../texts.ts'
import type { Bench, Beside } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { type Finding, fails, holds, notTried } from './check.ts'
import { NOT_SHOWN, named, shownStatus } from './observe.ts'

type State = 'active' | 'suspended' | 'revoked'

const NO_PROFILE: Say = (t) => t('conformance.came.noProfile')
const POLL_MS = 200

/** Whoever takes a revoked badge away shows nothing wrong. */
const fits = (shown: string, wanted: State): boolean =>
  shown === wanted || (wanted === 'revoked' && shown === NOT_SHOWN)

const judge = (shown: string | undefined, wanted: State, reply: Reply | undefined): Finding =>
  shown === undefined
    ? notTried(NO_PROFILE)
    : fits(shown, wanted)
      ? holds(named(shown))
      : fails((t) =>
          reply
            ? t('conformance.came.shownAfter', { shown: named(shown)(t), reply: inShort(reply)(t) })
            : named(shown)(t),
        )

/** The run itself writes a badge of its own. */
async function writeStates(bench: Bench, states: readonly State[]): Promise<Finding> {
  const badge = await bench.newBadge()
  let reply: Reply | undefined
  for (const [at, status] of states.entries()) reply = await bench.putBadge(badge, { status, version: at + 1 })
  return judge(await shownStatus(bench, badge.credential), states.at(-1) as State, reply)
}

/** Waits until the profile shows a state, which the Kentei beside sends when it can. */
async function awaitShown(bench: Bench, of: { readonly worker: string; readonly credential: string }, wanted: State) {
  for (const end = Date.now() + bench.webhookPatience; ; await bench.wait(POLL_MS)) {
    const shown = await shownStatus(bench, of.credential, of.worker)
    if (shown === undefined || fits(shown, wanted) || Date.now() > end) return shown
  }
}

/** An operator of the Kentei beside changes a certificate that it has issued, and gives it back in the end. */
async function changeStates(bench: Bench, { kentei, held }: Beside, states: readonly State[]): Promise<Finding> {
  const before = { ...held }
  try {
    for (const [at, state] of states.entries()) {
      if (at > 0 && state === 'revoked') held.credential = await kentei.reissue(held.credential)
      else if (at > 0) await kentei.change(held.credential, state as 'active' | 'suspended')
      const finding = judge(await awaitShown(bench, before, state), state, undefined)
      if (finding.outcome !== 'holds') return finding
    }
    return holds((t) => t('conformance.came.beside', { state: String(states.at(-1)), origin: kentei.origin }))
  } finally {
    if (states.at(-1) === 'suspended') await kentei.change(held.credential, 'active').catch(() => undefined)
  }
}

/** Leads a badge through states; the last must be shown. By the tokens of the run, or by the Kentei that the marketplace has. */
export async function showsLast(bench: Bench, states: readonly State[]): Promise<Finding> {
  if (bench.trusted) return writeStates(bench, states)
  return bench.beside ? changeStates(bench, bench.beside, states) : notTried((t) => t('conformance.came.nobodyBeside'))
}
