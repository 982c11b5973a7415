import { type Details, type Entry, openDetails } from '../../src/audit/entry.ts'
import { entriesAfter, peopleOf } from '../../src/audit/store.ts'
import type { Database } from '../../src/world/database.ts'

/** An entry as who may read it sees it. */
export interface ReadEntry extends Details {
  readonly seq: number
  readonly at: number
  readonly act: string
  readonly actor: string
  readonly subject: string | null
}

/** The whole log in its order, with the people whose keys live. */
export async function readLog(db: Database, acts?: readonly string[]): Promise<ReadEntry[]> {
  const entries: Entry[] = []
  for (
    let page = await entriesAfter(db, 0, 500);
    page.length > 0;
    page = await entriesAfter(db, page.at(-1)?.seq ?? 0, 500)
  )
    entries.push(...page)
  const people = await peopleOf(db, [
    ...new Set(entries.flatMap(({ actor, subject }) => [actor, ...(subject === null ? [] : [subject])])),
  ])
  const read = entries.map(async (entry) => {
    const { seq, at, act, actor, subject } = entry
    const details = await openDetails(entry, people.get(subject ?? actor)?.key)
    return {
      seq,
      at,
      act,
      actor: people.get(actor)?.person ?? actor,
      subject: subject && (people.get(subject)?.person ?? subject),
      ...details,
    }
  })
  const log = await Promise.all(read)
  return acts ? log.filter(({ act }) => acts.includes(act)) : log
}
