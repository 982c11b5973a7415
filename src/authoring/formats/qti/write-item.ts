import type { Locale } from '../../../item/item.ts'
import type { AnswerSource, ItemSource } from '../../bank-source.ts'
import { takeBlanks } from '../../cloze-blanks.ts'
import { plainAnswer } from '../../compile-wording.ts'
import { printCriteria } from '../../read-rubric.ts'
import { renderBlocks, renderPhrase } from '../../render-markdown.ts'
import { element, escapeXml } from '../write-xml.ts'
import { BLOCKS, ITEM_NAMESPACE, ITEM_SCHEMA, TOOL } from './names.ts'
import { correctResponse, declaration, mapping, mapResponse, matchCorrect, sumOfMaps, withinTolerance } from './write-scoring.ts'

/** What an interaction needs around it: declarations before, scoring after, and the highest score. */
interface Written {
  readonly declarations: readonly string[]
  readonly body: string
  readonly processing: string
  readonly most: number
}

/** HTML that the compiler built, as XML: its empty elements closed, its break hints gone. */
const xhtml = (html: string): string => html.replaceAll('<wbr>', '').replace(/<(br|hr|img)((?:\s[^<>]*)?)>/g, '<$1$2/>')

const keepsPaths = { refuse: () => {}, image: (src: string) => ({ src }) }

const blocks = (markdown: string): string => (markdown === '' ? '' : xhtml(renderBlocks(markdown, keepsPaths).html))
const phrase = (markdown: string): string => xhtml(renderPhrase(markdown, keepsPaths).html)

