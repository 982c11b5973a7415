import type { Locale } from '../../item/item.ts'
import type { Criterion } from '../../item/types/item-type.ts'
import { foldText } from '../../item/types/typed-text.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { loss } from '../formats/exchange.ts'
import { wholeStem } from '../formats/gift/gift-text.ts'
import { rich } from '../formats/moodle/question.ts'
import { BLOCKS, blocks, declaration, rubricBlock } from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { tableCells } from '../read-public.ts'
import { type Said, say } from '../said.ts'
import type { SectionBlock } from '../split-document.ts'
import { stemHtml } from '../wording-scope.ts'
import { RUBRIC_HEADINGS, STAND_IN, TYPE_DATA } from './words.data.ts'
import { type LintMatter, secretKey, type TextLength, type WrittenType } from './written-type.ts'

export interface EssayAnswer {
  readonly form: 'essay'
  /** Length, in characters. */
  readonly min: number
  readonly max: number
  readonly criteria: readonly Criterion[]
  readonly model: string
}

const EXAMPLE = say('advice.writeRubric')

/** The table below `### Rubric`: criterion, its points, and a descriptor for each level, the best first. */
function readCriteria(
  lines: readonly string[],
  { line, from, to }: SectionBlock,
  report: Report,
): Criterion[] | undefined {
  const refuse = (at: number, what: Said): undefined =>
    report({ line: at + 1, column: 1 }, error('rubric/table', what, EXAMPLE)) as undefined
  const rows = Array.from({ length: to - from }, (_, i) => from + i).filter((i) => (lines[i] as string).trim() !== '')
  const [header, ruler, ...body] = rows
  const levels = header === undefined ? [] : tableCells(lines[header] as string).slice(2)
  const scale = levels.map(Number)
  if (header === undefined || ruler === undefined || !/^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(lines[ruler] as string))
    return refuse(header ?? line, say('finding.rubricUnreadable'))
  if (
    levels.length < 2 ||
    levels.some((level) => !/^\d+$/.test(level)) ||
    scale.some((level, i) => i > 0 && level >= (scale[i - 1] as number)) ||
    scale.at(-1) !== 0
  )
    return refuse(header, say('finding.rubricLevels'))
  const criteria = body.map((i) => {
    const [name = '', points = '', ...descriptors] = tableCells(lines[i] as string)
    if (name === '' || !/^[1-9]\d{0,2}$/.test(points)) return refuse(i, say('finding.criterionUnreadable'))
    if (descriptors.length !== levels.length || descriptors.includes(''))
      return refuse(i, say('finding.descriptorMissing', { name }))
    return {
      name,
      points: Number(points),
      levels: descriptors.map((descriptor, level) => ({ level: scale[level] as number, descriptor })),
    }
  })
  if (criteria.length === 0) return refuse(header, say('finding.noCriterion'))
  return criteria.includes(undefined) ? undefined : (criteria as Criterion[])
}

/** The table as `readCriteria` reads it. */
function printCriteria(criteria: readonly Criterion[], [criterion, points]: readonly [string, string]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const levels = criteria[0]?.levels.map(({ level }) => String(level)) ?? []
  return [
    row([criterion, points, ...levels]),
    row([criterion, points, ...levels].map(() => '---')),
    ...criteria.map(({ name, points: of, levels }) =>
      row([name, String(of), ...levels.map(({ descriptor }) => descriptor)]),
    ),
  ].join('\n')
}

const printRubric = ({ criteria }: EssayAnswer, locale: Locale): string =>
  printCriteria(criteria, RUBRIC_HEADINGS[locale])

/** A rubric for an essay that came without one; somebody has to write a real one before the item can be used. */
export const placeholderEssay = (locale: Locale, length: TextLength = { min: 1, max: 2_000 }): EssayAnswer => ({
  form: 'essay',
  ...length,
  criteria: [
    {
      name: STAND_IN[locale].name,
      points: 1,
      levels: [
        { level: 1, descriptor: STAND_IN[locale].met },
        { level: 0, descriptor: STAND_IN[locale].missed },
      ],
    },
  ],
  model: '',
})

/** An essay by the rubric that came with it, as a table in Markdown; undefined where that cannot be read. */
export function essayByRubric(rubric: string, length: TextLength | undefined, model: string): EssayAnswer | undefined {
  const lines = rubric.split('\n')
  const criteria = readCriteria(lines, { title: '', line: 0, from: 0, to: lines.length }, () => {})
  return length && criteria && { form: 'essay', min: length.min, max: length.max, criteria, model }
}

