import { startAttempt } from '../../src/flows/start-attempt.ts'
import { recordWorker } from '../../src/marketplace/store.ts'
import type { World } from '../../src/world/world.ts'
import { giveSession } from '../support/give-session.ts'

/** Where a save goes: one single-choice item of one open attempt. */
export interface SaveTarget {
  readonly path: string
  readonly session: string
  readonly lease: string
  readonly item: string
  /** Refs of its options. */
  readonly choices: readonly string[]
}

/** Seats candidates until so many have a single-choice item on their papers: each gets a session and an open attempt. */
export async function seatCandidates(world: World, exam: string, count: number): Promise<SaveTarget[]> {
  const targets: SaveTarget[] = []
  for (let i = 0; targets.length < count; i += 1) {
    const now = world.now()
    const { session, token } = await giveSession(
      { db: world.db, secret: world.settings.sessionSecret, now },
      { worker: `bench_${i}`, name: `Candidate ${i}` },
    )
    await recordWorker(world.db, {
      worker: session.worker,
      tombstones: [],
      subject: `urn:uuid:${world.newUuid()}`,
      name: session.name,
      locale: 'ja',
      now,
    })
    const started = await startAttempt(world, { session, exam, locale: 'ja' })
    if (!started.ok) throw new Error(`no attempt: ${JSON.stringify(started.problem)}`)
    const { id, lease, sections } = started.value.attempt
    const item = sections.flatMap((section) => section.items).find((item) => item.type === 'single' && item.options)
    if (!lease) throw new Error('no lease')
    if (!item?.options) continue
    targets.push({
      path: `/api/attempts/${id}/responses`,
      session: token,
      lease,
      item: item.ref,
      choices: item.options.map((option) => option.ref),
    })
  }
  return targets
}