/** An item as QTI 3.0 XML. */
export function writeItem(item: ItemSource, locale: Locale): string {
  const { declarations, body, processing, most } = interactionOf(item)
  const outcome = element('qti-outcome-declaration', {
    identifier: 'SCORE',
    cardinality: 'single',
    'base-type': 'float',
    'normal-maximum': String(most),
    ...(item.answer.form === 'essay' ? { 'external-scored': 'human' } : {}),
  })
  const content = [...declarations, outcome, ...(item.rationale === '' ? [] : [FEEDBACK]), element('qti-item-body', {}, body, ...secretBlocks(item, locale)), processing, ...feedbackOf(item)]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'qti-assessment-item',
    {
      xmlns: ITEM_NAMESPACE,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${ITEM_NAMESPACE} ${ITEM_SCHEMA}`,
      identifier: item.id,
      title: item.title === '' ? item.id : item.title,
      adaptive: 'false',
      'time-dependent': 'false',
      'xml:lang': locale,
      'tool-name': TOOL,
    },
    ...content,
  )}\n`
}

/** The rationale is shown after every answer: its outcome has this value from the start. */
const FEEDBACK = element(
  'qti-outcome-declaration',
  { identifier: 'FEEDBACK', cardinality: 'single', 'base-type': 'identifier' },
  element('qti-default-value', {}, element('qti-value', {}, 'rationale')),
)

const feedbackOf = ({ rationale }: ItemSource): string[] =>
  rationale === '' ? [] : [element('qti-modal-feedback', { 'outcome-identifier': 'FEEDBACK', 'show-hide': 'show', identifier: 'rationale' }, element('qti-content-body', {}, blocks(rationale)))]

const rubricBlock = (className: string, view: string, html: string): string =>
  element('qti-rubric-block', { view, class: className, ...(view === 'scorer' ? { use: 'scoring' } : {}) }, element('qti-content-body', {}, html))

function secretBlocks({ references, notes, answer }: ItemSource, locale: Locale): string[] {
  const scoring =
    answer.form === 'essay'
      ? [
          rubricBlock(BLOCKS.rubric, 'scorer', blocks(printCriteria(answer.criteria, locale === 'ja' ? ['観点', '配点'] : ['Criterion', 'Points']))),
          ...(answer.model === '' ? [] : [rubricBlock(BLOCKS.model, 'scorer', blocks(answer.model))]),
        ]
      : []
  return [
    ...scoring,
    ...(references.length === 0 ? [] : [rubricBlock(BLOCKS.references, 'author', element('ul', {}, ...references.map((reference) => element('li', {}, phrase(reference)))))]),
    ...(notes === '' ? [] : [rubricBlock(BLOCKS.notes, 'author', blocks(notes))]),
  ]
}

function interactionOf(item: ItemSource): Written {
  const { answer } = item
  switch (answer.form) {
    case 'options':
      return choiceInteraction(item, answer.options)
    case 'rows':
      return orderInteraction(item, answer.rows)
    case 'table':
      return matchInteraction(item, answer.rows)
    case 'numeric': {
      const value = String(Number(answer.value))
      const unit = answer.unit === '' ? '' : ` ${escapeXml(answer.unit)}`
      return {
        declarations: [declaration({ cardinality: 'single', 'base-type': 'float' }, correctResponse([value]))],
        body: `${blocks(item.stem)}<p>${element('qti-text-entry-interaction', { 'response-identifier': 'RESPONSE' })}${unit}</p>`,
        processing: answer.tolerance === 0 ? matchCorrect : withinTolerance(answer.tolerance),
        most: 1,
      }
    }
    case 'accepted': {
      const accepted = answer.accepted.map(plainAnswer)
      return {
        declarations: [
          declaration(
            { cardinality: 'single', 'base-type': 'string' },
            correctResponse(accepted.slice(0, 1)),
            mapping(
              accepted.map((key) => [key, 1]),
              { foldsCase: true },
            ),
          ),
        ],
        body: `${blocks(item.stem)}<p>${element('qti-text-entry-interaction', { 'response-identifier': 'RESPONSE' })}</p>`,
        processing: mapResponse,
        most: 1,
      }
    }
    case 'blanks':
      return clozeInteractions(item, answer)
    case 'essay':
      return {
        declarations: [declaration({ cardinality: 'single', 'base-type': 'string' })],
        body: `${blocks(item.stem)}${element('qti-extended-text-interaction', { 'response-identifier': 'RESPONSE', 'expected-length': String(answer.max), 'pattern-mask': `^[\\s\\S]{${answer.min},${answer.max}}$` })}`,
        processing: '',
        most: answer.criteria.reduce((sum, { points }) => sum + points, 0),
      }
    default:
      return answer satisfies never
  }
}

const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

function choiceInteraction({ stem, pills }: ItemSource, options: readonly { readonly text: string; readonly correct: boolean }[]): Written {
  const named = ids('C', options.length)
  const right = named.filter((_, i) => options[i]?.correct)
  const isMultiple = pills.type === 'multiple'
  const hasMap = isMultiple && pills.partial
  const marks = named.map((id) => [id, right.includes(id) ? 1 : -1] as const)
  return {
    declarations: [declaration({ cardinality: isMultiple ? 'multiple' : 'single', 'base-type': 'identifier' }, correctResponse(right), hasMap ? mapping(marks, { least: 0 }) : '')],
    body: `${blocks(stem)}${element(
      'qti-choice-interaction',
      { 'response-identifier': 'RESPONSE', shuffle: String(!pills.fixed), 'max-choices': isMultiple ? '0' : '1' },
      ...options.map(({ text }, i) => element('qti-simple-choice', { identifier: named[i] }, phrase(text))),
    )}`,
    processing: hasMap ? mapResponse : matchCorrect,
    most: hasMap ? right.length : 1,
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function orderInteraction({ stem }: ItemSource, rows: readonly string[]): Written {
  // neither the order in the file nor the identifiers tell the right order
  const shown = [...rows].sort(byText)
  return {
    declarations: [declaration({ cardinality: 'ordered', 'base-type': 'identifier' }, correctResponse(rows.map((row) => `C${shown.indexOf(row) + 1}`)))],
    body: `${blocks(stem)}${element('qti-order-interaction', { 'response-identifier': 'RESPONSE', shuffle: 'true' }, ...shown.map((row, i) => element('qti-simple-choice', { identifier: `C${i + 1}` }, phrase(row))))}`,
    processing: matchCorrect,
    most: 1,
  }
}

function matchInteraction({ stem }: ItemSource, rows: readonly (readonly [string, string])[]): Written {
  const paired = rows.filter(([left]) => left !== '')
  const spare = rows.filter(([left]) => left === '')
  const rights = [...spare.map(([, right]) => right), ...paired.map(([, right]) => right).sort(byText)]
  const pairs = paired.map(([, right], i) => `L${i + 1} R${rights.indexOf(right) + 1}`)
  const choices = (prefix: string, texts: readonly string[]) =>
    element('qti-simple-match-set', {}, ...texts.map((text, i) => element('qti-simple-associable-choice', { identifier: `${prefix}${i + 1}`, 'match-max': '1' }, phrase(text))))
  return {
    declarations: [declaration({ cardinality: 'multiple', 'base-type': 'directedPair' }, correctResponse(pairs), mapping(pairs.map((pair) => [pair, 1])))],
    body: `${blocks(stem)}${element(
      'qti-match-interaction',
      { 'response-identifier': 'RESPONSE', shuffle: 'true', 'max-associations': String(paired.length) },
      choices(
        'L',
        paired.map(([left]) => left),
      ),
      choices('R', rights),
    )}`,
    processing: mapResponse,
    most: paired.length,
  }
}

function clozeInteractions({ stem }: ItemSource, { blanks }: Extract<AnswerSource, { readonly form: 'blanks' }>): Written {
  const { source, blanks: written } = takeBlanks(stem)
  const identifier = (ref: string) => (written.length === 1 ? 'RESPONSE' : `RESPONSE${ref}`)
  const accepted = (ref: string) => blanks.find((blank) => blank.ref === ref)?.accepted ?? []
  const declarations = written.map(({ ref, choices }) => {
    const named = choices ? accepted(ref).map((text) => `C${choices.indexOf(text) + 1}`) : accepted(ref).map(plainAnswer)
    const attributes = { identifier: identifier(ref), cardinality: 'single', 'base-type': choices ? 'identifier' : 'string' }
    return declaration(
      attributes,
      correctResponse(named.slice(0, 1)),
      mapping(
        named.map((key) => [key, 1]),
        { foldsCase: !choices },
      ),
    )
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
  return { declarations, body, processing: written.length === 1 ? mapResponse : sumOfMaps(written.map(({ ref }) => identifier(ref))), most: written.length }
}
