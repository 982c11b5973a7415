import type { Blank } from '../../item/types/cloze.ts'
import { type BlankAnswer, takeBlanks, type WrittenBlank } from '../cloze-blanks.ts'
import { error, type Place, type Report } from '../diagnostic.ts'
import { keyOf, leaveOut } from '../formats/csv/row.ts'
import { loss } from '../formats/exchange.ts'
import { type Braces, escapeGift, escapeText, listed } from '../formats/gift/gift-text.ts'
import { exactAnswer } from '../formats/moodle/question.ts'
import {
  blocks,
  correctResponse,
  declaration,
  mapping,
  mapResponse,
  phrase,
  sumOfMaps,
} from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { contentLines, plainAnswer } from '../read-answer.ts'
import { renderBlocks, renderPhrase } from '../render-markdown.ts'
import { type Said, say } from '../said.ts'
import { plainAnswers, rendering, type WordingScope, withMarks } from '../wording-scope.ts'
import { TYPE_DATA } from './words.data.ts'
import { type ReadKey, secretKey, type WrittenType } from './written-type.ts'

interface BlanksAnswer {
  readonly form: 'blanks'
  readonly blanks: readonly BlankAnswer[]
}

function readBlanks(
  lines: readonly string[],
  from: number,
  to: number,
  report: Report,
): ReadKey<BlanksAnswer> | undefined {
  const blanks: BlankAnswer[] = []
  const places: Place[] = []
  for (const { text, place } of contentLines(lines, from, to)) {
    const numbered = /^(\d{1,3})[.)] +(\S.*)$/.exec(text)
    if (!numbered) {
      report(place, error('answer/list', say('finding.clozeAnswerList')))
      continue
    }
    blanks.push({
      ref: String(Number(numbered[1])),
      accepted: (numbered[2] as string)
        .split(' / ')
        .map((answer) => answer.trim())
        .filter((answer) => answer !== ''),
    })
    places.push({ line: place.line, column: text.length - (numbered[2] as string).length + 1 })
  }
  if (blanks.length > 0) return { answer: { form: 'blanks', blanks }, places }
  report({ line: from, column: 1 }, error('answer/missing', say('finding.noAnswer'), say('advice.writeAnswer')))
  return undefined
}

const printBlanks = ({ blanks }: BlanksAnswer): string =>
  blanks.map(({ ref, accepted }) => `${ref}. ${accepted.join(' / ')}`).join('\n')

function compileBlank(scope: WordingScope, blank: WrittenBlank): Blank {
  if (!blank.choices) return { ref: blank.ref }
  const choices = blank.choices.map((choice) =>
    renderPhrase(choice, rendering(scope, scope.item.stem, scope.places.stem)),
  )
  if (
    choices.length < 2 ||
    choices.some((choice) => choice.text === '') ||
    new Set(choices.map((choice) => choice.html)).size < choices.length
  )
    scope.report(scope.places.stem, error('cloze/choices', say('finding.blankChoices', { ref: blank.ref })))
  return { choices, ref: blank.ref }
}

const GAP = /\[\[\s*(\d{1,3})\s*(?:[:：]\s*([^[\]]*?)\s*)?\]\]/g
const choicesIn = (written: string): string[] => written.split(/\\?\|/).map((choice) => choice.trim())

