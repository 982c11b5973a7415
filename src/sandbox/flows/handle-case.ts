import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { findJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { accuracyOf, isMuted } from '../moderation/report/priority.ts'
import { countPending, latestReportsBy, readReporter, setMuting } from '../moderation/report/store.ts'
import type { Person } from '../people/person.ts'
import { findPerson } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { actOnCase } from './act-on-case.ts'
import { tellReporters } from './decide-subject.ts'

export interface Handled {
  readonly case: string
  readonly status: Case['status']
  readonly version: number
  readonly claimedBy: string | null
  readonly claimedUntil: string | null
}

const told = ({ id, status, version, claimedBy, claimedUntil }: Case): Handled => ({
  case: id,
  status,
  version,
  claimedBy,
  claimedUntil: claimedUntil === null ? null : toRfc3339(claimedUntil),
})

/** Takes a case for a while, gives it back, hands it up, or ends one that nobody waits for; whoever reported it is told of that. */
export async function handleCase(
  world: SandboxWorld,
  operator: Person,
  id: string,
  act: { readonly type: 'claim' | 'release' } | { readonly type: 'escalate' | 'close'; readonly note: string },
): Promise<Outcome<Handled>> {
  const next = await actOnCase(world, id, { actor: operator.id, now: world.now() }, async (known) => {
    if (act.type !== 'close')
      return ok({ command: act as { type: 'claim' } | { type: 'escalate'; note: string }, also: [] })
    const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
    return ok({
      command: { type: 'close', note: act.note, waiting: job?.state === 'held' },
      also: [tellReporters(world, id, { kind: 'report-closed' })],
    })
  })
  return next.ok ? ok(told(next.value)) : next
}

const LATEST = 50

/** What operators see of somebody as a reporter. */
export async function showReporter(world: SandboxWorld, id: string) {
  const person = await findPerson(world.db, id)
  const [reporter, pending, latest] = await Promise.all([
    readReporter(world.db, id),
    countPending(world.db, id),
    latestReportsBy(world.db, id, LATEST),
  ])
  if (!person && latest.length === 0) return fail({ code: 'not-found' } as const)
  const { muting, mutedBy, mutedAt, muteNote, upheld, rejected } = reporter
  return ok({
    reporter: id,
    upheld,
    rejected,
    pending,
    accuracy: accuracyOf(reporter),
    muted: isMuted(reporter),
    muting: { how: muting, by: mutedBy, at: mutedAt === null ? null : toRfc3339(mutedAt), note: muteNote },
    reports: latest.map(({ id: report, about, subject, reason, at, muted, outcome }) => ({
      report,
      about,
      case: subject,
      reason,
      at: toRfc3339(at),
      muted,
      outcome,
    })),
  })
}

/** Says whether somebody's reports count from now on, whatever the record says. Cases that are open stay as they are. */
export async function muteReporter(
  world: SandboxWorld,
  operator: Person,
  id: string,
  change: { readonly muting: 'muted' | 'heard'; readonly note: string },
): ReturnType<typeof showReporter> {
  const person = await findPerson(world.db, id)
  if (!person || person.role === 'operator') return fail({ code: 'not-found' })
  await setMuting(world.db, id, {
    muting: change.muting,
    mutedBy: operator.id,
    mutedAt: world.now(),
    muteNote: change.note,
  })
  return showReporter(world, id)
}
