import * as z from 'zod'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { inShort, type Reply, succeeded } from './call-market.ts'
import { type Finding, fails, holds, notTried } from './check.ts'

const shownBadge = z.looseObject({ credential: z.string(), status: z.string() })
const shownSignal = z.looseObject({
  exam: z.string(),
  version: z.number(),
  withdrawn: z.boolean().optional(),
  counted: z.boolean().optional(),
})
const profile = z.looseObject({ badges: z.array(shownBadge).optional(), signals: z.array(shownSignal).optional() })

/** What the marketplace shows of a worker; undefined when it shows nothing that can be read. */
async function readProfile(bench: Bench, worker = bench.worker): Promise<z.infer<typeof profile> | undefined> {
  const path = bench.profile
    .replace('{worker}', encodeURIComponent(worker))
    .replace('{exam}', encodeURIComponent(bench.exam))
  return profile.safeParse((await bench.call({ method: 'GET', path })).json).data
}

/** What stands for a status or a version where nothing is shown. */
export const NOT_SHOWN = 'not-shown'
export const WITHDRAWN = 'withdrawn'

/** What the profile shows, in words. */
export const named =
  (shown: string): Say =>
  (t) =>
    shown === NOT_SHOWN ? t('conformance.came.notShown') : shown === WITHDRAWN ? t('conformance.came.withdrawn') : shown

/** Status that the profile shows of a badge; undefined when there is no profile to read. */
export async function shownStatus(
  bench: Bench,
  credential: string,
  worker = bench.worker,
): Promise<string | undefined> {
  const badges = (await readProfile(bench, worker))?.badges
  return badges && (badges.find((badge) => badge.credential === credential)?.status ?? NOT_SHOWN)
}

/** The signal that the profile shows; `null` when it shows none, undefined when there is no profile to read. */
export async function shownSignalOf(bench: Bench): Promise<z.infer<typeof shownSignal> | null | undefined> {
  const signals = (await readProfile(bench))?.signals
  return signals && (signals.find((signal) => signal.exam === bench.signalExam) ?? null)
}

/** Whether a write says of itself that it took no effect; undefined when it does not say. */
const applied = (reply: Reply): boolean | undefined =>
  z.looseObject({ applied: z.boolean() }).safeParse(reply.json).data?.applied

/** Judges a write that had to be taken without effect: by what it says, and by what is shown afterwards. */
export function judgeIgnored(
  reply: Reply,
  shown: { readonly is: string | undefined; readonly mustBe: string },
): Finding {
  if (!succeeded(reply)) return fails((t) => t('conformance.came.oldIsNoError', { reply: inShort(reply)(t) }))
  if (applied(reply) === true) return fails(inShort(reply))
  const { is } = shown
  if (is !== undefined)
    return is === shown.mustBe
      ? holds((t) => t('conformance.came.still', { shown: named(is)(t) }))
      : fails((t) => t('conformance.came.now', { shown: named(is)(t) }))
  return applied(reply) === false ? holds(inShort(reply)) : notTried((t) => t('conformance.came.effectUnknown'))
}

/** Refused for what it says: 422, or 400. */
export const judgeContentRefused = (reply: Reply): Finding =>
  reply.status === 422 || reply.status === 400 ? holds(inShort(reply)) : fails(inShort(reply))

export const judgeTaken = (reply: Reply): Finding => (succeeded(reply) ? holds(inShort(reply)) : fails(inShort(reply)))
