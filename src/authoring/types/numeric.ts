import { readNumber } from '../../item/typed-answer.ts'
import { error, say } from '../diagnostic.ts'
import { keyOf, leaveOut } from '../formats/csv/row.ts'
import { wholeStem } from '../formats/gift/braces.ts'
import { answer as moodleAnswer } from '../formats/moodle/question.ts'
import { blocks, TEXT_ENTRY } from '../formats/qti/interaction.ts'
import { correctResponse, declaration, matchCorrect, withinTolerance } from '../formats/qti/write-scoring.ts'
import { element, escapeXml } from '../formats/write-xml.ts'
import { printNumber } from '../print-number.ts'
import { contentLines, type Formula, readNumericKey } from '../read-answer.ts'
import { readFormula } from '../take-slots.ts'
import { stemHtml } from '../wording-scope.ts'
import { secretKey } from './secret-key.ts'
import type { WrittenType } from './written-type.ts'

interface NumericAnswer {
  readonly form: 'numeric'
  readonly value: number | Formula
  readonly tolerance: number
  readonly unit: string
}

/** `13,200 ± 0 円`, as it is read. */
const printKey = ({ value, tolerance, unit }: NumericAnswer): string =>
  `${typeof value === 'number' ? printNumber(value) : `{{${value.formula}}}`} ± ${printNumber(tolerance)}${unit === '' ? '' : ` ${unit}`}`

export const numeric: WrittenType<NumericAnswer, 'numeric'> = {
  ...secretKey,
  word: { ja: '数値', en: 'numeric' },
  form: 'numeric',
  sections: ['answer'],
  draft: {
    ja: { shown: '単位と端数の扱いを添えて、問いの文をここに書きなさい。答えは何円ですか。', sections: { answer: '1,200 ± 0 円' } },
    en: { shown: 'Write the question here, with the unit and what happens to fractions. How many yen is it?', sections: { answer: '1,200 ± 0 yen' } },
  },
  lint: {
    asks: true,
    answerInStem({ wording, stemText }) {
      const { key } = wording.secret
      if (key.type !== 'numeric' || key.unit === '') return undefined
      const isTold = [...stemText.matchAll(/[\d,]+(?:\.\d+)?/g)].some(
        ({ 0: number, index }) =>
          readNumber(number, '') === key.value &&
          stemText
            .slice(index + number.length)
            .trimStart()
            .startsWith(key.unit),
      )
      return isTold ? say('正解の数が、単位と共に問題文にあります', 'the right number stands in the stem with its unit') : undefined
    },
  },
  readAnswer(lines, from, to, report) {
    const [line, extra] = contentLines(lines, from, to)
    const at = line?.place ?? { line: from, column: 1 }
    const read = line && !extra ? readNumericKey(line.text.replace(/^[-*+] /, '')) : undefined
    if (read && line) return { answer: { form: 'numeric', ...read }, places: [at] }
    report(
      extra?.place ?? at,
      error('answer/numeric', say('数値の正解を読めません', 'cannot read the numeric answer'), say('「13,200 ± 0 円」のように、一行で書いてください', 'write one line such as "13,200 ± 0 yen"')),
    )
    return undefined
  },
  printSections: (answer) => ({ answer: printKey(answer) }),
  compile({ value: written, tolerance, unit }, scope) {
    const value = typeof written === 'number' ? written : readFormula(written.formula, scope.item.variables, (finding) => scope.report(scope.places.answers[0] ?? scope.places.heading, finding))
    return value === undefined ? undefined : { stem: { html: stemHtml(scope), type: 'numeric' }, key: { tolerance, type: 'numeric', unit, value } }
  },
  keyShape: ({ value, tolerance }) => [typeof value === 'number' ? value : 'formula', tolerance],
  arithmeticOf: ({ value }) => value,
  meaning: (answer) => answer,
  fill: (answer, { amount }) => (typeof answer.value === 'number' ? answer : { ...answer, value: amount(answer.value.formula) }),
  tagsOf: ({ unit }) => (unit === '' ? [] : [`unit:${unit}`]),
  csv: {
    names: ['number', 'numerical'],
    lists: () => ({ options: [], pairs: [] }),
    fields: (answer) => ({ answer: printKey(answer) }),
    read(row) {
      const key = keyOf(row)
      const read = readNumericKey(key)
      return read ? { form: 'numeric', ...read } : leaveOut(row.losses, `数値の正解「${key}」を読めません`, `cannot read the numeric key "${key}"`)
    },
  },
  writeGift: (item) => wholeStem(item, `#${Number(item.answer.value)}:${item.answer.tolerance}`),
  writeMoodle({ answer: { value, tolerance, unit } }) {
    const units = unit === '' ? [] : [element('units', {}, element('unit', {}, element('multiplier', {}, '1'), element('unit_name', {}, escapeXml(unit))))]
    return {
      type: 'numerical',
      parts: [moodleAnswer('100', String(value), element('tolerance', {}, String(tolerance))), ...units, element('unitgradingtype', {}, '0'), element('showunits', {}, unit === '' ? '3' : '0')],
    }
  },
  writeQti: ({ stem, answer: { value, tolerance, unit } }) => ({
    declarations: [declaration({ cardinality: 'single', 'base-type': 'float' }, correctResponse([String(Number(value))]))],
    body: `${blocks(stem)}<p>${TEXT_ENTRY}${unit === '' ? '' : ` ${escapeXml(unit)}`}</p>`,
    processing: tolerance === 0 ? matchCorrect : withinTolerance(tolerance),
    most: 1,
  }),
}
