import type { Locale } from '../item/item.ts'
import { type AdversaryReport, type OptionsOnly, tryAdversary } from './adversary.ts'
import type { CompiledExam } from './compile-exam.ts'
import { type GuessReport, guessKeys, isSingle } from './guess-keys.ts'
import { type Subject, subjectOf, textOfHtml } from './lint/subject.ts'

/** How the sentences of a bank's questions read. */
export interface Readability {
  readonly sentences: number
  /** Characters a sentence in Japanese, words a sentence in English. */
  readonly meanLength: number
  readonly longest: number
  /** Share of kanji among the characters (Japanese), 0..1: plain prose has about .3. */
  readonly kanji?: number
}

/** The live items of one locale in numbers. */
export interface BankMeasures {
  readonly locale: Locale
  readonly items: number
  readonly parametric: number
  readonly types: Readonly<Record<string, number>>
  readonly levels: Readonly<Record<string, number>>
  readonly difficulties: Readonly<Record<string, number>>
  /** The exam's skills and how many live items measure each, the fewest first. */
  readonly skills: readonly { readonly skill: string; readonly items: number }[]
  readonly withReferences: number
  /** Those that only pick one of four sentences or more. */
  readonly ofFour: number
  /** Those whose stem carries a table, a picture or data. */
  readonly withMaterial: number
  readonly readability: Readability
  readonly guessing: GuessReport
  /** Only when asked for, and of a bank that is large enough to learn from: it takes seconds. */
  readonly adversary?: AdversaryReport
}

const countBy = (values: readonly (string | number | undefined)[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

function readabilityOf(subjects: readonly Subject[], locale: Locale): Readability {
  const sentences = subjects
    .flatMap(({ question }) => question.split(/[。？?！!\n]|\. /).map((sentence) => sentence.trim()))
    .filter((sentence) => sentence.length > 1)
  const lengths = sentences.map((sentence) => (locale === 'ja' ? sentence.length : sentence.split(/\s+/).length))
  const text = sentences.join('')
  const mean = lengths.reduce((sum, n) => sum + n, 0) / Math.max(1, lengths.length)
  const kanji = [...text.matchAll(/[\u3400-\u9fff]/g)].length / Math.max(1, text.length)
  return {
    sentences: sentences.length,
    meanLength: mean,
    longest: Math.max(0, ...lengths),
    ...(locale === 'ja' ? { kanji } : {}),
  }
}

const FEWEST_ROWS = 2
const FEWEST_CODE_LINES = 2
const FEWEST_FIGURES = 3
/** The number that only labels a line: "文1：", "Draft 2:", "3." */
const LABEL = /^[^\s:：、。,]{0,8} ?[0-9]{1,2}[:：.)）]\s*/
const A_FIGURE = /[0-9０-９]/
const BLANK = '___'

const figuresIn = (block: string): number =>
  textOfHtml(block)
    .split('\n')
    .map((line) => line.trim().replace(LABEL, ''))
    .filter((line) => A_FIGURE.test(line) && !line.includes(BLANK)).length

/**
 * Whether a stem carries a table (two rows under its head), a picture, or data: code of two lines, or a quote or list in
 * which three lines show a figure, lines with a blank to fill aside.
 */
export const carriesMaterial = (stemHtml: string): boolean =>
  stemHtml.includes('<img') ||
  [...stemHtml.matchAll(/<(table|pre|blockquote|[uo]l)[ >].*?<\/\1>/gs)].some(([block, tag]) => {
    if (tag === 'table') return (block.match(/<tr/g) ?? []).length > FEWEST_ROWS
    if (tag === 'pre') return textOfHtml(block).split('\n').length >= FEWEST_CODE_LINES
    return figuresIn(block) >= FEWEST_FIGURES
  })

const FOUR = 4

const subjectsOf = ({ items }: CompiledExam, locale: Locale): Subject[] =>
  items.flatMap(({ item, variants }) =>
    item?.status === 'live' && item.wordings[locale]
      ? variants
          .filter((variant) => variant.locale === locale)
          .flatMap((variant) => subjectOf(item, variant, () => {}) ?? [])
      : [],
  )

const withoutStems = (subjects: readonly Subject[]): OptionsOnly[] =>
  subjects
    .filter(isSingle)
    .map(({ options, right }) => ({ options: options.map(({ text }) => text), key: right[0] as number }))

/** The live single-choice items of a locale as a reader sees them who looks at the options only. */
export const optionsOnlyOf = (compiled: CompiledExam, locale: Locale): OptionsOnly[] =>
  withoutStems(subjectsOf(compiled, locale))

/** Measures the live items of a compiled exam, locale by locale. */
export function measureBank(
  compiled: CompiledExam,
  { adversary = false }: { readonly adversary?: boolean } = {},
): BankMeasures[] {
  return (['ja', 'en'] as const).flatMap((locale): BankMeasures[] => {
    const subjects = subjectsOf(compiled, locale)
    if (subjects.length === 0) return []
    const perSkill = countBy(subjects.map(({ item }) => item.skill))
    const guessed = adversary ? tryAdversary(withoutStems(subjects), locale) : undefined
    return [
      {
        locale,
        items: subjects.length,
        parametric: subjects.filter(({ wording }) => wording.variables).length,
        types: countBy(subjects.map(({ item }) => item.type)),
        levels: countBy(subjects.map(({ item }) => item.level)),
        difficulties: countBy(subjects.map(({ item }) => item.difficulty)),
        skills: (compiled.exam?.skills ?? [])
          .map(({ id }) => ({ skill: id, items: perSkill[id] ?? 0 }))
          .sort((a, b) => a.items - b.items),
        withReferences: subjects.filter(({ wording }) => wording.secret.references.length > 0).length,
        ofFour: subjects.filter(({ item, options }) => item.type === 'single' && options.length >= FOUR).length,
        withMaterial: subjects.filter(({ wording }) => carriesMaterial(wording.stem.html)).length,
        readability: readabilityOf(subjects, locale),
        guessing: guessKeys(subjects),
        ...(guessed ? { adversary: guessed } : {}),
      },
    ]
  })
}
