import type { Key, Locale, Stem, Wording } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import { choicesOf } from '../item/stem-choices.ts'
import { foldText } from '../item/typed-answer.ts'
import type { Blank } from '../item/types/cloze.ts'
import type { Choice } from '../item/types/item-type.ts'
import type { AnswerSource, ItemPlaces, ItemSource } from './bank-source.ts'
import { fixTildes } from './certain-fix.ts'
import { checkDraws } from './check-draws.ts'
import { takeBlanks, type WrittenBlank } from './cloze-blanks.ts'
import { sha256 } from './content-hash.ts'
import { error, type Finding, type Place, type Report, say, warning, withFix } from './diagnostic.ts'
import { locateIn } from './locate-source.ts'
import { refuseInSecrets } from './refuse-in-secrets.ts'
import { type RenderOptions, renderBlocks, renderPhrase } from './render-markdown.ts'
import { openSlotTable, readFormula, type SlotTable } from './take-slots.ts'

export interface WordingContext {
  readonly locale: Locale
  readonly image: RenderOptions['image']
  readonly report: Report
}

interface Scope extends WordingContext {
  readonly item: ItemSource
  readonly places: ItemPlaces
  /** Of what candidates see, and of the key: a slot of one side never tells of the other. */
  readonly shown: SlotTable
  readonly secret: SlotTable
}

/** Compiles an item of one locale. The stem is made from the public fields only; the key from the rest. */
export function compileWording(item: ItemSource, places: ItemPlaces, context: WordingContext): Wording | undefined {
  const locate = locateIn(item.stem, places.stem)
  const scope: Scope = {
    ...context,
    item,
    places,
    shown: openSlotTable(item.variables, (finding, raw) => context.report(item.stem.includes(raw) ? locate(raw) : (places.answers[0] ?? places.stem), finding)),
    secret: openSlotTable(item.variables, (finding) => context.report(places.answers[0] ?? places.heading, finding)),
  }
  refuseInSecrets(item, places, context.image, context.report)
  const compiled = compileAnswer(scope, item.answer)
  if (!compiled) return undefined
  refuseShownMarks(scope, compiled.stem)
  const { key } = compiled
  const secretSlots = scope.secret.slots.length > 0 ? { slots: scope.secret.slots } : {}
  const wording: Wording = {
    secret: { key, notes: item.notes, rationale: item.rationale, references: item.references, ...secretSlots },
    stem: scope.shown.slots.length > 0 ? { ...compiled.stem, slots: scope.shown.slots } : compiled.stem,
    ...(item.variables.length > 0 ? { variables: item.variables } : {}),
  }
  return item.variables.length === 0 || checkDraws(wording, scope) ? wording : undefined
}

/**
 * The last wall: whatever way a mark took through Markdown (escapes, emphasis, line ends), none may be shown. What is
 * looked at is the finished HTML without its tags, as candidates read it.
 */
function refuseShownMarks({ report, places, item }: Scope, stem: Stem): void {
  // a bracket that is shown was written as one, or as a character reference
  if (!CLOSING.test(item.stem) && !publicTexts(item.answer).some((text) => CLOSING.test(text))) return
  for (const html of shownHtml(stem)) {
    const mark = /[[［][\s\\]*[xXｘＸ✓✔][\s\\]*[\]］]/u.exec(html.replace(/<[^>]*>/g, ''))?.[0]
    if (mark) report(places.stem, error('option/checkbox', say(`「${mark}」が受験者に見えてしまいます`, `"${mark}" would be shown to candidates`)))
  }
}

const CLOSING = /[\]］&]/

function publicTexts(answer: AnswerSource): readonly string[] {
  if (answer.form === 'options') return answer.options.map((option) => option.text)
  return answer.form === 'rows' ? answer.rows : answer.form === 'table' ? answer.rows.flat() : []
}

function shownHtml(stem: Stem): string[] {
  return [stem.html, ...choicesOf(stem).map((choice) => choice.html)]
}

interface Compiled {
  readonly stem: Stem
  readonly key: Key
}

function compileAnswer(scope: Scope, answer: AnswerSource): Compiled | undefined {
  switch (answer.form) {
    case 'options':
      return compileOptions(scope, answer.options)
    case 'rows':
      return compileRows(scope, answer.rows)
    case 'table':
      return compileTable(scope, answer.rows)
    case 'numeric': {
      const { tolerance, unit } = answer
      const value =
        typeof answer.value === 'number' ? answer.value : readFormula(answer.value.formula, scope.item.variables, (finding) => scope.report(scope.places.answers[0] ?? scope.places.heading, finding))
      return value === undefined ? undefined : { stem: { html: stemHtml(scope), type: 'numeric' }, key: { tolerance, type: 'numeric', unit, value } }
    }
    case 'essay': {
      const { min, max, criteria, model } = answer
      return { stem: { html: stemHtml(scope), maxChars: max, minChars: min, type: 'essay' }, key: { criteria, model, type: 'essay' } }
    }
    case 'accepted':
      return { stem: { html: stemHtml(scope), type: 'short' }, key: { accepted: plainAnswers(scope, answer.accepted, scope.places.answers[0]), type: 'short' } }
    case 'blanks':
      return compileCloze(scope, answer.blanks)
    default:
      return answer satisfies never
  }
}

