import { assembleForm, NO_EXPOSURE } from '../form/assemble-form.ts'
import type { Bank } from '../item/bank.ts'
import type { CompiledExam } from './compile-exam.ts'
import { strategies } from './guess-keys.ts'
import { measureBank } from './measure-bank.ts'

/** Papers that are drawn in each language. */
const PAPERS = 30
/** Fewer items with one right option say nothing about guessing. */
const FEWEST_GUESSED = 20

const seedOf = (nth: number): string => nth.toString(16).padStart(32, '0')

function canDraw(bank: Bank, locale: 'ja' | 'en', nth: number): boolean {
  try {
    assembleForm(bank, { locale, seed: seedOf(nth), exposure: NO_EXPOSURE })
    return true
  } catch {
    return false
  }
}

/** Tries a bank as it would be sat: papers of its blueprint, and how far the options alone tell what is right. */
export function tryBank(bank: Bank, compiled: CompiledExam) {
  const { locales, sections } = bank.exam
  const papers = locales.flatMap((locale) => Array.from({ length: PAPERS }, (_, nth) => canDraw(bank, locale, nth)))
  return {
    questions: sections.reduce((sum, { draw }) => sum + draw, 0),
    papers: papers.length,
    failed: papers.filter((isDrawn) => !isDrawn).length,
    guessing: measureBank(compiled).flatMap(({ locale, guessing: { items, chance, scores } }) =>
      items < FEWEST_GUESSED
        ? []
        : [{ locale, chance, best: Math.max(...strategies.map((strategy) => scores[strategy])) }],
    ),
  }
}
