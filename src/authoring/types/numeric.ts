import { readNumber } from '../../item/types/typed-text.ts'
import { error } from '../diagnostic.ts'
import { keyOf, leaveOut } from '../formats/csv/row.ts'
import { wholeStem } from '../formats/gift/gift-text.ts'
import { answer as moodleAnswer } from '../formats/moodle/question.ts'
import {
  blocks,
  correctResponse,
  declaration,
  matchCorrect,
  TEXT_ENTRY,
  withinTolerance,
} from '../formats/qti/write-scoring.ts'
import { element, escapeXml } from '../formats/write-xml.ts'
import { contentLines, type Formula, isShare, readNumericKey } from '../read-answer.ts'
import { printNumber } from '../read-variables.ts'
import { say } from '../said.ts'
import { readFormula } from '../take-slots.ts'
import { stemHtml } from '../wording-scope.ts'
import { TYPE_DATA } from './words.data.ts'
import { secretKey, type WrittenType } from './written-type.ts'

interface NumericAnswer {
  readonly form: 'numeric'
  readonly value: number | Formula
  readonly tolerance: number
  readonly unit: string
}

/** `13,200 ± 0 yen`, as it is read; a share has its sign on both sides. */
function printKey({ value, tolerance, unit }: NumericAnswer): string {
  const behind = unit === '' ? '' : ` ${unit}`
  const number = typeof value === 'number' ? printNumber(value) : `{{${value.formula}}}`
  return `${number}${tolerance > 0 && isShare(unit) ? behind : ''} ± ${printNumber(tolerance)}${behind}`
}

export const numeric: WrittenType<NumericAnswer, 'numeric'> = {
  ...secretKey,
  ...TYPE_DATA.numeric,
  form: 'numeric',
  sections: ['answer'],
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
      return isTold ? say('finding.numberInStem') : undefined
    },
  },
  readAnswer(lines, from, to, report) {
    const [line, extra] = contentLines(lines, from, to)
    const at = line?.place ?? { line: from, column: 1 }
    const read = line && !extra ? readNumericKey(line.text.replace(/^[-*+] /, '')) : undefined
    if (read && line) return { answer: { form: 'numeric', ...read }, places: [at] }
    report(extra?.place ?? at, error('answer/numeric', say('finding.numericUnreadable'), say('advice.writeNumber')))
    return undefined
  },
  printSections: (answer) => ({ answer: printKey(answer) }),
  compile({ value: written, tolerance, unit }, scope) {
    const value =
      typeof written === 'number'
        ? written
        : readFormula(written.formula, scope.item.variables, (finding) =>
            scope.report(scope.places.answers[0] ?? scope.places.heading, finding),
          )
    return value === undefined
      ? undefined
      : { stem: { html: stemHtml(scope), type: 'numeric' }, key: { tolerance, type: 'numeric', unit, value } }
  },
  keyShape: ({ value, tolerance }) => [typeof value === 'number' ? value : 'formula', tolerance],
  arithmeticOf: ({ value }) => value,
  meaning: (answer) => answer,
  fill: (answer, { amount }) =>
    typeof answer.value === 'number' ? answer : { ...answer, value: amount(answer.value.formula) },
  tagsOf: ({ unit }) => (unit === '' ? [] : [`unit:${unit}`]),
  csv: {
    names: ['number', 'numerical'],
    lists: () => ({ options: [], pairs: [] }),
    fields: (answer) => ({ answer: printKey(answer) }),
    read(row) {
      const key = keyOf(row)
      const read = readNumericKey(key)
      return read ? { form: 'numeric', ...read } : leaveOut(row.losses, say('exchange.numericKeyUnreadable', { key }))
    },
  },
  writeGift: (item) => wholeStem(item, `#${Number(item.answer.value)}:${item.answer.tolerance}`),
  writeMoodle({ answer: { value, tolerance, unit } }) {
    const units =
      unit === ''
        ? []
        : [
            element(
              'units',
              {},
              element('unit', {}, element('multiplier', {}, '1'), element('unit_name', {}, escapeXml(unit))),
            ),
          ]
    return {
      type: 'numerical',
      parts: [
        moodleAnswer('100', String(value), element('tolerance', {}, String(tolerance))),
        ...units,
        element('unitgradingtype', {}, '0'),
        element('showunits', {}, unit === '' ? '3' : '0'),
      ],
    }
  },
  writeQti: ({ stem, answer: { value, tolerance, unit } }) => ({
    declarations: [
      declaration({ cardinality: 'single', 'base-type': 'float' }, correctResponse([String(Number(value))])),
    ],
    body: `${blocks(stem)}<p>${TEXT_ENTRY}${unit === '' ? '' : ` ${escapeXml(unit)}`}</p>`,
    processing: tolerance === 0 ? matchCorrect : withinTolerance(tolerance),
    most: 1,
  }),
}
