import { takeTurns } from '@kentei/verify/parts'
import {
  type GradedPaperRow,
  gradedPapers,
  type PracticalPaperRow,
  practicalPapers,
} from '../attempt/graded-papers/store.ts'
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
import { analyseTasks, type PracticalPaper, type TaskStatistics } from '../measurement/task-analysis.ts'
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
  /** How easy every version of it was, this one and those before, as far as the latest papers hold them. */
  readonly versions: readonly Pick<ItemStatistics, 'version' | 'hash' | 'locale' | 'n' | 'facility'>[]
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

interface CountedRow {
  readonly id: string
  readonly gradedAt: Instant
  readonly credential?: string
}

/** The newest papers, page by page, without those whose certificate is in doubt. */
async function newestPapers<Row extends CountedRow>(
  db: World['db'],
  read: (after: { readonly after?: Row }) => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly isTruncated: boolean }> {
  const rows: Row[] = []
  let page: readonly Row[] = []
  let pages = 0
  do {
    const last = page.at(-1)
    page = await read(last ? { after: last } : {})
    pages += 1
    const doubted = await doubtedAmong(
      db,
      page.flatMap(({ credential }) => credential ?? []),
    )
    rows.push(...page.filter(({ credential }) => credential === undefined || !doubted.has(credential)))
  } while (page.length === PAGE && rows.length < LATEST_PAPERS && pages < MOST_PAGES)
  return { rows: rows.slice(0, LATEST_PAPERS), isTruncated: page.length === PAGE }
}

async function bankOf(
  db: World['db'],
  { id, bankHash }: { readonly id: string; readonly bankHash: string },
): Promise<Bank> {
  const bank = await findBank(db, bankHash)
  if (!bank) throw new Error(`bank ${bankHash} of attempt ${id} is missing`)
  return bank
}

/**
 * Statistics of the practical tasks of an exam's newest graded papers, family by family, as `measureItems` counts them. Two
 * thousand papers of three tasks are some 20 MB of grades.
 */
export async function measureTasks({ db }: Pick<World, 'db'>, exam: string): Promise<readonly TaskStatistics[]> {
  const { rows } = await newestPapers<PracticalPaperRow>(db, (after) =>
    practicalPapers(db, { exam, limit: PAGE, ...after }),
  )
  const papers: PracticalPaper[] = []
  for (const row of rows) {
    const { tasks = [] } = await bankOf(db, row)
    papers.push(
      row.tasks.map(({ ref, family, familyHash, kind, grade }) => {
        const form = tasks.find(({ id }) => id === family)?.form
        const points = row.form.tasks?.find((one) => one.ref === ref)?.points ?? 0
        return { family, hash: familyHash, kind, points, grade, ...(form === undefined ? {} : { form }) }
      }),
    )
  }
  return analyseTasks(papers)
}

/**
 * Item statistics of an exam's newest graded papers that ran their course, without those whose certificate is in doubt.
 * Essays are left out: people rate them. It costs two queries for each hundred papers (25 times
 * at most), for the papers and the certificates in doubt, and one for each bank that is not in memory yet. Two thousand papers of thirty items are some 120,000 rows read.
 */
export async function measureItems({ db }: Pick<World, 'db'>, exam: string): Promise<ExamStatistics> {
  const versions = new Map<string, ScoredVersion>()
  const newestFirst = await newestPapers<GradedPaperRow>(db, (after) =>
    gradedPapers(db, { exam, limit: PAGE, ...after }),
  )
  const kept: GradedPaper[] = []
  for (const row of newestFirst.rows) kept.push(paperOf(row, await bankOf(db, row), versions))
  const [newest, oldest] = [newestFirst.rows[0]?.gradedAt, newestFirst.rows.at(-1)?.gradedAt]
  const items: ItemStatistics[] = []
  const turn = takeTurns()
  for (const item of analyseItems(kept)) {
    items.push(item)
    await turn(item.n * WORK_OF_A_PAPER)
  }
  return {
    exam,
    papers: kept.length,
    isTruncated: newestFirst.isTruncated,
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
  return ok({ at: kept.at, papers: kept.papers, items, versions: kept.items })
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