/** Whether raters can work with an essay: its points add up and its model answer keeps to its own length. */
function lintRubric({ item, wording, at, report }: LintMatter): void {
  const { stem, secret } = wording
  if (stem.type !== 'essay' || secret.key.type !== 'essay') return
  const total = secret.key.criteria.reduce((sum, { points }) => sum + points, 0)
  if (total !== item.points)
    report(
      at.heading,
      error('rubric/points', say('finding.rubricPoints', { total, points: item.points }), say('advice.rubricOrPoints')),
    )
  if (secret.key.model === '')
    report(at.heading, warning('rubric/model-answer', say('finding.noModelAnswer'), say('advice.writeModelAnswer')))
  const { length } = foldText(secret.key.model)
  if (length > stem.maxChars || (length > 0 && length < stem.minChars))
    report(
      at.heading,
      warning(
        'rubric/model-answer',
        say('finding.modelAnswerLength', { length, minChars: stem.minChars, maxChars: stem.maxChars }),
        say('advice.modelOrLength'),
      ),
    )
  if (item.status === 'live')
    report(at.heading, warning('essay/not-drawn', say('finding.essayNotDrawn'), say('advice.keepDraft')))
}

export const essay: WrittenType<EssayAnswer, 'essay'> = {
  ...secretKey,
  ...TYPE_DATA.essay,
  form: 'essay',
  sections: ['rubric', 'model-answer'],
  lint: { asks: true, rules: lintRubric },
  readSections(lines, { sections, length, heading }, report) {
    const rubric = sections.get('rubric')
    const modelAnswer = sections.get('model-answer')
    const missing = (what: Said) => report(heading, error('rubric/missing', what))
    if (!length) missing(say('finding.noEssayLength'))
    if (!rubric) missing(say('finding.noRubric'))
    const criteria = rubric && readCriteria(lines, rubric, report)
    if (!length || !rubric || !criteria) return undefined
    const model = modelAnswer ? lines.slice(modelAnswer.from, modelAnswer.to).join('\n').trim() : ''
    return { answer: { form: 'essay', ...length, criteria, model }, places: [{ line: rubric.line + 1, column: 1 }] }
  },
  printSections: (answer, locale) => ({ rubric: printRubric(answer, locale), 'model-answer': answer.model }),
  lengthOf: ({ min, max }) => ({ min, max }),
  compile: ({ min, max, criteria, model }, scope) => ({
    stem: { html: stemHtml(scope), maxChars: max, minChars: min, type: 'essay' },
    key: { criteria, model, type: 'essay' },
  }),
  keyShape: ({ min, max, criteria }) => [
    min,
    max,
    criteria.map(({ points, levels }) => [points, levels.map(({ level }) => level)]),
  ],
  meaning: (answer, shown) => ({ ...answer, model: shown(answer.model) }),
  fill: (answer) => answer,
  csv: {
    names: ['openended', 'open', 'longanswer'],
    lists: () => ({ options: [], pairs: [] }),
    fields: (answer) => ({
      min_chars: answer.min,
      max_chars: answer.max,
      rubric: printRubric(answer, 'en'),
      model_answer: answer.model,
    }),
    read({ field, locale, losses }) {
      const [min, max] = [Number(field('min_chars')), Number(field('max_chars'))]
      const read = essayByRubric(
        field('rubric'),
        min >= 1 && max >= min ? { min, max } : undefined,
        field('model_answer'),
      )
      if (read) return read
      losses.push(loss('rubric', say('exchange.rubricStandIn'), ['answer']))
      return { ...placeholderEssay(locale), model: field('model_answer') }
    },
  },
  writeGift(item, { losses }) {
    losses.push(loss('rubric', say('exchange.essayInGift'), ['answer']))
    return wholeStem(item, '')
  },
  writeMoodle({ answer }, context, losses) {
    losses.push(loss('rubric', say('exchange.essayLengthLost')))
    const forGraders = [printRubric(answer, context.locale), answer.model].filter((text) => text !== '').join('\n\n')
    return {
      type: 'essay',
      parts: [
        element('responseformat', {}, 'plain'),
        element('responserequired', {}, '1'),
        rich('graderinfo', forGraders, context),
      ],
    }
  },
  writeQti({ stem, answer }, locale) {
    const { min, max, criteria, model } = answer
    const entry = element('qti-extended-text-interaction', {
      'response-identifier': 'RESPONSE',
      'expected-length': String(max),
      'pattern-mask': `^[\\s\\S]{${min},${max}}$`,
    })
    return {
      declarations: [declaration({ cardinality: 'single', 'base-type': 'string' })],
      body: `${blocks(stem)}${entry}`,
      processing: '',
      most: criteria.reduce((sum, { points }) => sum + points, 0),
      forScorers: [
        rubricBlock(BLOCKS.rubric, 'scorer', blocks(printRubric(answer, locale))),
        ...(model === '' ? [] : [rubricBlock(BLOCKS.model, 'scorer', blocks(model))]),
      ],
    }
  },
}