/** Options of rendering a source that starts at `start`, with problems reported where they stand. */
function rendering(scope: Scope, source: string, start: Place): RenderOptions {
  const locate = locateIn(source, start)
  return {
    image: scope.image,
    refuse: (finding, raw) => scope.report(locate(raw), finding.rule === 'ja/tilde-range' ? withFix(finding, fixTildes(source, start, scope.locale === 'ja' ? '〜' : '–')) : finding),
    ...(scope.item.pills.lang === 'ja-stimulus' && scope.locale !== 'ja' ? { stimulusLang: 'ja' } : {}),
  }
}

/** The source with marks where the variables of a parametric item stand. */
const withMarks = (scope: Scope, source: string): string => (scope.item.variables.length === 0 ? source : scope.shown.take(source))

function stemHtml(scope: Scope): CompiledHtml {
  const stem = withMarks(scope, scope.item.stem)
  const { blanks, leftover } = takeBlanks(stem)
  const options = rendering(scope, stem, scope.places.stem)
  if (blanks.length > 0 || leftover >= 0)
    options.refuse(
      error('cloze/unexpected', say('空欄「[[…]]」は、穴埋めだけで使えます', 'blanks "[[…]]" are for cloze items only'), say('型を「穴埋め」にしてください', 'make the item a `cloze`')),
      /\[\[|\]\]|［［|］］/.exec(stem)?.[0] ?? '',
    )
  return renderBlocks(stem, options).html
}

const choiceAt = (scope: Scope, source: string, index: number): Choice => {
  const { html, text } = renderPhrase(withMarks(scope, source), rendering(scope, source, scope.places.answers[index] ?? scope.places.stem))
  return { html, text }
}

function refuseTwins(scope: Scope, choices: readonly Choice[]): void {
  const seen = new Set<string>()
  choices.forEach((choice, i) => {
    if (seen.has(choice.html))
      scope.report(scope.places.answers[i] ?? scope.places.stem, error('option/duplicate', say(`「${choice.text.slice(0, 30)}」が二つあります`, `"${choice.text.slice(0, 30)}" stands twice`)))
    seen.add(choice.html)
  })
}

function compileOptions(scope: Scope, options: readonly { text: string; correct: boolean }[]): Compiled | undefined {
  const { type, fixed, partial } = scope.item.pills
  const html = stemHtml(scope)
  const choices = options.map((option, i) => choiceAt(scope, option.text, i))
  const right = options.flatMap((option, i) => (option.correct ? [i] : []))
  refuseTwins(scope, choices)
  const refuse = (finding: Finding): undefined => scope.report(scope.places.answers[right[1] ?? 0] ?? scope.places.heading, finding) as undefined
  if (type === 'true-false' && options.length !== 2) return refuse(error('option/count', say('正誤の選択肢は二つです', 'a true-false item has two options')))
  if (options.length < 2)
    return refuse(error('option/count', say('選択肢が二つ以上要ります', 'two or more options are needed'), say('「- [ ] 」と「- [x] 」で書いてください', 'write them as "- [ ] " and "- [x] "')))
  if (right.length === 0) return refuse(error('key/missing', say('正解の印「[x]」がありません', 'no option is marked "[x]"')))
  if (type === 'multiple') return { stem: { choices, fixedOrder: fixed, html, type }, key: { choices: right, partial, type } }
  if (type !== 'single' && type !== 'true-false') return undefined
  if (right.length > 1)
    return refuse(error('key/conflict', say('正解が二つ以上あります', 'more than one option is right'), say('正解を一つにするか、型を「複数」にしてください', 'mark one, or make the item `multiple`')))
  return { stem: { choices, fixedOrder: fixed, html, type }, key: { choice: right[0] as number, type } }
}

/** An order that tells nothing of the author's: by the hash of what is shown (equal entries are refused). Returns the indices of the written entries. */
function keylessOrder(scope: Scope, choices: readonly Choice[]): number[] {
  const hashes = choices.map((choice) => sha256(scope.shown.spell(choice.html.replaceAll('<wbr>', ''))))
  return choices.map((_, i) => i).sort((a, b) => ((hashes[a] as string) < (hashes[b] as string) ? -1 : 1))
}

function compileRows(scope: Scope, rows: readonly string[]): Compiled {
  const written = rows.map((row, i) => choiceAt(scope, row, i))
  refuseTwins(scope, written)
  const order = keylessOrder(scope, written)
  return {
    stem: { choices: order.map((i) => written[i] as Choice), html: stemHtml(scope), type: 'order' },
    key: { order: written.map((_, i) => order.indexOf(i)), type: 'order' },
  }
}

