import { type Element, elementsOf, textOf } from '../markup-tree.ts'

/** A response variable: what is right, and what each value is worth. */
export interface Declaration {
  readonly cardinality: string
  readonly baseType: string
  readonly correct: readonly string[]
  readonly mapping: readonly { readonly key: string; readonly value: number; readonly isCaseSensitive: boolean }[]
}

export function readDeclarations(item: Element): ReadonlyMap<string, Declaration> {
  return new Map(elementsOf(item, 'response-declaration').map((declaration) => [declaration.attributes.identifier ?? '', readDeclaration(declaration)]))
}

function readDeclaration(declaration: Element): Declaration {
  const [correct] = elementsOf(declaration, 'correct-response')
  const [mapping] = elementsOf(declaration, 'mapping')
  return {
    cardinality: declaration.attributes.cardinality ?? 'single',
    baseType: declaration.attributes['base-type'] ?? 'string',
    correct: correct ? elementsOf(correct, 'value').map((value) => textOf(value).replace(/\s+/g, ' ').trim()) : [],
    mapping: mapping
      ? elementsOf(mapping, 'map-entry').map(({ attributes }) => ({
          key: (attributes['map-key'] ?? '').replace(/\s+/g, ' ').trim(),
          value: Number(attributes['mapped-value'] ?? 0),
          isCaseSensitive: attributes['case-sensitive'] === 'true',
        }))
      : [],
  }
}

/** The values of full credit: the correct ones, or those that the mapping values most. */
export function bestValues({ correct, mapping }: Declaration): string[] {
  const most = Math.max(0, ...mapping.map(({ value }) => value))
  const mapped = mapping.filter(({ value }) => value === most && value > 0).map(({ key }) => key)
  return [...new Set([...correct, ...mapped])]
}

/** All values of a set that belong to the right answer. */
export const rightSet = ({ correct, mapping }: Declaration): string[] => (correct.length > 0 ? [...correct] : mapping.filter(({ value }) => value > 0).map(({ key }) => key))
