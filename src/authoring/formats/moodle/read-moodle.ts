import type { Locale } from '../../../item/item.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import type { Pills } from '../../bank-source.ts'
import { type Said, say, sentenceOf } from '../../said.ts'
import { essayByRubric } from '../../types/essay.ts'
import { cleanText } from '../decode-text.ts'
import {
  type Imported,
  type ImportedItem,
  type ImportProblem,
  type LeftOut,
  type Loss,
  loss,
  problem,
} from '../exchange.ts'
import { type AnswerContext, type Built, buildAnswer, buildGaps } from '../gift/build-answer.ts'
import { buildItem } from '../gift/build-item.ts'
import { type GiftText, type GiftTextFormat, HARD_LINE } from '../gift/gift-text.ts'
import type { GiftAnswer } from '../gift/parse-answers.ts'
import type { GiftQuestion } from '../gift/parse-gift.ts'
import { textAsMarkdown } from '../gift/text-as-markdown.ts'
import { type Element, elementsOf, textOf } from '../markup-tree.ts'
import { readXml } from '../parse-xml.ts'
import { type PictureShelf, pictureShelf } from '../picture-shelf.ts'
import { pillOfPoints, type ReadWords, readPillWords, wasOurs } from '../pill-words.ts'
import { parseCloze } from './parse-cloze.ts'
import { isStandingPhrase } from './words.data.ts'

/** Reads Moodle's XML, as its question bank exports it. */
export function readMoodle(
  bytes: Uint8Array,
  { locale }: { readonly locale: Locale },
): Result<Imported, ImportProblem> {
  const parsed = readXml(bytes)
  if (!parsed.ok) return parsed
  const { name } = parsed.value
  if (name !== 'quiz') return fail(problem('not-this-format', say('exchange.noQuiz', { name: name.slice(0, 40) })))
  const pictures = pictureShelf()
  let category: string | undefined
  let number = 0
  const entries = elementsOf(parsed.value, 'question').flatMap((question): (ImportedItem | LeftOut)[] => {
    if (question.attributes.type === 'category') {
      category = line(child(child(question, 'category'), 'text'))
      return []
    }
    number += 1
    return [readQuestion(question, { locale, pictures, number, ...(category === undefined ? {} : { category }) })]
  })
  if (entries.length === 0) return fail(problem('not-this-format', say('exchange.noMoodleQuestion')))
  return ok({ entries, losses: [], assets: pictures.taken() })
}

interface Place {
  readonly locale: Locale
  readonly pictures: PictureShelf
  readonly category?: string
  /** Among the questions of the file, from 1. */
  readonly number: number
}

const NOTHING: Element = { name: '', attributes: {}, children: [] }
const child = (element: Element, name: string): Element => elementsOf(element, name)[0] ?? NOTHING
const written = (element: Element): string => cleanText(textOf(element)).text
const line = (element: Element): string => written(element).replace(/\s+/g, ' ').trim()

const FORMATS: Readonly<Record<string, GiftTextFormat>> = {
  html: 'html',
  moodle_auto_format: 'moodle',
  plain_text: 'plain',
  markdown: 'markdown',
}
const formatOf = ({ attributes }: Element): GiftTextFormat => FORMATS[attributes.format ?? ''] ?? 'html'

