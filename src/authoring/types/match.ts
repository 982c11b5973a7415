import type { Choice } from '../../item/types/item-type.ts'
import { error, type Place } from '../diagnostic.ts'
import { loss } from '../formats/exchange.ts'
import { escapeGift, escapeText, listed, wholeStem } from '../formats/gift/gift-text.ts'
import { notePlain, pair, shuffled } from '../formats/moodle/question.ts'
import {
  blocks,
  byText,
  correctResponse,
  declaration,
  mapping,
  mapResponse,
  phrase,
} from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { refuseStrayMarks, tableCells } from '../read-public.ts'
import { type Said, say } from '../said.ts'
import { choiceAt, keylessOrder, refuseTwins, stemHtml } from '../wording-scope.ts'
import { SIDES, TYPE_DATA } from './words.data.ts'
import type { WrittenType } from './written-type.ts'

interface TableAnswer {
  readonly form: 'table'
  readonly header: readonly [string, string]
  /** Pairs; a row without a left-hand text is a spare option. */
  readonly rows: readonly (readonly [string, string])[]
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

export const match: WrittenType<TableAnswer, 'match'> = {
  ...TYPE_DATA.match,
  form: 'table',
  takesPartial: false,
  sections: [],
  lint: { asks: true },
  readPublic(lines, from, end, report) {
    refuseStrayMarks(lines, from, end, report)
    let first = end
    while (first > from && (lines[first - 1] as string).trimStart().startsWith('|')) first -= 1
    const at = { line: Math.min(first, lines.length - 1) + 1, column: 1 }
    const refuse = (place: Place, what: Said) =>
      report(place, error('match/table', what, say('advice.writeMatchTable')))
    const rows: [string, string][] = []
    const places: Place[] = []
    const header = tableCells(lines[first] ?? '')
    if (end - first < 3 || header.length !== 2 || !/^\s*\|(\s*:?-+:?\s*\|){2}\s*$/.test(lines[first + 1] ?? ''))
      refuse(at, say('finding.noMatchTable'))
    for (let i = first + 2; i < end; i++) {
      const cells = tableCells(lines[i] as string)
      const place = { line: i + 1, column: 1 }
      if (cells.length !== 2) refuse(place, say('finding.matchColumns'))
      else if (cells[1] === '') refuse(place, say('finding.matchRightEmpty'))
      rows.push([cells[0] ?? '', cells[1] ?? ''])
      places.push(place)
    }
    if (rows.filter(([left]) => left !== '').length < 2) refuse(at, say('finding.matchPairs'))
    return {
      stemFrom: from,
      stemTo: first,
      answer: { form: 'table', header: [header[0] ?? '', header[1] ?? ''], rows },
      places,
    }
  },
  printPublic: ({ header, rows }) =>
    [
      `| ${cell(header[0])} | ${cell(header[1])} |`,
      '| --- | --- |',
      ...rows.map(([left, right]) => `| ${cell(left)} | ${cell(right)} |`),
    ].join('\n'),
  printSections: () => ({}),
  compile({ rows }, scope) {
    const rights = rows.map(([, right], i) => choiceAt(scope, right, i))
    const pairedRows = rows.flatMap(([left], i) => (left === '' ? [] : [i]))
    const left = pairedRows.map((i) => choiceAt(scope, rows[i]?.[0] ?? '', i))
    refuseTwins(scope, rights)
    refuseTwins(scope, left)
    const shown = keylessOrder(scope, rights)
    return {
      stem: { html: stemHtml(scope), left, right: shown.map((i) => rights[i] as Choice), type: 'match' },
      key: { pairs: pairedRows.map((i) => shown.indexOf(i)), type: 'match' },
    }
  },
  shownTexts: ({ rows }) => rows.flat(),
  keyShape: ({ rows }) => rows.map(([left]) => left !== ''),
  meaning: ({ header, rows }, shown) => [header, rows.map((row) => row.map((text) => shown(text)))],
  fill: (answer, { text }) => ({
    ...answer,
    rows: answer.rows.map(([left, right]) => [text(left), text(right)] as const),
  }),
  tagsOf: ({ header }) => [`columns:${header.join(' | ')}`],
  csv: {
    names: ['matching'],
    lists: ({ rows }) => ({ options: rows.map(([left]) => left), pairs: rows.map(([, right]) => right) }),
    fields: ({ header: [left, right] }) => ({ left_header: left, right_header: right }),
    read: ({ field, locale, options, pairs }) => ({
      form: 'table',
      header: [field('left_header') || SIDES[locale][0], field('right_header') || SIDES[locale][1]],
      rows: pairs.map((right, i) => [options[i] ?? '', right] as const),
    }),
  },
  writeGift(item, { losses }) {
    const { rows } = item.answer
    noteRights(rows, losses)
    if (rows.flat().some((text) => text.includes('->')))
      losses.push(loss('markup', say('exchange.arrowInPair'), ['answer']))
    return wholeStem(
      item,
      listed(
        rows.map(
          ([left, right]) => `=${escapeText(left.replaceAll('->', '→'))} -> ${escapeGift(right.replaceAll('->', '→'))}`,
        ),
      ),
    )
  },
  writeMoodle({ answer: { rows } }, context, losses) {
    noteRights(rows, losses)
    return { type: 'matching', parts: [shuffled(true), ...rows.map(([left, right]) => pair(left, right, context))] }
  },
  writeQti({ stem, answer: { rows } }) {
    const paired = rows.filter(([left]) => left !== '')
    const spare = rows.filter(([left]) => left === '')
    const rights = [...spare.map(([, right]) => right), ...paired.map(([, right]) => right).sort(byText)]
    const lefts = paired.map(([left]) => left)
    const pairs = paired.map(([, right], i) => `L${i + 1} R${rights.indexOf(right) + 1}`)
    const choices = (prefix: string, texts: readonly string[]) =>
      element(
        'qti-simple-match-set',
        {},
        ...texts.map((text, i) =>
          element('qti-simple-associable-choice', { identifier: `${prefix}${i + 1}`, 'match-max': '1' }, phrase(text)),
        ),
      )
    return {
      declarations: [
        declaration(
          { cardinality: 'multiple', 'base-type': 'directedPair' },
          correctResponse(pairs),
          mapping(pairs.map((one) => [one, 1])),
        ),
      ],
      body: `${blocks(stem)}${element(
        'qti-match-interaction',
        { 'response-identifier': 'RESPONSE', shuffle: 'true', 'max-associations': String(paired.length) },
        choices('L', lefts),
        choices('R', rights),
      )}`,
      processing: mapResponse,
      most: paired.length,
    }
  },
}

const noteRights = (rows: TableAnswer['rows'], losses: Parameters<typeof notePlain>[1]): void => {
  const rights = rows.map(([, right]) => right)
  notePlain(rights, losses)
}
