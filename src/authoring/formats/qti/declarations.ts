import { type Element, elementsOf, findElement, type Markup, textOf } from '../markup-tree.ts'

/** A response variable: what is right, and what each value is worth. */
export interface Declaration {
  readonly cardinality: string
  readonly baseType: string
  readonly correct: readonly string[]
  /** Empty where the response processing does not look at it. */
  readonly mapping: readonly { readonly key: string; readonly value: number; readonly isCaseSensitive: boolean }[]
  /** What a value is worth that the mapping does not name. */
  readonly otherwise: number
  /** The most that the mapping gives, where it has a bound. */
  readonly upperBound?: number
}

/** Of a response that is not declared. */
export const UNDECLARED: Declaration = {
  cardinality: 'single',
  baseType: 'string',
  correct: [],
  mapping: [],
  otherwise: 0,
}

export function readDeclarations(item: Element): ReadonlyMap<string, Declaration> {
  const isMapped = usesMapping(item)
  return new Map(
    elementsOf(item, 'response-declaration').map((declaration) => [
      declaration.attributes.identifier ?? '',
      readDeclaration(declaration, isMapped),
    ]),
  )
}

/** Whether responses are scored by their mappings: not where the processing only asks whether they are correct. */
function usesMapping(item: Element): boolean {
  const [processing] = elementsOf(item, 'response-processing')
  const template = processing?.attributes.template ?? ''
  if (!processing || template !== '') return !/match/.test(template)
  return (
    elementsOf(processing).length === 0 ||
    findElement(processing.children, 'map-response') !== undefined ||
    findElement(processing.children, 'correct') === undefined
  )
}

function readDeclaration(declaration: Element, isMapped: boolean): Declaration {
  const [correct] = elementsOf(declaration, 'correct-response')
  const [mapping] = isMapped || !correct ? elementsOf(declaration, 'mapping') : []
  const upperBound = Number(mapping?.attributes['upper-bound'] ?? Number.NaN)
  return {
    cardinality: declaration.attributes.cardinality ?? 'single',
    baseType: declaration.attributes['base-type'] ?? 'string',
    correct: correct ? elementsOf(correct, 'value').map((value) => textOf(value).replace(/\s+/g, ' ').trim()) : [],
    mapping: mapping
      ? elementsOf(mapping, 'map-entry').map(({ attributes }) => ({
          key: (attributes['map-key'] ?? '').replace(/\s+/g, ' ').trim(),
          value: Number(attributes['mapped-value'] ?? 0),
          isCaseSensitive: attributes['case-sensitive'] !== 'false',
        }))
      : [],
    otherwise: Number(mapping?.attributes['default-value'] ?? 0),
    ...(Number.isFinite(upperBound) ? { upperBound } : {}),
  }
}

/** The values of full credit: the correct ones, or those that the mapping values most. */
export function bestValues({ correct, mapping }: Declaration): string[] {
  const most = Math.max(0, ...mapping.map(({ value }) => value))
  const mapped = mapping.filter(({ value }) => value === most && value > 0).map(({ key }) => key)
  return [...new Set([...correct, ...mapped])]
}

/** All values of a set that belong to the right answer. */
export const rightSet = ({ correct, mapping }: Declaration): string[] =>
  correct.length > 0 ? [...correct] : mapping.filter(({ value }) => value > 0).map(({ key }) => key)

/** `choiceInteraction` (2.x) and `qti-choice-interaction` (3.0) are one. */
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
const plainName = (name: string): string => (name.startsWith('qti-') ? name.slice(4) : kebab(name))

/** A tree in which the names of all versions are those of 3.0 without their prefix. Formulas keep theirs. */
export function withPlainNames(element: Element): Element {
  if (element.name === 'math' || element.name === 'svg') return element
  return {
    name: plainName(element.name),
    attributes: Object.fromEntries(
      Object.entries(element.attributes).map(([name, value]) => [name.startsWith('xml:') ? name : kebab(name), value]),
    ),
    children: element.children.map((child): Markup => (typeof child === 'string' ? child : withPlainNames(child))),
  }
}

/** All elements below for which something holds, in the order of the document; not those within one that was found. */
export function allElements(element: Element, holds: (one: Element) => boolean): Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : holds(child) ? [child] : allElements(child, holds),
  )
}