function readQuestion(question: Element, { locale, pictures, category, number }: Place): ImportedItem | LeftOut {
  const { type = '' } = question.attributes
  const name = line(child(child(question, 'name'), 'text'))
  const called = say('exchange.question', { number, name: name.slice(0, 60) })
  const losses: Loss[] = []
  const words = readPillWords(elementsOf(child(question, 'tags'), 'tag').map((tag) => line(child(tag, 'text'))))
  const id = line(child(question, 'idnumber'))
  const isOwn = wasOurs(words, id)
  for (const tag of words.unknown) losses.push(loss('metadata', say('exchange.tagLost', { tag })))
  const shown = new Set<string>()
  const textIn = (element: Element): GiftText => richText(element, { isOwn, pictures, shown })
  const stem = textIn(child(question, 'questiontext'))
  const general = textIn(child(question, 'generalfeedback'))
  const context: AnswerContext = {
    locale,
    format: stem.format ?? 'html',
    image: (src) => (shown.has(src) ? src : undefined),
    losses,
    words: withUnit(words, question, losses),
    ref: '1',
  }
  const read = readAnswers(type, question, { stem, textIn, losses })
  const leftOut = (): LeftOut => ({ kind: 'left-out', source: sentenceOf(called, locale), losses })
  if ('refused' in read) {
    losses.push(loss('unsupported', read.refused))
    return leftOut()
  }
  const asked: GiftQuestion = {
    kind: 'question',
    line: number,
    name,
    ...(category === undefined ? {} : { category }),
    ...(id === '' ? {} : { id }),
    tags: [],
    ...(general.text.trim() === '' ? {} : { generalFeedback: general }),
    stem,
    after: '',
    further: [],
    ...read.parts,
  }
  const built = buildRead(asked, read, context)
  if (!built) return leftOut()
  if (!isOwn) nameRest(question, losses)
  const item = buildItem(
    asked,
    isOwn ? withRubric(built, question, words) : built,
    context,
    isOwn ? {} : morePills(question, built, losses),
  )
  return {
    ...item,
    source: sentenceOf(called, locale),
    draft: isOwn ? { ...item.draft, title: name === id ? '' : name } : item.draft,
  }
}

function buildRead(asked: GiftQuestion, { hasGaps, rows }: Answers, context: AnswerContext): Built | undefined {
  if (!rows) return hasGaps ? buildGaps(asked, context) : buildAnswer(asked, context)
  const texts = rows.map((row) => textAsMarkdown(row, context).replace(/\\?\n+/g, ' '))
  return { answer: { form: 'rows', rows: texts }, hasGap: false, comments: [] }
}

interface Texts {
  readonly isOwn: boolean
  readonly pictures: PictureShelf
  /** Paths of pictures that texts may show. */
  readonly shown: Set<string>
}

