import { foldText } from '../../item/typed-answer.ts'
import { fixOrder } from '../certain-fix.ts'
import { type Edit, type Said, say, warning, withFix } from '../diagnostic.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { Subject } from './subject.ts'

const ALL = /^(?:上記|以上|上|これら)(?:の|は)?(?:選択肢の)?(?:すべて|全て|全部)|^(?:すべて|全て|全部)(?:が)?(?:正しい|当てはまる|該当する|適切)|\ball of the (?:above|these)\b/i
const NONE =
  /^(?:上記|以上|上|これら)の(?:いずれ|どれ)(?:で)?も|^(?:いずれ|どれ)も(?:正しくない|当てはまらない|該当しない|適切でない)|^(?:該当|当てはまるもの|正しいもの)(?:は)?(?:なし|ない|ありません)|\bnone of the (?:above|these)\b/i
const ABSOLUTE = /必ず|絶対に?|決して|常に|いかなる|例外なく|\b(?:always|never|must always|under no circumstances)\b/i

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
      say(`選択肢が${options.length}個です（目安は${least}〜${most}個）`, `${options.length} options; ${least} to ${most} are usual`),
      say('もっともらしい誤答だけを残してください', 'keep the plausible distractors only'),
    )
  if (right.length === options.length) at(subject, 0, 'option/count', say('すべての選択肢が正解です', 'every option is right'), say('誤答を加えてください', 'add distractors'))
}

function lintFillers(subject: Subject): void {
  subject.options.forEach(({ text }, i) => {
    if (ALL.test(text))
      at(
        subject,
        i,
        'option/all-of-the-above',
        say('「すべて正しい」の類いは、一つ分かれば解けます', '"all of the above" is solved by knowing two of them'),
        say('具体的な選択肢に替えるか、型を「複数」にしてください', 'use a real option, or make the item `multiple`'),
      )
    if (NONE.test(text))
      at(
        subject,
        i,
        'option/none-of-the-above',
        say('「該当なし」の類いは、正しい知識を確かめません', '"none of the above" does not show that the right answer is known'),
        say('具体的な選択肢に替えてください', 'use a real option'),
      )
  })
}

function lintDuplicates(subject: Subject): void {
  const seen = new Map<string, number>()
  subject.options.forEach(({ text }, i) => {
    const folded = text.replace(/\s+/g, ' ').toLowerCase()
    if (seen.has(folded)) at(subject, i, 'option/duplicate', say('大文字・小文字と空白のほかは同じ選択肢があります', 'this option differs from another in case or spaces only'))
    seen.set(folded, i)
  })
}

/** Absolute words give distractors away, because what is always true is seldom true. */
function lintAbsolutes(subject: Subject): void {
  const { options, right } = subject
  const strict = options.flatMap(({ text }, i) => (ABSOLUTE.test(text) ? [i] : []))
  const first = strict[0]
  if (first === undefined || strict.some((i) => right.includes(i)) || strict.length === options.length - right.length) return
  const word = ABSOLUTE.exec(options[first]?.text ?? '')?.[0] ?? ''
  at(
    subject,
    first,
    'option/absolute-word',
    say(`誤答だけに「${word}」のような言い切りがあります`, `only distractors hold an absolute word such as "${word}"`),
    say('言い切りを外すか、正解にも同じ強さの言い方を使ってください', 'drop it, or use the same strength in the key'),
  )
}

