import type { Choice } from '../../item/types/item-type.ts'
import { error, type Place } from '../diagnostic.ts'
import { loss } from '../formats/exchange.ts'
import { escapeGift, listed, wholeStem } from '../formats/gift/gift-text.ts'
import { notePlain, pair, shuffled } from '../formats/moodle/question.ts'
import { blocks, byText, correctResponse, declaration, matchCorrect, phrase } from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { refuseStrayMarks } from '../read-public.ts'
import { say } from '../said.ts'
import { choiceAt, keylessOrder, refuseTwins, stemHtml } from '../wording-scope.ts'
import { TYPE_DATA } from './words.data.ts'
import type { WrittenType } from './written-type.ts'

interface RowsAnswer {
  readonly form: 'rows'
  /** In the right order. */
  readonly rows: readonly string[]
}

const ROW = /^(\d{1,3})[.)] +(\S.*)$/

export const order: WrittenType<RowsAnswer, 'order'> = {
  ...TYPE_DATA.order,
  form: 'rows',
  takesPartial: false,
  sections: [],
  lint: { asks: true },
  readPublic(lines, from, end, report) {
    refuseStrayMarks(lines, from, end, report)
    let first = end
    for (let i = end - 1; i >= from; i--) {
      const line = lines[i] as string
      if (ROW.test(line)) first = i
      else if (line.trim() !== '' && !/^ {2,}/.test(line)) break
    }
    const rows: string[] = []
    const places: Place[] = []
    for (let i = first; i < end; i++) {
      const line = lines[i] as string
      const row = ROW.exec(line)
      if (row) {
        rows.push((row[2] as string).trimEnd())
        places.push({ line: i + 1, column: line.length - (row[2] as string).length + 1 })
      } else if (line.trim() !== '') rows[rows.length - 1] += `\n${line.trim()}`
    }
    if (rows.length < 2)
      report(
        { line: Math.max(from, end - 1) + 1, column: 1 },
        error('order/rows', say('finding.noOrderList'), say('advice.writeOrderRows')),
      )
    return { stemFrom: from, stemTo: first, answer: { form: 'rows', rows }, places }
  },
  printPublic: ({ rows }) => rows.map((row, i) => `${i + 1}. ${row.replace(/\n(?=[^\n])/g, '\n   ')}`).join('\n'),
  printSections: () => ({}),
  compile({ rows }, scope) {
    const written = rows.map((row, i) => choiceAt(scope, row, i))
    refuseTwins(scope, written)
    const shown = keylessOrder(scope, written)
    return {
      stem: { choices: shown.map((i) => written[i] as Choice), html: stemHtml(scope), type: 'order' },
      key: { order: written.map((_, i) => shown.indexOf(i)), type: 'order' },
    }
  },
  shownTexts: ({ rows }) => rows,
  keyShape: ({ rows }) => rows.length,
  meaning: ({ rows }, shown) => rows.map(shown),
  fill: (answer, { text }) => ({ ...answer, rows: answer.rows.map(text) }),
  csv: {
    names: ['ordering'],
    lists: ({ rows }) => ({ options: rows, pairs: [] }),
    fields: () => ({}),
    read: ({ options }) => ({ form: 'rows', rows: options.filter((text) => text !== '') }),
  },
  writeGift(item, { losses }) {
    const { rows } = item.answer
    notePlain(rows, losses)
    losses.push(loss('type', say('exchange.orderInGift')))
    return wholeStem(item, listed(rows.map((row, i) => `=${i + 1} -> ${escapeGift(row)}`)))
  },
  writeMoodle({ answer: { rows } }, context, losses) {
    notePlain(rows, losses)
    losses.push(loss('type', say('exchange.orderBecameMatching')))
    return { type: 'matching', parts: [shuffled(true), ...rows.map((row, i) => pair(String(i + 1), row, context))] }
  },
  writeQti({ stem, answer: { rows } }) {
    // neither the order in the file nor the identifiers tell the right order
    const shown = [...rows].sort(byText)
    const choices = shown.map((row, i) => element('qti-simple-choice', { identifier: `C${i + 1}` }, phrase(row)))
    return {
      declarations: [
        declaration(
          { cardinality: 'ordered', 'base-type': 'identifier' },
          correctResponse(rows.map((row) => `C${shown.indexOf(row) + 1}`)),
        ),
      ],
      body: `${blocks(stem)}${element('qti-order-interaction', { 'response-identifier': 'RESPONSE', shuffle: 'true' }, ...choices)}`,
      processing: matchCorrect,
      most: 1,
    }
  },
}
