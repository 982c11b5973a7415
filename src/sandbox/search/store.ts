import { and, eq } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import type { TrialDraw } from './open-trial-slots.ts'
import { trialDraws } from './tables.ts'

export interface Shown {
  readonly day: string
  readonly category: string
  readonly now: Instant
}

/** Logs trial slots at their first showing. */
export async function logTrialDraws(db: Database, shown: Shown, draws: readonly TrialDraw[]): Promise<void> {
  if (draws.length === 0) return
  const rows = draws.map((draw) => ({ day: shown.day, category: shown.category, ...draw, firstShownAt: shown.now }))
  await db.insert(trialDraws).values(rows).onConflictDoNothing()
}

export const readTrialDraws = (db: Database, day: string, category: string) =>
  db
    .select()
    .from(trialDraws)
    .where(and(eq(trialDraws.day, day), eq(trialDraws.category, category)))
