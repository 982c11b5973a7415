import type { Key, Locale, StemContent } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import { CLOSED, SEVERAL_ANSWERS } from '../item/types/currencies.data.ts'
import type { Choice } from '../item/types/item-type.ts'
import { foldText } from '../item/types/typed-text.ts'
import type { ItemPlaces, WrittenItem } from './bank-source.ts'
import { fixTildes } from './certain-fix.ts'
import { takeBlanks } from './cloze-blanks.ts'
import { sha256 } from './content-hash.ts'
import { error, locateIn, type Place, type Report, warning, withFix } from './diagnostic.ts'
import { plainAnswer } from './read-answer.ts'
import { type RenderOptions, renderBlocks, renderPhrase } from './render-markdown.ts'
import { say } from './said.ts'
import type { SlotTable } from './take-slots.ts'

export interface WordingContext {
  readonly locale: Locale
  readonly image: RenderOptions['image']
  readonly report: Report
}

/** What the parts of an item are compiled with, whatever its type. */
export interface WordingScope extends WordingContext {
  readonly item: WrittenItem
  readonly places: ItemPlaces
  /** Of what candidates see, and of the key: a slot of one side never tells of the other. */
  readonly shown: SlotTable
  readonly secret: SlotTable
}

export interface CompiledAnswer {
  readonly stem: StemContent
  readonly key: Key
}

/** Options of rendering a source that starts at `start`, with problems reported where they stand. */
export function rendering(scope: WordingScope, source: string, start: Place): RenderOptions {
  const locate = locateIn(source, start)
  return {
    image: scope.image,
    refuse: (finding, raw) =>
      scope.report(
        locate(raw),
        finding.rule === 'ja/tilde-range'
          ? withFix(finding, fixTildes(source, start, scope.locale === 'ja' ? '〜' : '–'))
          : finding,
      ),
    ...(scope.item.pills.lang === 'ja-stimulus' && scope.locale !== 'ja' ? { stimulusLang: 'ja' } : {}),
  }
}

/** The source with marks where the variables of a parametric item stand. */
export const withMarks = (scope: WordingScope, source: string): string =>
  scope.item.variables.length === 0 ? source : scope.shown.take(source)

/** The stem of a type that has no blanks. */
export function stemHtml(scope: WordingScope): CompiledHtml {
  const stem = withMarks(scope, scope.item.stem)
  const { blanks, leftover } = takeBlanks(stem)
  const options = rendering(scope, stem, scope.places.stem)
  if (blanks.length > 0 || leftover >= 0)
    options.refuse(
      error('cloze/unexpected', say('finding.blankUnexpected'), say('advice.makeCloze')),
      /\[\[|\]\]|［［|］］/.exec(stem)?.[0] ?? '',
    )
  return renderBlocks(stem, options).html
}

export const choiceAt = (scope: WordingScope, source: string, index: number): Choice => {
  const { html, text } = renderPhrase(
    withMarks(scope, source),
    rendering(scope, source, scope.places.answers[index] ?? scope.places.stem),
  )
  return { html, text }
}

export function refuseTwins(scope: WordingScope, choices: readonly Choice[]): void {
  const seen = new Set<string>()
  choices.forEach((choice, i) => {
    if (seen.has(choice.html))
      scope.report(
        scope.places.answers[i] ?? scope.places.stem,
        error(
          'option/duplicate',
          say('finding.optionTwice', { text: choice.text.slice(0, 30) }),
          say('advice.anotherOption'),
        ),
      )
    seen.add(choice.html)
  })
}

/** An order that tells nothing of the author's: by the hash of what is shown (equal entries are refused). Returns the indices of the written entries. */
export function keylessOrder(scope: WordingScope, choices: readonly Choice[]): number[] {
  const hashes = choices.map((choice) => sha256(scope.shown.spell(choice.html.replaceAll('<wbr>', ''))))
  return choices.map((_, i) => i).sort((a, b) => ((hashes[a] as string) < (hashes[b] as string) ? -1 : 1))
}

export function plainAnswers(scope: WordingScope, accepted: readonly string[], at: Place | undefined): string[] {
  // a slot or a code span is one text, whatever stands in it
  for (const written of accepted) {
    // a slot or a code span is one text, whatever stands in it
    const bare = written.replace(/`[^`]*`|\{\{[^{}]*\}\}/g, '').trim()
    if (SEVERAL_ANSWERS.test(bare) || (CLOSED.test(bare) && !accepted.includes(written.replace(CLOSED, ''))))
      scope.report(
        at ?? scope.places.heading,
        error('answer/list', say('finding.severalAnswers', { text: written.slice(0, 40) }), say('advice.answersApart')),
      )
  }
  const plain = accepted.map(plainAnswer)
  const folded = new Set(plain.map(foldText))
  if (folded.has(''))
    scope.report(
      at ?? scope.places.heading,
      error('answer/missing', say('finding.acceptedEmpty'), say('advice.deleteLine')),
    )
  if (folded.size < plain.length)
    scope.report(
      at ?? scope.places.heading,
      warning('answer/duplicate', say('finding.acceptedTwice'), say('advice.keepOne')),
    )
  return scope.item.variables.length === 0 ? plain : plain.map((answer) => scope.secret.take(answer))
}
