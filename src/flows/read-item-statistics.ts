import { type GradedPaperRow, gradedPapers } from '../attempt/graded-papers/store.ts'
import { doubtedAmong } from '../credential/store.ts'
import type { PlacedItem } from '../form/form.ts'
import { resolveResponse } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import type { Item, Locale, Wording } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { analyseItems, type GradedPaper, type ItemStatistics, type PaperItem, type ScoredVersion } from '../measurement/item-analysis.ts'
import { type ItemOption, optionsOf } from '../measurement/item-options.ts'
import type { World } from '../world/world.ts'

/** Statistics are of this many papers, the newest: enough for any item's interval, and what an edge worker holds in memory. */
export const LATEST_PAPERS = 2_000

/** Papers of one query: about a megabyte. */
const PAGE = 100

/** Numbers only: neither texts nor keys nor people. */
export interface ExamStatistics {
  readonly exam: string
  /** How many papers they are of. */
  readonly papers: number
  /** Older papers may have been left out. */
  readonly isTruncated: boolean
  /** When the newest and the oldest of the papers were graded; absent without papers. */
  readonly newest?: Instant
  readonly oldest?: Instant
  readonly items: readonly ItemStatistics[]
}

/** An item's statistics beside what its options say and which is right: for those who may see keys. */
export interface MeasuredItem extends ItemStatistics {
  readonly texts: readonly ItemOption[]
}

interface Measured {
  readonly statistics: ExamStatistics
  readonly versions: ReadonlyMap<string, ScoredVersion>
}

const nameOf = ({ hash, locale, item }: { readonly hash: string; readonly locale: Locale; readonly item: string }): string => `${item} ${locale} ${hash}`

/**
 * Item statistics of an exam's newest graded papers that ran their course, without those whose certificate is in doubt.
 * Essays are left out: people rate them. It costs two queries for each hundred papers (20 times
 * at most), for the papers and the certificates in doubt, and one for each bank that is not in memory yet. Two thousand papers of thirty items are some 120,000 rows read.
 */
export async function measureItems(world: Pick<World, 'db'>, exam: string): Promise<ExamStatistics> {
  return (await measure(world, exam)).statistics
}

/** The same with the items' options, for authors and operators. An exam that was never taken has no items here. */
export async function readItemStatistics(world: Pick<World, 'db'>, session: Session, exam: string): Promise<Result<Omit<ExamStatistics, 'items'> & { readonly items: readonly MeasuredItem[] }>> {
  if (session.role !== 'operator' && session.role !== 'author') return fail({ code: 'forbidden' })
  const { statistics, versions } = await measure(world, exam)
  return ok({ ...statistics, items: statistics.items.map((item) => ({ ...item, texts: versions.get(nameOf(item))?.options ?? [] })) })
}

async function measure({ db }: Pick<World, 'db'>, exam: string): Promise<Measured> {
  const versions = new Map<string, ScoredVersion>()
  const papers: GradedPaper[] = []
  const times: Instant[] = []
  let page: readonly GradedPaperRow[] = []
  do {
    const last = page.at(-1)
    page = await gradedPapers(db, { exam, limit: PAGE, ...(last ? { after: last } : {}) })
    const doubted = await doubtedAmong(
      db,
      page.flatMap(({ credential }) => credential ?? []),
    )
    for (const row of page) {
      if (row.credential !== undefined && doubted.has(row.credential)) continue
      const bank = await findBank(db, row.bankHash)
      if (!bank) throw new Error(`bank ${row.bankHash} of attempt ${row.id} is missing`)
      papers.push(paperOf(row, bank, versions))
      times.push(row.gradedAt)
    }
  } while (page.length === PAGE && papers.length < LATEST_PAPERS)
  const kept = papers.slice(0, LATEST_PAPERS)
  const [newest, oldest] = [times[0], times[kept.length - 1]]
  return {
    versions,
    statistics: { exam, papers: kept.length, isTruncated: page.length === PAGE, ...(newest !== undefined && oldest !== undefined ? { newest, oldest } : {}), items: analyseItems(kept) },
  }
}

/** Banks repeat from paper to paper: their items are looked up once. */
const itemsByBank = new WeakMap<Bank, ReadonlyMap<string, Item>>()

function itemsOf(bank: Bank): ReadonlyMap<string, Item> {
  const known = itemsByBank.get(bank) ?? new Map(bank.items.map((item) => [item.id, item]))
  itemsByBank.set(bank, known)
  return known
}

function paperOf(row: GradedPaperRow, bank: Bank, versions: Map<string, ScoredVersion>): PaperItem[] {
  const items = itemsOf(bank)
  return row.form.sections.flatMap((section) => section.items).flatMap((placed) => paperItem(placed, items.get(placed.itemId), row, versions) ?? [])
}

function paperItem(placed: PlacedItem, item: Item | undefined, { scores, responses, locale }: GradedPaperRow, versions: Map<string, ScoredVersion>): PaperItem | undefined {
  const wording = item?.wordings[locale]
  const score = scores[placed.ref]
  if (!item || !wording || !score || item.type === 'essay') return undefined
  const { credit, responseMs } = score
  return {
    version: versionOf(item, locale, wording, versions),
    points: item.points,
    credit,
    response: resolveResponse(placed, responses[placed.ref] ?? null),
    ...(responseMs === undefined ? {} : { responseMs }),
  }
}

function versionOf(item: Item, locale: Locale, { stem, secret }: Wording, versions: Map<string, ScoredVersion>): ScoredVersion {
  const name = nameOf({ item: item.id, locale, hash: item.hash })
  const known = versions.get(name) ?? { item: item.id, version: item.version, hash: item.hash, locale, type: item.type, options: optionsOf(stem, secret.key) }
  versions.set(name, known)
  return known
}
