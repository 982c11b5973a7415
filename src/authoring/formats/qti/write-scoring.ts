import { element, escapeXml } from '../write-xml.ts'
import { TEMPLATES } from './names.ts'

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
