import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from '../../../world/database.ts'
import type { ClientFigures } from '../quality.ts'
import { clientHistories, jobs } from '../tables.ts'

export interface StaleHistory {
  readonly client: string
  /** How many changes there were when it was found stale. */
  readonly marks: number
}

/** Clients about whom something changed since they were last counted. */
export const staleHistories = (db: Database, limit: number): Promise<StaleHistory[]> =>
  db
    .select({ client: clientHistories.client, marks: clientHistories.marks })
    .from(clientHistories)
    .where(lt(clientHistories.counted, clientHistories.marks))
    .limit(limit)

/** What is known of these clients; nothing of those who never had a contract. */
export async function readHistories(
  db: Database,
  clients: readonly string[],
): Promise<ReadonlyMap<string, ClientFigures>> {
  if (clients.length === 0) return new Map()
  const rows = await db
    .select()
    .from(clientHistories)
    .where(inArray(clientHistories.client, [...new Set(clients)]))
  return new Map(rows.map(({ client, ...figures }) => [client, figures]))
}

/** Statements that write a client's figures and give the places of their jobs the score that follows. */
export const historyUpdate = (db: Database, { client, marks }: StaleHistory, figures: ClientFigures, score: number) =>
  [
    db
      .update(clientHistories)
      .set({ ...figures, counted: marks, score })
      .where(and(eq(clientHistories.client, client), lt(clientHistories.counted, marks))),
    db
      .update(jobs)
      .set({
        clientScore: sql`(SELECT ${clientHistories.score} FROM ${clientHistories} WHERE ${clientHistories.client} = ${client})`,
      })
      .where(eq(jobs.client, client)),
  ] as const