const isNumeric = (text: string) => /^[¥￥$]?[\s]*[+-]?[\d,]+(?:\.\d+)?\s*[^\d\s、。,.]{0,6}$/.test(text.normalize('NFKC').trim())
/** Looser: times (`10時30分`), dates and fractions as well. */
const isQuantity = (text: string) => /^[¥￥$]?(?:\d[\d,.]*[^\d]{0,4})+$/.test(text.normalize('NFKC').trim())
const ending = (text: string): string => (/[。．.]$/.test(text) ? '。' : /(?:です|ます|ません|ください|でした|ました)か?$/.test(text) ? 'です' : /[?？]$/.test(text) ? '？' : '')

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
      say('数の選択肢の中に、数でないものがあります', 'one option is no number while the others are'),
      say('同じ種類にそろえてください', 'make the options of one kind'),
    )
  const key = right[0]
  if (right.length === 1 && key !== undefined && options.length >= 3) {
    const others = new Set(kinds.filter((_, i) => i !== key))
    if (others.size === 1 && !others.has(kinds[key] as string)) {
      at(subject, key, 'option/grammar-cue', say('正解だけ文末の形が違います', 'only the key ends in another form'), say('文末をそろえてください', 'give all options the same form'))
      return
    }
  }
  const full = kinds.filter((kind) => kind === '。').length
  if (full > 0 && full < kinds.length)
    at(
      subject,
      kinds.findIndex((kind) => kind !== '。'),
      'option/heterogeneous',
      say('句点「。」のある選択肢と、ない選択肢があります', 'some options end with a full stop and some do not'),
      say('そろえてください', 'use the same form'),
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
      say(`問題文の「${article}」に続かない選択肢があります`, `this option does not follow "${article}"`),
      say('冠詞を選択肢に移してください', 'move the article into the options'),
    )
}

function lintNumbers(subject: Subject): void {
  const { options, wording } = subject
  const ranges = options.map(({ text }) => /^([\d,.]+)\D{0,3}[〜~–-]\s*([\d,.]+)\D{0,6}$/.exec(text.normalize('NFKC').replaceAll(',', '')))
  ranges.forEach((a, i) => {
    const j = ranges.findIndex((b, k) => k > i && a && b && Number(a[1]) <= Number(b[2]) && Number(b[1]) <= Number(a[2]))
    if (j >= 0)
      at(
        subject,
        j,
        'option/overlap',
        say(`範囲が「${options[i]?.text}」と重なっています`, `the range overlaps "${options[i]?.text}"`),
        say('境目がどちらか一方に入るようにしてください', 'let each value fall into one range'),
      )
  })
  const numbers = options.map(({ text }) => (isNumeric(text) ? Number(text.normalize('NFKC').replace(/[^\d.+-]/g, '')) : Number.NaN))
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return
  const rising = numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] as number))
  const falling = numbers.every((n, i) => i === 0 || n <= (numbers[i - 1] as number))
  const fixed = 'fixedOrder' in wording.stem && wording.stem.fixedOrder
  if (!rising && !falling)
    at(
      subject,
      0,
      'option/unordered-numbers',
      say('数の選択肢が大きさの順に並んでいません', 'the numbers are not in order of size'),
      say('小さい順に並べ、「固定順」を付けてください', 'sort them and add `fixed`'),
      fixNumbers(subject, numbers),
    )
  else if (!fixed)
    at(
      subject,
      0,
      'option/unordered-numbers',
      say('数の選択肢が、出題のたびに混ぜられます', 'the numbers will be shuffled'),
      say('「固定順」を付けてください', 'add `fixed`'),
      fixNumbers(subject, numbers),
    )
}

/** None for drawn numbers: another draw may have another order. */
function fixNumbers({ wording, variant }: Subject, numbers: readonly number[]): Edit[] {
  const { source, places, locale } = variant
  if (wording.variables || source.answer.form !== 'options') return []
  const around = [source.stem, source.rationale, source.notes].join('\n')
  const lastPill = source.pills.fixed ? undefined : places.lastPill
  return fixOrder({ options: source.answer.options, places: places.answers, numbers, lastPill, fixedWord: locale === 'ja' ? '固定順' : 'fixed', around })
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
    at(
      subject,
      key,
      'option/clang',
      say(`問題文の「${word}」が、正解だけに出てきます`, `"${word}" of the stem stands in the key only`),
      say('言い換えるか、誤答にも使ってください', 'reword it, or use it in distractors too'),
    )
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
      say(`正解（${lengths[key]}字）が、次に長い選択肢（${second}字）の1.5倍より長いです`, `the key (${lengths[key]} characters) is more than 1.5 times the next longest option (${second})`),
      say('正解を短くするか、誤答を同じ詳しさにしてください', 'shorten the key or give distractors the same detail'),
    )
}
