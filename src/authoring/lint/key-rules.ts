import { foldText } from '../../item/types/typed-text.ts'
import { warning } from '../diagnostic.ts'
import { listed, say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { Subject } from './subject.ts'
import { ASKED_COUNT, COUNT_WORDS, NAMED_KEY } from './words.data.ts'

/** Fewer items than this say nothing about a habit. */
const FEWEST = 20
/** One-sided 1 % of the normal distribution. */
const Z_ONE_PERCENT = 2.326
/** 1 % points of χ² by degrees of freedom. */
export const CHI_ONE_PERCENT: Readonly<Record<number, number>> = {
  1: 6.63,
  2: 9.21,
  3: 11.34,
  4: 13.28,
  5: 15.09,
  6: 16.81,
  7: 18.48,
}

/** Habits of the whole bank that let a test-wise guesser beat chance. Reported once per file, at its first item. */
export function lintKeyHabits(subjects: readonly Subject[]): void {
  const byFile = Map.groupBy(
    subjects.filter(({ item, options }) => writtenTypeOf(item.type).lint.options?.isOneRight && options.length >= 3),
    ({ variant }) => variant.path,
  )
  const all = [...byFile.values()]
  const locales = Map.groupBy(all.flat(), ({ variant }) => variant.locale)
  for (const mine of locales.values()) {
    lintLongestHabit(mine)
    lintPositions(mine)
  }
}

/** Compares how often the key is the one longest option with how often chance makes it so. */
function lintLongestHabit(subjects: readonly Subject[]): void {
  if (subjects.length < FEWEST) return
  let longest = 0
  let expected = 0
  let variance = 0
  for (const { options, right } of subjects) {
    const lengths = options.map(({ text }) => foldText(text).length)
    const most = Math.max(...lengths)
    if (lengths.filter((length) => length === most).length !== 1) continue
    const chance = 1 / options.length
    expected += chance
    variance += chance * (1 - chance)
    if (lengths.indexOf(most) === right[0]) longest += 1
  }
  if (variance === 0 || (longest - expected) / Math.sqrt(variance) < Z_ONE_PERCENT) return
  const percent = (n: number) => Math.round((100 * n) / subjects.length)
  const first = subjects[0] as Subject
  first.report(
    { line: 1, column: 1 },
    warning(
      'key/longest',
      say('finding.keysLongest', {
        items: subjects.length,
        longest,
        share: percent(longest),
        chance: percent(expected),
      }),
      say('advice.trimKeys'),
    ),
  )
}

/** χ² of the written positions of keys, by number of options. It matters most where options keep their order. */
function lintPositions(subjects: readonly Subject[]): void {
  for (const [count, mine] of Map.groupBy(subjects, ({ options }) => options.length)) {
    const limit = CHI_ONE_PERCENT[count - 1]
    if (mine.length < Math.max(FEWEST, 5 * count) || limit === undefined) continue
    const seen = Array.from(
      { length: count },
      (_, position) => mine.filter(({ right }) => right[0] === position).length,
    )
    const expected = mine.length / count
    const chi = seen.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    if (chi > limit)
      (mine[0] as Subject).report(
        { line: 1, column: 1 },
        warning(
          'key/position-bias',
          say('finding.keyPositions', {
            count,
            items: mine.length,
            seen: listed(seen, 'between.dot'),
            chi: chi.toFixed(1),
          }),
          say('advice.spreadKeys'),
        ),
      )
  }
}

/** The rationale names another option than the marked one. */
export function lintNamedKey({ wording, right, item, variant, report }: Subject): void {
  if (!writtenTypeOf(item.type).lint.options?.isOneRight) return
  const named = NAMED_KEY.exec(wording.secret.rationale)?.[1]?.normalize('NFKC').toUpperCase()
  const marked = String.fromCharCode(65 + (right[0] ?? 0))
  if (named && named !== marked)
    report(
      variant.places.rationale,
      warning('key/conflict', say('finding.rationaleNamesOther', { named, marked }), say('advice.rationaleOrMark')),
    )
}

/** The question asks for another number of options than are right. */
export function lintAskedCount({ item, question, right, at, report }: Subject): void {
  if (!writtenTypeOf(item.type).lint.options || right.length === 0) return
  const asked = [...question.normalize('NFKC').matchAll(ASKED_COUNT)].at(-1)
  const word = (asked?.[1] ?? asked?.[2])?.toLowerCase()
  const count = word === undefined ? undefined : (COUNT_WORDS[word] ?? Number(word))
  if (count !== undefined && count !== right.length)
    report(
      at.stem,
      warning('key/asked-count', say('finding.askedCount', { count, right: right.length }), say('advice.countKeys')),
    )
}
