import type { Bank } from '../item/bank.ts'
import type { Item, Locale } from '../item/item.ts'
import { randomFrom, type Seed } from '../kernel/random.ts'
import { assembleForm, NO_EXPOSURE, RECENT_PAPERS } from './assemble-form.ts'
import { isDrawn, overlapOf, type Spread, spreadOf } from './draw-sections.ts'

/** What papers drawn one after the other, each for another candidate, come to. Shares are 0..1. */
export interface FormSimulation {
  readonly papers: number
  /** Share of the other's items that two papers have in common: of the pairs looked at, the mean, the 95th percentile and the most. */
  readonly overlap: Spread & { readonly shares: readonly number[] }
  /** Each item that papers may hold, and the share of papers that hold it, most shown first. */
  readonly exposure: readonly {
    readonly item: string
    readonly topic: string
    readonly difficulty: number
    readonly share: number
  }[]
  /** Each skill of the exam and the share of papers that measure it. */
  readonly coverage: readonly { readonly skill: string; readonly share: number; readonly isCritical: boolean }[]
  /** Mean difficulty of a paper's items: over all papers the mean and the standard deviation, and each paper's. */
  readonly difficulty: { readonly mean: number; readonly sd: number; readonly means: readonly number[] }
  /** Fewest critical items on any paper. */
  readonly fewestCritical: number
  /** Each honeypot and how many papers held it: none, or something is wrong. */
  readonly decoys: readonly { readonly item: string; readonly papers: number }[]
}

export interface SimulationRequest {
  readonly locale: Locale
  readonly papers: number
  readonly seed: Seed
}

const PAIRS = 20_000

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, n) => sum + n, 0) / Math.max(1, numbers.length)

/** Draws papers as the service does: each knows how often every item was shown before. */
export function simulateForms(bank: Bank, { locale, papers, seed }: SimulationRequest): FormSimulation {
  const items = new Map(bank.items.map((item) => [item.id, item]))
  const random = randomFrom(seed)
  const timesShown: Record<string, number> = {}
  const drawn: Set<string>[] = []
  for (let n = 0; n < papers; n++) {
    const own = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
    const form = assembleForm(bank, {
      locale,
      seed: own,
      exposure: { ...NO_EXPOSURE, timesShown, recentPapers: drawn.slice(-RECENT_PAPERS) },
    })
    const paper = new Set(form.sections.flatMap((section) => section.items.map(({ itemId }) => itemId)))
    for (const id of paper) timesShown[id] = (timesShown[id] ?? 0) + 1
    drawn.push(paper)
  }
  const itemsOf = (paper: ReadonlySet<string>) => [...paper].map((id) => items.get(id) as Item)
  const shares = overlaps(drawn, random.below).sort((a, b) => a - b)
  const means = drawn.map((paper) => mean(itemsOf(paper).map(({ difficulty }) => difficulty)))
  const centre = mean(means)
  const critical = new Set(bank.exam.critical?.skills ?? [])
  return {
    papers,
    overlap: { ...spreadOf(shares), shares },
    exposure: bank.items
      .filter((item) => isDrawn(item) && item.wordings[locale])
      .map(({ id, topic, difficulty }) => ({ item: id, topic, difficulty, share: (timesShown[id] ?? 0) / papers }))
      .sort((a, b) => b.share - a.share),
    coverage: bank.exam.skills.map(({ id }) => ({
      skill: id,
      share: drawn.filter((paper) => itemsOf(paper).some(({ skill }) => skill === id)).length / papers,
      isCritical: critical.has(id),
    })),
    difficulty: { mean: centre, sd: Math.sqrt(mean(means.map((value) => (value - centre) ** 2))), means },
    fewestCritical: Math.min(
      ...drawn.map((paper) => itemsOf(paper).filter(({ skill }) => skill !== undefined && critical.has(skill)).length),
    ),
    decoys: bank.items
      .filter(({ status }) => status === 'honeypot')
      .map(({ id }) => ({ item: id, papers: timesShown[id] ?? 0 })),
  }
}

/** All pairs where they are few, else a sample of them. */
function overlaps(papers: readonly ReadonlySet<string>[], below: (bound: number) => number): number[] {
  if ((papers.length * (papers.length - 1)) / 2 <= PAIRS)
    return papers.flatMap((a, i) => papers.slice(i + 1).map((b) => overlapOf(a, b)))
  return Array.from({ length: PAIRS }, () => {
    const i = below(papers.length)
    const j = (i + 1 + below(papers.length - 1)) % papers.length
    return overlapOf(papers[i] as ReadonlySet<string>, papers[j] as ReadonlySet<string>)
  })
}

/** What the papers of one worker have in common who retakes as often as the exam allows in a year. */
export interface RetakeSimulation {
  readonly workers: number
  readonly papersEach: number
  /** Of each paper with each earlier one of the same worker. */
  readonly overlap: Spread
}

interface RetakeRequest {
  readonly locale: Locale
  readonly workers: number
  readonly seed: Seed
}

/** Draws papers as the service does for workers who all take their first, then all their second paper, and so on. */
export function simulateRetakes(bank: Bank, { locale, workers, seed }: RetakeRequest): RetakeSimulation {
  const random = randomFrom(seed)
  const timesShown: Record<string, number> = {}
  const recent: Set<string>[] = []
  const own = Array.from({ length: workers }, (): Set<string>[] => [])
  const shares: number[] = []
  const papersEach = bank.exam.retake.perYear
  for (let round = 0; round < papersEach; round++)
    for (const ownPapers of own) {
      const paperSeed = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
      const form = assembleForm(bank, {
        locale,
        seed: paperSeed,
        exposure: { ...NO_EXPOSURE, timesShown, ownPapers, recentPapers: recent.slice(-RECENT_PAPERS) },
      })
      const paper = new Set(form.sections.flatMap((section) => section.items.map(({ itemId }) => itemId)))
      for (const earlier of ownPapers) shares.push(overlapOf(paper, earlier))
      for (const id of paper) timesShown[id] = (timesShown[id] ?? 0) + 1
      ownPapers.push(paper)
      recent.push(paper)
    }
  return { workers, papersEach, overlap: spreadOf(shares) }
}
