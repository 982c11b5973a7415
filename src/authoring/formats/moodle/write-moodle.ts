import type { Locale } from '../../../item/item.ts'
import type { AnswerSource, ItemSource } from '../../bank-source.ts'
import { printCriteria } from '../../read-rubric.ts'
import type { SourceFile } from '../../source-file.ts'
import { drawItem } from '../draw-item.ts'
import { type Exported, type ItemReport, type Loss, loss, reportOf } from '../exchange.ts'
import { pillWords } from '../pill-words.ts'
import { readTrueFalse } from '../stand-ins.ts'
import { element, escapeXml } from '../write-xml.ts'
import { marksOfMultiple } from './answer-marks.ts'
import { clozeText } from './cloze-text.ts'
import { exactAnswer } from './exact-answer.ts'
import { lossesElsewhere, notePlain } from './losses-elsewhere.ts'

export interface MoodleContext {
  readonly locale: Locale
  readonly assets: readonly SourceFile[]
}

/** A question of Moodle: its type and what only this type has; the cloze text replaces the stem. */
interface Question {
  readonly type: 'multichoice' | 'truefalse' | 'shortanswer' | 'numerical' | 'matching' | 'essay' | 'cloze'
  readonly stem?: string
  readonly parts: readonly string[]
}

/** Writes Moodle XML. Texts are Markdown, pictures come along, ids and pills become ID number and tags. */
export function writeMoodle(items: readonly ItemSource[], context: MoodleContext): Exported {
  const parts: string[] = []
  let topic = ''
  const reports = items.map((original): ItemReport => {
    const { item, losses: drawn } = drawItem(original)
    const losses: Loss[] = [...drawn, ...lossesElsewhere(item, { images: true })]
    const own = item.id.slice(0, item.id.lastIndexOf('-'))
    if (own !== topic) parts.push(element('question', { type: 'category' }, element('category', {}, textElement(`$course$/top/${own}`))))
    topic = own
    parts.push(writeQuestion(item, questionOf(item, context, losses), context))
    return reportOf(item.id, losses)
  })
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('\n')}\n</quiz>\n`, reports, losses: [] }
}

const textElement = (text: string): string => element('text', {}, escapeXml(text))

/** A text in Markdown with the pictures it shows. */
function rich(name: string, markdown: string, { assets }: MoodleContext, attributes: Readonly<Record<string, string>> = {}): string {
  const files = new Map<string, string>()
  const text = markdown.replace(/(!\[[^\]]*\]\()(?:\.\/)?assets\/([^)\s]+)\)/g, (whole, before: string, path: string) => {
    const asset = assets.find((one) => one.path === `assets/${path}`)
    if (!asset) return whole
    const file = path.replaceAll('/', '-')
    files.set(file, Buffer.from(asset.content).toString('base64'))
    return `${before}@@PLUGINFILE@@/${file})`
  })
  return element(name, { ...attributes, format: 'markdown' }, textElement(text), ...[...files].map(([file, content]) => element('file', { name: file, path: '/', encoding: 'base64' }, content)))
}

function writeQuestion(item: ItemSource, { type, stem, parts }: Question, context: MoodleContext): string {
  const tags = pillWords(item).map((word) => element('tag', {}, textElement(word)))
  return element(
    'question',
    { type },
    element('name', {}, textElement(item.title === '' ? item.id : item.title)),
    rich('questiontext', stem ?? item.stem, context),
    rich('generalfeedback', item.rationale, context),
    element('defaultgrade', {}, String(item.pills.points ?? 1)),
    element('hidden', {}, item.pills.status === 'retired' || item.pills.status === 'honeypot' ? '1' : '0'),
    element('idnumber', {}, escapeXml(item.id)),
    ...parts,
    element('tags', {}, ...tags),
  )
}

const answer = (fraction: string, text: string, ...more: readonly string[]): string => element('answer', { fraction, format: 'plain_text' }, textElement(text), ...more)

function questionOf(item: ItemSource, context: MoodleContext, losses: Loss[]): Question {
  const { answer: key, pills } = item
  switch (key.form) {
    case 'options':
      return choiceQuestion(item, key.options, context, losses)
    case 'rows':
      notePlain(key.rows, losses)
      losses.push(loss('type', '並べ替えは、順番と項目の組合せになります', 'an ordering becomes a matching of places and entries'))
      return { type: 'matching', parts: [shuffled(true), ...key.rows.map((row, i) => pair(String(i + 1), row, context))] }
    case 'table': {
      notePlain(
        key.rows.map(([, right]) => right),
        losses,
      )
      return { type: 'matching', parts: [shuffled(true), ...key.rows.map(([left, right]) => pair(left, right, context))] }
    }
    case 'numeric': {
      const units = key.unit === '' ? [] : [element('units', {}, element('unit', {}, element('multiplier', {}, '1'), element('unit_name', {}, escapeXml(key.unit))))]
      return {
        type: 'numerical',
        parts: [
          answer('100', String(key.value), element('tolerance', {}, String(key.tolerance))),
          ...units,
          element('unitgradingtype', {}, '0'),
          element('showunits', {}, key.unit === '' ? '3' : '0'),
        ],
      }
    }
    case 'accepted':
      return { type: 'shortanswer', parts: [element('usecase', {}, '0'), ...key.accepted.map((text) => answer('100', exactAnswer(text)))] }
    case 'blanks':
      if (pills.points !== undefined && pills.points !== 1) losses.push(loss('weight', '穴埋めの配点は、空欄一つにつき1点になります', 'each gap of the cloze is worth one point'))
      return { type: 'cloze', stem: clozeText(item.stem, key.blanks), parts: [] }
    case 'essay':
      losses.push(loss('rubric', '字数は引き継がれず、採点基準と模範解答は採点者への情報になります', 'the length is not carried; rubric and model answer become information for graders'))
      return { type: 'essay', parts: [element('responseformat', {}, 'plain'), element('responserequired', {}, '1'), rich('graderinfo', graderInfo(key, context.locale), context)] }
    default:
      return key satisfies never
  }
}

const shuffled = (isShuffled: boolean): string => element('shuffleanswers', {}, isShuffled ? '1' : '0')

const pair = (left: string, right: string, context: MoodleContext): string =>
  rich('subquestion', left, context).replace(/<\/subquestion>$/, `${element('answer', {}, textElement(right))}</subquestion>`)

const graderInfo = ({ criteria, model }: Extract<AnswerSource, { readonly form: 'essay' }>, locale: Locale): string =>
  [printCriteria(criteria, locale === 'ja' ? ['観点', '配点'] : ['Criterion', 'Points']), model].filter((text) => text !== '').join('\n\n')

function choiceQuestion(item: ItemSource, options: Extract<AnswerSource, { readonly form: 'options' }>['options'], context: MoodleContext, losses: Loss[]): Question {
  const truth = item.pills.type === 'true-false' ? readTrueFalse(options, context.locale) : undefined
  if (truth !== undefined) return { type: 'truefalse', parts: [answer(truth ? '100' : '0', 'true'), answer(truth ? '0' : '100', 'false')] }
  const marks = item.pills.type === 'multiple' ? marksOfMultiple(options, item.pills.partial, losses) : options.map(({ correct }) => (correct ? '100' : '0'))
  return {
    type: 'multichoice',
    parts: [
      element('single', {}, String(item.pills.type !== 'multiple')),
      shuffled(!item.pills.fixed),
      element('answernumbering', {}, 'abc'),
      ...options.map(({ text }, i) => rich('answer', text, context, { fraction: marks[i] as string })),
    ],
  }
}
