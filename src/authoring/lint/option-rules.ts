import { foldText } from '../../item/types/typed-text.ts'
import { fixOrder } from '../certain-fix.ts'
import { type Edit, warning, withFix } from '../diagnostic.ts'
import { PILL_WORDS } from '../keywords.data.ts'
import { type Said, say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { Subject } from './subject.ts'
import { ABOUT_WIDTH, ABSOLUTE, ALL, NONE, POLITE } from './words.data.ts'

/** Guidelines for options, after Haladyna, Downing & Rodriguez (2002): numbers 18–31. */
export function lintOptions(subject: Subject): void {
  const { options, item } = subject
  const { usual } = writtenTypeOf(item.type).lint.options ?? {}
  if (options.length < 2 || !usual) return
  lintCount(subject, usual)
  lintFillers(subject)
  lintDuplicates(subject)
  lintAbsolutes(subject)
  lintEndings(subject)
  lintNumbers(subject)
  lintClang(subject)
  lintLongest(subject)
}

const at = (subject: Subject, index: number, rule: string, message: Said, suggestion?: Said, fix?: readonly Edit[]) =>
  subject.report(subject.at.option(index), withFix(warning(rule, message, suggestion), fix))

function lintCount(subject: Subject, [least, most]: readonly [number, number]): void {
  const { options, right } = subject
  if (options.length < least || options.length > most)
    at(
      subject,
      0,
      'option/count',
      say('finding.optionCount', { count: options.length, least, most }),
      say('advice.keepPlausible'),
    )
  if (right.length === options.length)
    at(subject, 0, 'option/count', say('finding.everyOptionRight'), say('advice.addDistractors'))
}

function lintFillers(subject: Subject): void {
  subject.options.forEach(({ text }, i) => {
    if (ALL.test(text))
      at(subject, i, 'option/all-of-the-above', say('finding.allOfTheAbove'), say('advice.realOptionOrMultiple'))
    if (NONE.test(text))
      at(subject, i, 'option/none-of-the-above', say('finding.noneOfTheAbove'), say('advice.realOption'))
  })
}

function lintDuplicates(subject: Subject): void {
  const seen = new Map<string, number>()
  subject.options.forEach(({ text }, i) => {
    // width and letter case are what some items are about: those say so in their stems, and are no slip
    const folded = ABOUT_WIDTH.test(subject.stemText) ? text.trim() : foldText(text)
    if (seen.has(folded)) at(subject, i, 'option/duplicate', say('finding.optionNearlyTwice'))
    seen.set(folded, i)
  })
}

/** Absolute words give distractors away, because what is always true is seldom true. */
function lintAbsolutes(subject: Subject): void {
  const { options, right } = subject
  const strict = options.flatMap(({ text }, i) => (ABSOLUTE.test(text) ? [i] : []))
  const first = strict[0]
  if (first === undefined || strict.some((i) => right.includes(i)) || strict.length === options.length - right.length)
    return
  const word = ABSOLUTE.exec(options[first]?.text ?? '')?.[0] ?? ''
  at(subject, first, 'option/absolute-word', say('finding.absoluteWord', { word }), say('advice.sameStrength'))
}

const isNumeric = (text: string) =>
  /^[¥￥$]?[\s]*[+-]?[\d,]+(?:\.\d+)?\s*[^\d\s、。,.]{0,6}$/.test(text.normalize('NFKC').trim())
/** Looser: times, dates and fractions as well. */
const isQuantity = (text: string) => /^[¥￥$]?(?:\d[\d,.]*[^\d]{0,4})+$/.test(text.normalize('NFKC').trim())
const ending = (text: string): 'stop' | 'polite' | 'question' | 'none' =>
  /[。．.]$/.test(text) ? 'stop' : POLITE.test(text) ? 'polite' : /[?？]$/.test(text) ? 'question' : 'none'

/** Options of one make: the key must not be told by its form. */
function lintEndings(subject: Subject): void {
  const { options, right } = subject
  const kinds = options.map(({ text }) => ending(text))
  const numeric = options.filter(({ text }) => isQuantity(text)).length
  if (numeric > 0 && numeric < options.length && numeric >= options.length / 2)
    at(
      subject,
      options.findIndex(({ text }) => !isQuantity(text)),
      'option/heterogeneous',
      say('finding.optionNoNumber'),
      say('advice.oneKind'),
    )
  const key = right[0]
  if (right.length === 1 && key !== undefined && options.length >= 3) {
    const others = new Set(kinds.filter((_, i) => i !== key))
    if (others.size === 1 && !others.has(kinds[key] ?? 'none')) {
      at(subject, key, 'option/grammar-cue', say('finding.keyEndsOtherwise'), say('advice.sameEnding'))
      return
    }
  }
  const full = kinds.filter((kind) => kind === 'stop').length
  if (full > 0 && full < kinds.length)
    at(
      subject,
      kinds.findIndex((kind) => kind !== 'stop'),
      'option/heterogeneous',
      say('finding.fullStopsDiffer'),
      say('advice.sameForm'),
    )
  lintArticle(subject)
}

/** English: a stem that ends in "an" tells which options can follow. */
function lintArticle(subject: Subject): void {
  const article = /\b(an?)[\s_]*[?:.]?$/i.exec(subject.question)?.[1]?.toLowerCase()
  if (!article) return
  const fits = subject.options.map(({ text }) => /^[aeiou]/i.test(text) === (article === 'an'))
  if (fits.some((fit) => !fit) && subject.right.every((i) => fits[i]))
    at(
      subject,
      fits.indexOf(false),
      'option/grammar-cue',
      say('finding.articleGivesAway', { article }),
      say('advice.moveArticle'),
    )
}

function lintNumbers(subject: Subject): void {
  const { options, wording } = subject
  const ranges = options.map(({ text }) =>
    /^([\d,.]+)\D{0,3}[〜~–-]\s*([\d,.]+)\D{0,6}$/.exec(text.normalize('NFKC').replaceAll(',', '')),
  )
  ranges.forEach((a, i) => {
    const j = ranges.findIndex(
      (b, k) => k > i && a && b && Number(a[1]) <= Number(b[2]) && Number(b[1]) <= Number(a[2]),
    )
    if (j >= 0)
      at(
        subject,
        j,
        'option/overlap',
        say('finding.rangesOverlap', { text: options[i]?.text ?? '' }),
        say('advice.oneRangeEach'),
      )
  })
  const numbers = options.map(({ text }) =>
    isNumeric(text) ? Number(text.normalize('NFKC').replace(/[^\d.+-]/g, '')) : Number.NaN,
  )
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return
  const rising = numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] as number))
  const falling = numbers.every((n, i) => i === 0 || n <= (numbers[i - 1] as number))
  const fixed = 'fixedOrder' in wording.stem && wording.stem.fixedOrder
  if (!rising && !falling)
    at(
      subject,
      0,
      'option/unordered-numbers',
      say('finding.numbersUnordered'),
      say('advice.sortAndFix'),
      fixNumbers(subject, numbers),
    )
  else if (!fixed)
    at(
      subject,
      0,
      'option/unordered-numbers',
      say('finding.numbersShuffled'),
      say('advice.fixOrder'),
      fixNumbers(subject, numbers),
    )
}

