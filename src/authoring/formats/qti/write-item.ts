import type { Locale } from '../../../item/item.ts'
import type { ItemSource } from '../../bank-source.ts'
import { writtenTypeOf } from '../../written-types.ts'
import { element } from '../write-xml.ts'
import { blocks, phrase, rubricBlock } from './interaction.ts'
import { BLOCKS, ITEM_NAMESPACE, ITEM_SCHEMA, TOOL } from './names.ts'

/** An item as QTI 3.0 XML. */
export function writeItem(item: ItemSource, locale: Locale): string {
  const { declarations, body, processing, most, forScorers } = writtenTypeOf(item.pills.type).writeQti(item, locale)
  const outcome = element('qti-outcome-declaration', {
    identifier: 'SCORE',
    cardinality: 'single',
    'base-type': 'float',
    'normal-maximum': String(most),
    ...(forScorers ? { 'external-scored': 'human' } : {}),
  })
  const content = [
    ...declarations,
    outcome,
    ...(item.rationale === '' ? [] : [FEEDBACK]),
    element('qti-item-body', {}, body, ...(forScorers ?? []), ...authorBlocks(item)),
    processing,
    ...feedbackOf(item),
  ]
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
  rationale === ''
    ? []
    : [
        element(
          'qti-modal-feedback',
          { 'outcome-identifier': 'FEEDBACK', 'show-hide': 'show', identifier: 'rationale' },
          element('qti-content-body', {}, blocks(rationale)),
        ),
      ]

const authorBlocks = ({ references, notes }: ItemSource): string[] => [
  ...(references.length === 0
    ? []
    : [
        rubricBlock(
          BLOCKS.references,
          'author',
          element('ul', {}, ...references.map((reference) => element('li', {}, phrase(reference)))),
        ),
      ]),
  ...(notes === '' ? [] : [rubricBlock(BLOCKS.notes, 'author', blocks(notes))]),
]
