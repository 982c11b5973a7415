import type { Locale } from '../../item/item.ts'
import { foldText } from '../../item/typed-answer.ts'
import type { Criterion } from '../../item/types/item-type.ts'
import { error, type Report, say, warning } from '../diagnostic.ts'
import { loss } from '../formats/exchange.ts'
import { wholeStem } from '../formats/gift/braces.ts'
import { rich } from '../formats/moodle/question.ts'
import { blocks, rubricBlock } from '../formats/qti/interaction.ts'
import { BLOCKS } from '../formats/qti/names.ts'
import { declaration } from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { tableCells } from '../read-public.ts'
import type { SectionBlock } from '../split-document.ts'
import { stemHtml } from '../wording-scope.ts'
import { secretKey } from './secret-key.ts'
import type { LintMatter, TextLength, WrittenType } from './written-type.ts'

export interface EssayAnswer {
  readonly form: 'essay'
  /** Length, in characters. */
  readonly min: number
  readonly max: number
  readonly criteria: readonly Criterion[]
  readonly model: string
}

const EXAMPLE = say('「| 観点 | 配点 | 2 | 1 | 0 |」の見出しと、観点ごとの行を書いてください', 'write a header "| Criterion | Points | 2 | 1 | 0 |" and a row for each criterion')

/** The table below `### 採点基準`: criterion, its points, and a descriptor for each level, the best first. */
function readCriteria(lines: readonly string[], { line, from, to }: SectionBlock, report: Report): Criterion[] | undefined {
  const refuse = (at: number, ja: string, en: string): undefined => report({ line: at + 1, column: 1 }, error('rubric/table', say(ja, en), EXAMPLE)) as undefined
  const rows = Array.from({ length: to - from }, (_, i) => from + i).filter((i) => (lines[i] as string).trim() !== '')
  const [header, ruler, ...body] = rows
  const levels = header === undefined ? [] : tableCells(lines[header] as string).slice(2)
  const scale = levels.map(Number)
  if (header === undefined || ruler === undefined || !/^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(lines[ruler] as string))
    return refuse(header ?? line, '採点基準の表を読めません', 'cannot read the table of the rubric')
  if (levels.length < 2 || levels.some((level) => !/^\d+$/.test(level)) || scale.some((level, i) => i > 0 && level >= (scale[i - 1] as number)) || scale.at(-1) !== 0)
    return refuse(header, '見出しの段階は、大きい順の整数で、最後が0です', 'the levels in the header are whole numbers in falling order and end with 0')
  const criteria = body.map((i) => {
    const [name = '', points = '', ...descriptors] = tableCells(lines[i] as string)
    if (name === '' || !/^[1-9]\d{0,2}$/.test(points)) return refuse(i, '観点の名前か配点を読めません', 'cannot read the name or the points of a criterion')
    if (descriptors.length !== levels.length || descriptors.includes('')) return refuse(i, `「${name}」の段階の説明が足りません`, `"${name}" lacks a descriptor for a level`)
    return { name, points: Number(points), levels: descriptors.map((descriptor, level) => ({ level: scale[level] as number, descriptor })) }
  })
  if (criteria.length === 0) return refuse(header, '観点が一つもありません', 'the rubric has no criterion')
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
    ...criteria.map(({ name, points: of, levels }) => row([name, String(of), ...levels.map(({ descriptor }) => descriptor)])),
  ].join('\n')
}

const printRubric = ({ criteria }: EssayAnswer, locale: Locale): string => printCriteria(criteria, locale === 'ja' ? ['観点', '配点'] : ['Criterion', 'Points'])