/** None for drawn numbers: another draw may have another order. */
function fixNumbers({ wording, variant }: Subject, numbers: readonly number[]): Edit[] {
  const { source, places, locale } = variant
  if (wording.variables || source.answer.form !== 'options') return []
  const around = [source.stem, source.rationale, source.notes].join('\n')
  const lastPill = source.pills.fixed ? undefined : places.lastPill
  return fixOrder({
    options: source.answer.options,
    places: places.answers,
    numbers,
    lastPill,
    fixedWord: PILL_WORDS.fixed[locale],
    around,
  })
}

const WORDS = /[\u30a1-\u30ff]{5,}|[\u4e00-\u9fff]{4,}|[A-Za-z][A-Za-z0-9-]{3,}/g

/** A word of the stem that only the key repeats. */
function lintClang(subject: Subject): void {
  const { options, right, question } = subject
  const key = right[0]
  if (key === undefined || right.length !== 1) return
  const mine = options[key]?.text ?? ''
  for (const [word] of question.matchAll(WORDS)) {
    if (!mine.includes(word) || options.some(({ text }, i) => i !== key && text.includes(word))) continue
    at(subject, key, 'option/clang', say('finding.clang', { word }), say('advice.rewordOrSpread'))
    return
  }
}

const LONGER = 1.5
/** Below this many characters a length ratio says nothing. */
const SHORT_OPTION = 8

function lintLongest(subject: Subject): void {
  const { options, right } = subject
  const key = right[0]
  if (key === undefined || right.length !== 1) return
  const lengths = options.map(({ text }) => foldText(text).length)
  const second = Math.max(...lengths.filter((_, i) => i !== key))
  if ((lengths[key] as number) > SHORT_OPTION && (lengths[key] as number) > LONGER * second)
    at(
      subject,
      key,
      'key/longest',
      say('finding.keyLongest', { length: lengths[key] as number, second }),
      say('advice.shortenKey'),
    )
}
