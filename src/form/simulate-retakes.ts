import type { Bank } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { randomFrom, type Seed } from '../kernel/random.ts'
import { assembleForm, NO_EXPOSURE, RECENT_PAPERS } from './assemble-form.ts'
import { overlapOf, type Spread, spreadOf } from './overlap.ts'

/** What the papers of one worker have in common who retakes as often as the exam allows in a year. */
export interface RetakeSimulation {
  readonly workers: number
  readonly papersEach: number
  /** Of each paper with each earlier one of the same worker. */
  readonly overlap: Spread
}

export interface RetakeRequest {
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
