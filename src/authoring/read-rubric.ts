import type { Criterion } from '../item/types/item-type.ts'
import type { AnswerSource } from './bank-source.ts'
import { error, type Place, type Report, say } from './diagnostic.ts'
import { tableCells } from './read-public.ts'
import type { SectionBlock } from './split-document.ts'

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

export interface EssayParts {
  readonly rubric: SectionBlock | undefined
  readonly modelAnswer: SectionBlock | undefined
  readonly length: { readonly min: number; readonly max: number } | undefined
  readonly heading: Place
}

/** What an essay is rated by. */
export function readEssay(
  lines: readonly string[],
  { rubric, modelAnswer, length, heading }: EssayParts,
  report: Report,
): { readonly answer: AnswerSource; readonly places: readonly Place[] } | undefined {
  const missing = (ja: string, en: string) => report(heading, error('rubric/missing', say(ja, en)))
  if (!length) missing('作文の字数（「`300〜400字`」）がありません', 'an essay needs its length, "`300-400chars`"')
  if (!rubric) missing('「### 採点基準」がありません', 'the essay has no "### Rubric"')
  const criteria = rubric && readCriteria(lines, rubric, report)
  if (!length || !rubric || !criteria) return undefined
  const model = modelAnswer ? lines.slice(modelAnswer.from, modelAnswer.to).join('\n').trim() : ''
  return { answer: { form: 'essay', ...length, criteria, model }, places: [{ line: rubric.line + 1, column: 1 }] }
}

/** The table as `readEssay` reads it. */
export function printCriteria(criteria: readonly Criterion[], [criterion, points]: readonly [string, string]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const levels = criteria[0]?.levels.map(({ level }) => String(level)) ?? []
  return [
    row([criterion, points, ...levels]),
    row([criterion, points, ...levels].map(() => '---')),
    ...criteria.map(({ name, points: of, levels }) => row([name, String(of), ...levels.map(({ descriptor }) => descriptor)])),
  ].join('\n')
}
