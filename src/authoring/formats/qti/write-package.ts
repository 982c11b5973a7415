import { zipSync } from 'fflate'
import type { Locale } from '../../../item/item.ts'
import type { ItemSource } from '../../bank-source.ts'
import { say } from '../../said.ts'
import type { SourceFile } from '../../source-file.ts'
import { writtenTypeOf } from '../../written-types.ts'
import { drawItem } from '../draw-item.ts'
import { type Exported, type ItemReport, type Loss, loss, reportOf } from '../exchange.ts'
import { pillWords } from '../pill-words.ts'
import { element, escapeXml } from '../write-xml.ts'
import {
  BLOCKS,
  blocks,
  ITEM_NAMESPACE,
  ITEM_SCHEMA,
  LOM_NAMESPACE,
  MANIFEST_NAMESPACE,
  MANIFEST_SCHEMA,
  phrase,
  rubricBlock,
  TOOL,
} from './write-scoring.ts'

export interface PackageContext {
  readonly examId: string
  readonly locale: Locale
  readonly assets: readonly SourceFile[]
}

/** The earliest time that a zip can hold: equal items give equal packages. */
const MTIME = new Date(1980, 0, 1)

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Writes a QTI 3.0 package: a manifest, an XML file for each item, and the pictures they show. */
export function writeQti(items: readonly ItemSource[], context: PackageContext): Exported {
  const files: Record<string, Uint8Array> = {}
  const resources: string[] = []
  const reports = items.map((original): ItemReport => {
    const { item, losses: drawn } = drawItem(original)
    const losses: Loss[] = [...drawn]
    const xml = writeItem(item, context.locale)
    const pictures = context.assets.filter(({ path }) => xml.includes(`src="${path}"`))
    if (/src="assets\//.test(xml) && pictures.length === 0)
      losses.push(loss('image', say('exchange.pictureWithoutFile')))
    for (const { path, content } of pictures)
      files[`items/${path}`] = typeof content === 'string' ? utf8(content) : content
    files[`items/${item.id}.xml`] = utf8(xml)
    resources.push(resourceOf(item, pictures))
    return reportOf(item.id, losses)
  })
  const zip = zipSync(
    { 'imsmanifest.xml': utf8(manifestOf(context.examId, resources)), ...files },
    { level: 6, mtime: MTIME },
  )
  return { content: zip, reports, losses: [] }
}

/** Pills stand as keywords of the learning object's metadata. */
function resourceOf(item: ItemSource, pictures: readonly SourceFile[]): string {
  const keywords = pillWords(item).map((word) =>
    element('lom:keyword', {}, element('lom:string', { language: 'en' }, escapeXml(word))),
  )
  return element(
    'resource',
    { identifier: `res-${item.id}`, type: 'imsqti_item_xmlv3p0', href: `items/${item.id}.xml` },
    element('metadata', {}, element('lom:lom', {}, element('lom:general', {}, ...keywords))),
    ...[`items/${item.id}.xml`, ...pictures.map(({ path }) => `items/${path}`)].map((href) =>
      element('file', { href }),
    ),
  )
}

const manifestOf = (examId: string, resources: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'manifest',
    {
      xmlns: MANIFEST_NAMESPACE,
      'xmlns:lom': LOM_NAMESPACE,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${MANIFEST_NAMESPACE} ${MANIFEST_SCHEMA}`,
      identifier: `MANIFEST-${examId}`,
    },
    element('metadata', {}, element('schema', {}, 'QTI Package'), element('schemaversion', {}, '3.0.0')),
    element('organizations', {}),
    element('resources', {}, `\n${resources.join('\n')}\n`),
  )}\n`

/** An item as QTI 3.0 XML. */
function writeItem(item: ItemSource, locale: Locale): string {
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