function compileTable(scope: Scope, rows: readonly (readonly [string, string])[]): Compiled {
  const rights = rows.map(([, right], i) => choiceAt(scope, right, i))
  const pairedRows = rows.flatMap(([left], i) => (left === '' ? [] : [i]))
  const left = pairedRows.map((i) => choiceAt(scope, rows[i]?.[0] ?? '', i))
  refuseTwins(scope, rights)
  refuseTwins(scope, left)
  const order = keylessOrder(scope, rights)
  return {
    stem: { html: stemHtml(scope), left, right: order.map((i) => rights[i] as Choice), type: 'match' },
    key: { pairs: pairedRows.map((i) => order.indexOf(i)), type: 'match' },
  }
}

/** An accepted answer as it is compared: without code marks and escapes. */
export const plainAnswer = (written: string): string => (/^`[^`]+`$/.test(written) ? written.slice(1, -1) : written.replace(/\\([\\`*_[\]|<>~])/g, '$1'))

function plainAnswers(scope: Scope, accepted: readonly string[], at: Place | undefined): string[] {
  const plain = accepted.map(plainAnswer)
  const folded = new Set(plain.map(foldText))
  if (folded.has('')) scope.report(at ?? scope.places.heading, error('answer/missing', say('空の正解があります', 'an accepted answer is empty')))
  if (folded.size < plain.length)
    scope.report(at ?? scope.places.heading, warning('answer/duplicate', say('全角・半角や空白を除くと同じ正解があります', 'two accepted answers are the same but for width, case and spaces')))
  return scope.item.variables.length === 0 ? plain : plain.map((answer) => scope.secret.take(answer))
}

function compileCloze(scope: Scope, answers: readonly { ref: string; accepted: readonly string[] }[]): Compiled | undefined {
  const { source, blanks, leftover } = takeBlanks(withMarks(scope, scope.item.stem))
  const options = rendering(scope, source, scope.places.stem)
  const refuse = (rule: string, ja: string, en: string, at = scope.places.stem): undefined => scope.report(at, error(rule, say(ja, en))) as undefined
  if (leftover >= 0)
    options.refuse(
      error(
        'cloze/marker',
        say('空欄の書き方が正しくありません', 'this is not a well-formed blank'),
        say('「[[1]]」か「[[1: 選択肢 | 選択肢]]」と半角で書いてください', 'write "[[1]]" or "[[1: choice | choice]]"'),
      ),
      source.slice(leftover, leftover + 2),
    )
  if (blanks.length === 0) return refuse('cloze/marker', '空欄「[[1]]」がありません', 'there is no blank "[[1]]"')
  blanks.forEach((blank, i) => {
    if (blank.ref !== String(i + 1)) refuse('cloze/numbers', `空欄の番号は、出る順に1からです（${blank.ref}）`, `blanks are numbered from 1 in order (${blank.ref})`)
  })
  const keys: Record<string, { choice: number } | { accepted: readonly string[] }> = {}
  const compiled = blanks.map((blank) => compileBlank(scope, blank))
  answers.forEach(({ ref, accepted }, i) => {
    const at = scope.places.answers[i]
    const blank = compiled.find((one) => one.ref === ref)
    if (!blank || Object.hasOwn(keys, ref)) refuse('cloze/answer', `空欄${ref}の正解が余っています`, `there is no blank for answer ${ref}`, at)
    else if (!blank.choices) keys[ref] = { accepted: plainAnswers(scope, accepted, at) }
    else {
      const written = blanks.find((one) => one.ref === ref)?.choices ?? []
      const choice = accepted.length === 1 ? written.indexOf(accepted[0] as string) : -1
      if (choice < 0) refuse('cloze/answer', `空欄${ref}の正解が、選択肢の中にありません`, `answer ${ref} is not one of its choices`, at)
      keys[ref] = { choice }
    }
  })
  for (const { ref } of blanks) if (!Object.hasOwn(keys, ref)) refuse('cloze/answer', `空欄${ref}の正解がありません`, `blank ${ref} has no answer`)
  return { stem: { blanks: compiled, html: renderBlocks(source, options).html, type: 'cloze' }, key: { blanks: keys, type: 'cloze' } }
}

function compileBlank(scope: Scope, blank: WrittenBlank): Blank {
  if (!blank.choices) return { ref: blank.ref }
  const choices = blank.choices.map((choice) => renderPhrase(choice, rendering(scope, scope.item.stem, scope.places.stem)))
  if (choices.length < 2 || choices.some((choice) => choice.text === '') || new Set(choices.map((choice) => choice.html)).size < choices.length)
    scope.report(
      scope.places.stem,
      error('cloze/choices', say(`空欄${blank.ref}の選択肢は、空でなく互いに違うものが二つ以上要ります`, `blank ${blank.ref} needs two or more choices, all different and none empty`)),
    )
  return { choices, ref: blank.ref }
}