/** Escapes what has a meaning within a gap of Moodle's cloze. */
const escapeGap = (text: string): string => text.replace(/[\\~}#/"]/g, '\\$&')

/**
 * A stem with its gaps as Moodle's cloze has them: `{1:SHORTANSWER:=a~=b}` and `{1:MULTICHOICE:a~=b}`. A wrong choice that
 * begins like a mark, such as a formula, says that it is worth nothing.
 */
const moodleCloze = (stem: string, blanks: readonly BlankAnswer[]): string =>
  stem.replace(GAP, (whole, digits: string, choices?: string) => {
    const accepted = blanks.find(({ ref }) => ref === String(Number(digits)))?.accepted
    if (!accepted) return whole
    if (choices === undefined)
      return `{1:SHORTANSWER:${accepted.map((text) => `=${escapeGap(plainAnswer(text)).replaceAll('*', '\\*')}`).join('~')}}`
    return `{1:MULTICHOICE:${choicesIn(choices)
      .map((text) => `${accepted.includes(text) ? '=' : /^[=%]/.test(text) ? '%0%' : ''}${escapeGap(text)}`)
      .join('~')}}`
  })

export const cloze: WrittenType<BlanksAnswer, 'cloze'> = {
  ...secretKey,
  ...TYPE_DATA.cloze,
  form: 'blanks',
  sections: ['answer'],
  lint: { asks: false },
  readAnswer: readBlanks,
  printSections: (answer) => ({ answer: printBlanks(answer) }),
  compile({ blanks: answers }, scope) {
    const { source, blanks, leftover } = takeBlanks(withMarks(scope, scope.item.stem))
    const options = rendering(scope, source, scope.places.stem)
    const refuse = (rule: string, what: Said, at = scope.places.stem, advice?: Said): undefined =>
      scope.report(at, error(rule, what, advice)) as undefined
    if (leftover >= 0)
      options.refuse(
        error('cloze/marker', say('finding.blankMalformed'), say('advice.writeBlank')),
        source.slice(leftover, leftover + 2),
      )
    if (blanks.length === 0) return refuse('cloze/marker', say('finding.noBlank'))
    blanks.forEach((blank, i) => {
      if (blank.ref !== String(i + 1)) refuse('cloze/numbers', say('finding.blankNumbers', { ref: blank.ref }))
    })
    const keys: Record<string, { choice: number } | { accepted: readonly string[] }> = {}
    const compiled = blanks.map((blank) => compileBlank(scope, blank))
    answers.forEach(({ ref, accepted }, i) => {
      const at = scope.places.answers[i]
      const blank = compiled.find((one) => one.ref === ref)
      if (!blank || Object.hasOwn(keys, ref)) refuse('cloze/answer', say('finding.answerWithoutBlank', { ref }), at)
      else if (!blank.choices) keys[ref] = { accepted: plainAnswers(scope, accepted, at) }
      else {
        const written = blanks.find((one) => one.ref === ref)?.choices ?? []
        const choice = accepted.length === 1 ? written.indexOf(accepted[0] as string) : -1
        if (choice < 0)
          refuse('cloze/answer', say('finding.answerNotAChoice', { ref }), at, say('advice.answerAsChoice'))
        keys[ref] = { choice }
      }
    })
    for (const { ref } of blanks)
      if (!Object.hasOwn(keys, ref)) refuse('cloze/answer', say('finding.blankWithoutAnswer', { ref }))
    return {
      stem: { blanks: compiled, html: renderBlocks(source, options).html, type: 'cloze' },
      key: { blanks: keys, type: 'cloze' },
    }
  },
  keyShape: ({ blanks }) => blanks.map(({ ref }) => ref),
  compiledShape: ({ blanks }) => Object.values(blanks).map((blank) => ('choice' in blank ? blank.choice : 'text')),
  meaning: ({ blanks }) => blanks.map(({ ref, accepted }) => [ref, accepted.map(plainAnswer)]),
  fill: (answer, { text }) => ({
    ...answer,
    blanks: answer.blanks.map(({ ref, accepted }) => ({ ref, accepted: accepted.map(text) })),
  }),
  csv: {
    names: [],
    lists: () => ({ options: [], pairs: [] }),
    fields: (answer) => ({ answer: printBlanks(answer) }),
    read(row) {
      const key = keyOf(row)
      const read = readBlanks(key.split('\n'), 0, key.split('\n').length, () => {})
      return read?.answer ?? leaveOut(row.losses, say('exchange.clozeKeyUnreadable', { key }))
    },
  },
  /** A gap is a missing word. GIFT has one in a question: several become a question for each, in which the others show their numbers. */
  writeGift({ stem, answer: { blanks } }, { losses }) {
    const gaps = [...stem.matchAll(GAP)]
    const bare = (text: string) => text.replace(GAP, (_, digits: string) => `[[${Number(digits)}]]`)
    if (gaps.length > 1) losses.push(loss('type', say('exchange.clozeParted', { count: gaps.length })))
    return gaps.map((gap, i): Braces => {
      const ref = String(Number(gap[1]))
      const accepted = blanks.find((blank) => blank.ref === ref)?.accepted ?? []
      const choices = gap[2] === undefined ? undefined : choicesIn(gap[2])
      const inner = choices
        ? choices.map((choice) => `${choice === accepted[0] ? '=' : '~'}${escapeText(choice)}`)
        : accepted.map((text) => `=${escapeGift(exactAnswer(text))}`)
      return {
        before: bare(stem.slice(0, gap.index)),
        inner: listed(inner),
        after: bare(stem.slice(gap.index + gap[0].length)),
        ...(gaps.length > 1 ? { gap: { ref, place: i + 1, count: gaps.length } } : {}),
      }
    })
  },
  writeMoodle({ stem, pills, answer: { blanks } }, _, losses) {
    if (pills.points !== undefined && pills.points !== 1) losses.push(loss('weight', say('exchange.gapWorthOne')))
    return { type: 'cloze', stem: moodleCloze(stem, blanks), parts: [] }
  },
  writeQti({ stem, answer: { blanks } }) {
    const { source, blanks: written } = takeBlanks(stem)
    const identifier = (ref: string) => (written.length === 1 ? 'RESPONSE' : `RESPONSE${ref}`)
    const accepted = (ref: string) => blanks.find((blank) => blank.ref === ref)?.accepted ?? []
    const declarations = written.map(({ ref, choices }) => {
      const named = choices
        ? accepted(ref).map((text) => `C${choices.indexOf(text) + 1}`)
        : accepted(ref).map(plainAnswer)
      const attributes = {
        identifier: identifier(ref),
        cardinality: 'single',
        'base-type': choices ? 'identifier' : 'string',
      }
      const worth = named.map((key) => [key, 1] as const)
      return declaration(attributes, correctResponse(named.slice(0, 1)), mapping(worth, { foldsCase: !choices }))
    })
    const body = blocks(source).replace(/<span class="blank" data-blank="(\d+)"><\/span>/g, (_, ref: string) => {
      const choices = written.find((blank) => blank.ref === ref)?.choices
      if (!choices) return element('qti-text-entry-interaction', { 'response-identifier': identifier(ref) })
      return element(
        'qti-inline-choice-interaction',
        { 'response-identifier': identifier(ref), shuffle: 'false' },
        ...choices.map((choice, i) => element('qti-inline-choice', { identifier: `C${i + 1}` }, phrase(choice))),
      )
    })
    return {
      declarations,
      body,
      processing: written.length === 1 ? mapResponse : sumOfMaps(written.map(({ ref }) => identifier(ref))),
      most: written.length,
    }
  },
}
