import { say } from '../../said.ts'
import { type Loss, loss } from '../exchange.ts'
import { type Element, elementsOf, textOf } from '../markup-tree.ts'
import type { Declaration } from './declarations.ts'

/** Our scoring: the right values share the points evenly, and a wrong one takes away as much or nothing. */
export interface Scale {
  readonly right: readonly string[]
  /** The values that can be given and are not right, where they can be listed. */
  readonly wrong?: readonly string[]
  readonly wrongTakesAway?: boolean
}

const MOST_NAMED = 8

/** The values of a mapping that are worth something else than on our scale. */
export function weightLosses(
  { mapping, otherwise }: Declaration,
  { right, wrong, wrongTakesAway = false }: Scale,
): Loss[] {
  if (mapping.length === 0) return []
  const worth = (key: string) => mapping.find((entry) => entry.key === key)?.value ?? otherwise
  const share = Math.max(0, ...right.map(worth))
  const ofWrong = wrongTakesAway ? -share : 0
  const others = [...new Set([...(wrong ?? []), ...mapping.map(({ key }) => key)])].filter(
    (key) => !right.includes(key),
  )
  const odd = [...right.filter((key) => worth(key) !== share), ...others.filter((key) => worth(key) !== ofWrong)].map(
    (key) => `${key.slice(0, 30)} ${worth(key)}`,
  )
  if (!wrong && otherwise !== ofWrong) odd.push(`* ${otherwise}`)
  const named = odd.slice(0, MOST_NAMED).join(', ')
  return odd.length === 0 ? [] : [loss('weight', say('exchange.weightsLost', { weights: named }))]
}

/** Texts are the same to us whatever their case. */
export function caseLosses({ baseType, correct, mapping }: Declaration): Loss[] {
  const hasCase = (text: string) => text.toLowerCase() !== text.toUpperCase()
  const tells =
    mapping.length > 0
      ? mapping.some(({ key, isCaseSensitive }) => isCaseSensitive && hasCase(key))
      : correct.some(hasCase)
  return baseType === 'string' && tells ? [loss('scoring', say('exchange.caseLost'))] : []
}

/** What an item is worth: as it says, or as its mappings give. */
export function pointsOf(item: Element, declarations: Iterable<Declaration>): number {
  const outcome = (name: string) =>
    elementsOf(item, 'outcome-declaration').find(({ attributes }) => attributes.identifier === name)
  const most = outcome('MAXSCORE')
  const declared = Number(most ? textOf(most).trim() : outcome('SCORE')?.attributes['normal-maximum'])
  if (declared > 0 && Number.isFinite(declared)) return declared
  return [...declarations].reduce((sum, one) => sum + mostOf(one), 0) || 1
}

function mostOf({ cardinality, mapping, upperBound }: Declaration): number {
  const gains = mapping.map(({ value }) => value).filter((value) => value > 0)
  const most = cardinality === 'single' ? Math.max(0, ...gains) : gains.reduce((sum, value) => sum + value, 0)
  return Math.min(most, upperBound ?? most)
}