/** A rubric for an essay that came without one; somebody has to write a real one before the item can be used. */
export const placeholderEssay = (locale: Locale, length: TextLength = { min: 1, max: 2_000 }): EssayAnswer => ({
  form: 'essay',
  ...length,
  criteria: [
    {
      name: locale === 'ja' ? '仮の観点（書き換えてください）' : 'Stand-in criterion (replace it)',
      points: 1,
      levels: [
        { level: 1, descriptor: locale === 'ja' ? '求めに応えている' : 'answers the task' },
        { level: 0, descriptor: locale === 'ja' ? '応えていない' : 'does not' },
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
      error('rubric/points', say(`採点基準の配点の合計（${total}点）が、問題の配点（${item.points}点）と違います`, `the criteria add up to ${total} points, the item has ${item.points}`)),
    )
  if (secret.key.model === '')
    report(at.heading, warning('rubric/model-answer', say('「### 模範解答」がありません', 'there is no "### Model answer"'), say('採点者のために、一つ書いてください', 'write one for the raters')))
  const { length } = foldText(secret.key.model)
  if (length > stem.maxChars || (length > 0 && length < stem.minChars))
    report(
      at.heading,
      warning(
        'rubric/model-answer',
        say(`模範解答が${length}字です（${stem.minChars}〜${stem.maxChars}字の問題）`, `the model answer has ${length} characters; the task asks for ${stem.minChars} to ${stem.maxChars}`),
      ),
    )
  if (item.status === 'live') report(at.heading, warning('essay/not-drawn', say('作文は、まだ出題されません', 'essays are not drawn yet'), say('「下書き」にしておいてください', 'keep it a `draft`')))
}

export const essay: WrittenType<EssayAnswer, 'essay'> = {
  ...secretKey,
  word: { ja: '作文', en: 'essay' },
  form: 'essay',
  sections: ['rubric', 'model-answer'],
  draft: {
    ja: {
      pills: '`10〜200字`',
      shown: '書くことの条件を添えて、課題をここに書きなさい。',
      sections: { rubric: '| 観点 | 配点 | 1 | 0 |\n| --- | --- | --- | --- |\n| 事実 | 1 | 正しい | ない |', 'model-answer': '採点者のための解答の例をここに書く。' },
    },
    en: {
      pills: '`10-200chars`',
      shown: 'Write the task here, with its conditions.',
      sections: { rubric: '| Criterion | Points | 1 | 0 |\n| --- | --- | --- | --- |\n| Facts | 1 | right | none |', 'model-answer': 'Write an answer here that raters can compare with.' },
    },
  },
  lint: { asks: true, rules: lintRubric },
  readSections(lines, { sections, length, heading }, report) {
    const rubric = sections.get('rubric')
    const modelAnswer = sections.get('model-answer')
    const missing = (ja: string, en: string) => report(heading, error('rubric/missing', say(ja, en)))
    if (!length) missing('作文の字数（「`300〜400字`」）がありません', 'an essay needs its length, "`300-400chars`"')
    if (!rubric) missing('「### 採点基準」がありません', 'the essay has no "### Rubric"')
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
  keyShape: ({ min, max, criteria }) => [min, max, criteria.map(({ points, levels }) => [points, levels.map(({ level }) => level)])],
  meaning: (answer, shown) => ({ ...answer, model: shown(answer.model) }),
  fill: (answer) => answer,
  csv: {
    names: ['openended', 'open', 'longanswer'],
    lists: () => ({ options: [], pairs: [] }),
    fields: (answer) => ({ min_chars: answer.min, max_chars: answer.max, rubric: printRubric(answer, 'en'), model_answer: answer.model }),
    read({ field, locale, losses }) {
      const [min, max] = [Number(field('min_chars')), Number(field('max_chars'))]
      const read = essayByRubric(field('rubric'), min >= 1 && max >= min ? { min, max } : undefined, field('model_answer'))
      if (read) return read
      losses.push(loss('rubric', '採点基準か字数が読めないので、仮のものを入れました', 'the rubric or the length cannot be read: stand-ins were put in', ['answer']))
      return { ...placeholderEssay(locale), model: field('model_answer') }
    },
  },
  writeGift(item, { losses }) {
    losses.push(loss('rubric', 'GIFT の作文は、採点基準・模範解答・字数を持ちません', 'an essay in GIFT has no rubric, model answer or length', ['answer']))
    return wholeStem(item, '')
  },
  writeMoodle({ answer }, context, losses) {
    losses.push(loss('rubric', '字数は引き継がれず、採点基準と模範解答は採点者への情報になります', 'the length is not carried; rubric and model answer become information for graders'))
    const forGraders = [printRubric(answer, context.locale), answer.model].filter((text) => text !== '').join('\n\n')
    return { type: 'essay', parts: [element('responseformat', {}, 'plain'), element('responserequired', {}, '1'), rich('graderinfo', forGraders, context)] }
  },
  writeQti({ stem, answer }, locale) {
    const { min, max, criteria, model } = answer
    const entry = element('qti-extended-text-interaction', { 'response-identifier': 'RESPONSE', 'expected-length': String(max), 'pattern-mask': `^[\\s\\S]{${min},${max}}$` })
    return {
      declarations: [declaration({ cardinality: 'single', 'base-type': 'string' })],
      body: `${blocks(stem)}${entry}`,
      processing: '',
      most: criteria.reduce((sum, { points }) => sum + points, 0),
      forScorers: [rubricBlock(BLOCKS.rubric, 'scorer', blocks(printRubric(answer, locale))), ...(model === '' ? [] : [rubricBlock(BLOCKS.model, 'scorer', blocks(model))])],
    }
  },
}