/** A text in its format, with the pictures that come with it where they will stand. */
function richText(element: Element, { isOwn, pictures, shown }: Texts): GiftText {
  const format = formatOf(element)
  const files = new Map<string, string>()
  for (const file of elementsOf(element, 'file')) {
    const { name = '', path = '/', encoding } = file.attributes
    if (encoding !== 'base64') continue
    const kept = isOwn && /^[\w.-]+$/.test(name) ? `assets/${name}` : undefined
    const place = pictures.take(name, Buffer.from(textOf(file), 'base64'), kept)
    if (place === undefined) continue
    files.set(`${path}${name}`, place)
    shown.add(place)
  }
  const text = written(child(element, 'text')).replace(/@@PLUGINFILE@@(\/[^\s"'<>()]+)/g, (whole, address: string) => {
    const place = files.get(decoded(address.replace(/\?.*$/, '')))
    return place ?? whole
  })
  // a line end is one where a text is not marked up
  return { format, text: format === 'plain' || format === 'moodle' ? text.replaceAll('\n', HARD_LINE) : text }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

interface Answers {
  readonly parts: Pick<GiftQuestion, 'answers'> & Partial<Pick<GiftQuestion, 'after' | 'further' | 'stem'>>
  /** Whether the answers stand in the text. */
  readonly hasGaps?: boolean
  /** In the right order. */
  readonly rows?: readonly GiftText[]
}

interface Refused {
  readonly refused: Said
}

interface Reading {
  readonly stem: GiftText
  readonly textIn: (element: Element) => GiftText
  readonly losses: Loss[]
}

/** What a question of this type takes as right, or why it is none of ours. */
function readAnswers(type: string, question: Element, { stem, textIn, losses }: Reading): Answers | Refused {
  const answers = (text: (answer: Element) => GiftText): GiftAnswer[] =>
    elementsOf(question, 'answer').map((answer) => answerOf(answer, text(answer), textIn))
  switch (type) {
    case 'multichoice': {
      const isSingle = line(child(question, 'single')) !== 'false'
      const all = answers(textIn).map((answer) => ({ ...answer, isRight: isSingle && answer.weight === 100 }))
      return { parts: { answers: { kind: 'choice', answers: all } } }
    }
    case 'truefalse': {
      const all = answers(plainText)
      return {
        parts: {
          answers: {
            kind: 'true-false',
            isTrue: all.some(({ text, weight }) => weight > 0 && /^true$/i.test(text.text.trim())),
            feedback: all.flatMap(({ feedback }) => feedback ?? []),
          },
        },
      }
    }
    case 'shortanswer':
      if (line(child(question, 'usecase')) === '1') losses.push(loss('scoring', say('exchange.caseLost')))
      return { parts: { answers: { kind: 'short', answers: answers(plainText) } } }
    case 'numerical':
      return { parts: { answers: { kind: 'numeric', answers: answers(numberText) } } }
    case 'matching':
      return { parts: { answers: { kind: 'match', pairs: elementsOf(question, 'subquestion').map(pairOf(textIn)) } } }
    case 'ordering':
      return orderOf(question, textIn, losses)
    case 'essay':
      return { parts: { answers: { kind: 'essay' } } }
    case 'cloze':
      return clozeOf(stem, losses)
    case 'gapselect':
      return gapsOf(question, stem, 'selectoption')
    case 'ddwtos':
      return gapsOf(question, stem, 'dragbox')
    case 'description':
      return { refused: say('exchange.noAnswers') }
    case 'calculated':
    case 'calculatedsimple':
    case 'calculatedmulti':
      return { refused: say('exchange.templateVariables') }
    default:
      return { refused: say('exchange.noSuchMoodleType', { type: type.slice(0, 40) }) }
  }
}

function answerOf(answer: Element, text: GiftText, textIn: (element: Element) => GiftText): GiftAnswer {
  const weight = Number(answer.attributes.fraction ?? 0)
  const feedback = textIn(child(answer, 'feedback'))
  return {
    isRight: weight === 100,
    weight: Number.isFinite(weight) ? weight : 0,
    text,
    ...(feedback.text.trim() === '' ? {} : { feedback }),
  }
}

/** What is typed has no format, whatever the file says. */
const plainText = (answer: Element): GiftText => ({ format: 'plain', text: line(child(answer, 'text')) })

const numberText = (answer: Element): GiftText => {
  const margin = line(child(answer, 'tolerance'))
  const number = line(child(answer, 'text'))
  return { format: 'plain', text: margin === '' || number === '*' ? number : `${number}:${margin}` }
}

const pairOf =
  (textIn: (element: Element) => GiftText) =>
  (subquestion: Element): { left: GiftText; right: string } => {
    const left = textIn(subquestion)
    return { left, right: written(child(child(subquestion, 'answer'), 'text')).trim() }
  }

function orderOf(question: Element, textIn: Reading['textIn'], losses: Loss[]): Answers {
  losses.push(loss('scoring', say('exchange.responseProcessingLost')))
  const rows = elementsOf(question, 'answer')
    .map((answer) => ({ place: Number(answer.attributes.fraction ?? 0), answer }))
    .sort((a, b) => a.place - b.place)
    .map(({ answer }) => textIn(answer))
  return { parts: { answers: { kind: 'match', pairs: [] } }, rows }
}

function clozeOf(stem: GiftText, losses: Loss[]): Answers | Refused {
  const { gaps, after } = parseCloze(stem.text, stem.format ?? 'html')
  const [first, ...others] = gaps
  if (!first) return { refused: say('exchange.noAnswer') }
  const weights = gaps.map(({ weight }) => weight)
  if (weights.some((weight) => weight !== first.weight))
    losses.push(loss('weight', say('exchange.weightsLost', { weights: weights.join(', ') })))
  if (gaps.some(({ kind }) => kind === 'numeric')) losses.push(loss('scoring', say('exchange.numbersComparedAsText')))
  if (gaps.some(({ foldsCase }) => !foldsCase)) losses.push(loss('scoring', say('exchange.caseLost')))
  return {
    parts: {
      stem: { ...stem, text: first.before },
      answers: first.answers,
      further: others.map(({ before, answers }) => ({ before, answers })),
      after,
    },
    hasGaps: true,
  }
}

/** A text with `[[n]]`: the n-th choice is right there, among all of its group. */
function gapsOf(question: Element, stem: GiftText, of: 'selectoption' | 'dragbox'): Answers | Refused {
  const options = elementsOf(question, of).map((option) => ({
    text: { format: of === 'dragbox' ? 'html' : 'plain', text: line(child(option, 'text')) } as const,
    group: line(child(option, 'group')),
  }))
  const [before = '', ...pieces] = stem.text.split(/\[\[(\d{1,3})\]\]/)
  const gaps = pieces.flatMap((ref, i) => {
    const right = i % 2 === 0 ? options[Number(ref) - 1] : undefined
    if (!right) return []
    const answers = options
      .filter(({ group }) => group === right.group)
      .map((option) => ({ isRight: option === right, weight: option === right ? 100 : 0, text: option.text }))
    return [{ answers: { kind: 'choice', answers } as const, behind: pieces[i + 1] ?? '' }]
  })
  const [first, ...others] = gaps
  if (!first) return { refused: say('exchange.noAnswer') }
  if (gaps.length < pieces.length / 2) return { refused: say('exchange.answersFitNoGap') }
  return {
    parts: {
      stem: { ...stem, text: before },
      answers: first.answers,
      further: others.map(({ answers }, i) => ({ before: gaps[i]?.behind ?? '', answers })),
      after: gaps.at(-1)?.behind ?? '',
    },
    hasGaps: true,
  }
}

/** The unit of a number, where no tag of ours tells it. */
function withUnit(words: ReadWords, question: Element, losses: Loss[]): ReadWords {
  const units = elementsOf(child(question, 'units'), 'unit').map((unit) => ({
    name: line(child(unit, 'unit_name')),
    isOne: Number(line(child(unit, 'multiplier'))) === 1,
  }))
  const unit = units.find(({ isOne }) => isOne)
  const others = units.filter((one) => one !== unit).map(({ name }) => name)
  if (others.length > 0) losses.push(loss('unit', say('exchange.unitsLost', { units: others.join(', ').slice(0, 60) })))
  return words.unit !== undefined || !unit ? words : { ...words, unit: unit.name }
}

/** The rubric and the model answer of an essay of ours. */
function withRubric(built: Built, question: Element, { length }: ReadWords): Built {
  if (built.answer.form !== 'essay') return built
  const [, rubric = '', model = ''] =
    /^([\s\S]*?)(?:\n\n([\s\S]*))?$/.exec(written(child(child(question, 'graderinfo'), 'text'))) ?? []
  const answer = essayByRubric(rubric, length, model)
  return answer ? { ...built, answer } : built
}

/** The gaps of a cloze have points of their own. */
function morePills(question: Element, { answer }: Built, losses: Loss[]): Partial<Pills> {
  const grade = line(child(question, 'defaultgrade'))
  const isFixed = /^(0|false)$/.test(line(child(question, 'shuffleanswers')))
  return {
    ...(grade === '' || answer.form === 'blanks' ? {} : pillOfPoints(Number(grade), answer, losses)),
    ...(isFixed && answer.form === 'options' ? { fixed: true } : {}),
  }
}

/** What single attempts at an exam have no use for, or graders of another system only. */
function nameRest(question: Element, losses: Loss[]): void {
  for (const name of [
    'correctfeedback',
    'partiallycorrectfeedback',
    'incorrectfeedback',
    'hint',
    'graderinfo',
    'responsetemplate',
  ]) {
    const text = line(child(child(question, name), 'text'))
      .replace(/<[^>]*>/g, '')
      .trim()
    if (text !== '' && !isStandingPhrase(text)) losses.push(loss('feedback', say('exchange.partLost', { name })))
  }
}
