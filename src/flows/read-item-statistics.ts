import { takeTurns } from '@kentei/verify/parts'
import { type GradedPaperRow, gradedPapers } from '../attempt/graded-papers/store.ts'
import { doubtedAmong } from '../credential/store.ts'
import type { PlacedItem } from '../form/form.ts'
import { resolveResponse } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import type { Item, Locale, Wording } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { ItemOption } from '../item/types/item-type.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import {
  analyseItems,
  type GradedPaper,
  type ItemStatistics,
  optionsOf,
  type PaperItem,
  type ScoredVersion,
} from '../measurement/item-analysis.ts'
import { keptStatistics } from '../measurement/store.ts'
import type { World } from '../world/world.ts'

/** Statistics are of this many papers, the newest: enough for any item's interval, and what an edge worker holds in memory. */
export const LATEST_PAPERS = 2_000

/** Papers of one query: about a megabyte. */
export const PAGE = 100
/** Queries of one measuring, so that it ends however many papers are in doubt. */
export const MOST_PAGES = 25
/** What one paper of one item counts as where others have their turn: about as much as so many characters of a token. */
const WORK_OF_A_PAPER = 200

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

/** How a version of an item did, language by language, as of the last time that its exam was measured. */
export interface ItemReport {
  readonly at: Instant
  /** Papers of the exam that were looked at. */
  readonly papers: number
  readonly items: readonly MeasuredItem[]
}

const nameOf = ({
  hash,
  locale,
  item,
}: {
  readonly hash: string
  readonly locale: Locale
  readonly item: string
}): string => `${item} ${locale} ${hash}`

/**
 * Item statistics of an exam's newest graded papers that ran their course, without those whose certificate is in doubt.
 * Essays are left out: people rate them. It costs two queries for each hundred papers (25 times
 * at most), for the papers and the certificates in doubt, and one for each bank that is not in memory yet. Two thousand papers of thirty items are some 120,000 rows read.
 */
export async function measureItems({ db }: Pick<World, 'db'>, exam: string): Promise<ExamStatistics> {
  const versions = new Map<string, ScoredVersion>()
  const papers: GradedPaper[] = []
  const times: Instant[] = []
  let page: readonly GradedPaperRow[] = []
  let pages = 0
  do {
    const last = page.at(-1)
    page = await gradedPapers(db, { exam, limit: PAGE, ...(last ? { after: last } : {}) })
    pages += 1
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
  } while (page.length === PAGE && papers.length < LATEST_PAPERS && pages < MOST_PAGES)
  const kept = papers.slice(0, LATEST_PAPERS)
  const [newest, oldest] = [times[0], times[kept.length - 1]]
  const items: ItemStatistics[] = []
  const turn = takeTurns()
  for (const item of analyseItems(kept)) {
    items.push(item)
    await turn(item.n * WORK_OF_A_PAPER)
  }
  return {
    exam,
    papers: kept.length,
    isTruncated: page.length === PAGE,
    ...(newest !== undefined && oldest !== undefined ? { newest, oldest } : {}),
    items,
  }
}

/**
 * How an item did when its exam was last measured (see `measureExam`), with its options, for authors and operators: of its
 * present wording alone. Undefined while the exam was never measured.
 */
export async function readItemStatistics(
  { db }: Pick<World, 'db'>,
  session: Session,
  { exam, item }: { readonly exam: string; readonly item: Item },
): Promise<Result<ItemReport | undefined>> {
  if (session.role !== 'operator' && session.role !== 'author') return fail({ code: 'forbidden' })
  const kept = await keptStatistics(db, exam, item.id)
  if (!kept) return ok(undefined)
  const items = kept.items
    .filter(({ hash }) => hash === item.hash)
    .map((measured) => ({ ...measured, texts: textsOf(item, measured.locale) }))
  return ok({ at: kept.at, papers: kept.papers, items })
}

function textsOf({ wordings }: Item, locale: Locale): readonly ItemOption[] {
  const wording = wordings[locale]
  return wording ? optionsOf(wording.stem, wording.secret.key) : []
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
  return row.form.sections
    .flatMap((section) => section.items)
    .flatMap((placed) => paperItem(placed, items.get(placed.itemId), row, versions) ?? [])
}

function paperItem(
  placed: PlacedItem,
  item: Item | undefined,
  { scores, responses, locale }: GradedPaperRow,
  versions: Map<string, ScoredVersion>,
): PaperItem | undefined {
  const wording = item?.wordings[locale]
  const score = scores[placed.ref]
  if (!item || !wording || !score || !definitionOf(item.type).isScored) return undefined
  const { credit, responseMs } = score
  return {
    version: versionOf(item, locale, wording, versions),
    points: item.points,
    credit,
    response: resolveResponse(item.type, placed, responses[placed.ref] ?? null),
    ...(responseMs === undefined ? {} : { responseMs }),
  }
}

function versionOf(
  item: Item,
  locale: Locale,
  { stem, secret }: Wording,
  versions: Map<string, ScoredVersion>,
): ScoredVersion {
  const name = nameOf({ item: item.id, locale, hash: item.hash })
  const known = versions.get(name) ?? {
    item: item.id,
    version: item.version,
    hash: item.hash,
    locale,
    type: item.type,
    options: optionsOf(stem, secret.key),
  }
  versions.set(name, known)
  return known
}
