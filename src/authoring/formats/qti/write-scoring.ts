import { renderBlocks, renderPhrase } from '../../render-markdown.ts'
import { element, escapeXml } from '../write-xml.ts'

/** XML namespaces of QTI 3.0 and where its schemas are. */
export const ITEM_NAMESPACE = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
export const ITEM_SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd'
export const MANIFEST_NAMESPACE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
export const MANIFEST_SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd'
export const LOM_NAMESPACE = 'http://ltsc.ieee.org/xsd/LOM'
const TEMPLATES = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates'

/** What items of ours say of their origin: their titles and rubrics are then read as ours. */
export const TOOL = 'Kentei'

/** Classes of the rubric blocks that hold what QTI has no element for. */
export const BLOCKS = {
  references: 'kentei-references',
  notes: 'kentei-notes',
  rubric: 'kentei-rubric',
  model: 'kentei-model-answer',
} as const

/** What an item of a type needs: its interaction within the body, declarations before, scoring after, and the highest score. */
export interface Interaction {
  readonly declarations: readonly string[]
  readonly body: string
  readonly processing: string
  readonly most: number
  /** What raters score by; such an item is scored by people. */
  readonly forScorers?: readonly string[]
}

/** HTML that the compiler built, as XML: its empty elements closed, its break hints gone. */
const xhtml = (html: string): string => html.replaceAll('<wbr>', '').replace(/<(br|hr|img)((?:\s[^<>]*)?)>/g, '<$1$2/>')

const keepsPaths = { refuse: () => {}, image: (src: string) => ({ src }) }

export const blocks = (markdown: string): string =>
  markdown === '' ? '' : xhtml(renderBlocks(markdown, keepsPaths).html)
export const phrase = (markdown: string): string => xhtml(renderPhrase(markdown, keepsPaths).html)

export const rubricBlock = (className: string, view: string, html: string): string =>
  element(
    'qti-rubric-block',
    { view, class: className, ...(view === 'scorer' ? { use: 'scoring' } : {}) },
    element('qti-content-body', {}, html),
  )

/** The interaction with the only response of an item. */
export const TEXT_ENTRY = element('qti-text-entry-interaction', { 'response-identifier': 'RESPONSE' })

export const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The variable that takes a response; `RESPONSE` unless it has another name. */
export const declaration = (attributes: Readonly<Record<string, string>>, ...content: readonly string[]): string =>
  element('qti-response-declaration', { identifier: 'RESPONSE', ...attributes }, ...content)

export const correctResponse = (values: readonly string[]): string =>
  element('qti-correct-response', {}, ...values.map((value) => element('qti-value', {}, escapeXml(value))))

/** What each value is worth. Case counts unless it is folded. */
export function mapping(
  entries: readonly (readonly [string, number])[],
  { least, foldsCase }: { readonly least?: number; readonly foldsCase?: boolean } = {},
): string {
  const attributes = { 'default-value': '0', ...(least === undefined ? {} : { 'lower-bound': String(least) }) }
  return element(
    'qti-mapping',
    attributes,
    ...entries.map(([key, value]) =>
      element('qti-map-entry', {
        'map-key': key,
        'mapped-value': String(value),
        ...(foldsCase ? { 'case-sensitive': 'false' } : {}),
      }),
    ),
  )
}

/** The templates of the standard. */
export const matchCorrect = element('qti-response-processing', { template: `${TEMPLATES}/match_correct.xml` })
export const mapResponse = element('qti-response-processing', { template: `${TEMPLATES}/map_response.xml` })

const setScore = (...value: readonly string[]): string =>
  element('qti-set-outcome-value', { identifier: 'SCORE' }, ...value)
const number = (value: number): string => element('qti-base-value', { 'base-type': 'float' }, String(value))

/** Right within so much of the correct value: no template of the standard does this. */
export const withinTolerance = (tolerance: number): string =>
  element(
    'qti-response-processing',
    {},
    element(
      'qti-response-condition',
      {},
      element(
        'qti-response-if',
        {},
        element(
          'qti-equal',
          { 'tolerance-mode': 'absolute', tolerance: `${tolerance} ${tolerance}` },
          element('qti-variable', { identifier: 'RESPONSE' }),
          element('qti-correct', { identifier: 'RESPONSE' }),
        ),
        setScore(number(1)),
      ),
      element('qti-response-else', {}, setScore(number(0))),
    ),
  )

/** The sum over several responses, each by its mapping. */
export const sumOfMaps = (identifiers: readonly string[]): string =>
  element(
    'qti-response-processing',
    {},
    setScore(element('qti-sum', {}, ...identifiers.map((identifier) => element('qti-map-response', { identifier })))),
  )
