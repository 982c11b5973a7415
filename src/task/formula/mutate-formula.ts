import { type Formula, partsIn, type Reference } from './tree.ts'
import { isFailure, type Scalar } from './value.ts'

/**
 * A formula as somebody writes it who has not quite understood: `constant` a reference replaced by what its cell shows,
 * `dollar` a `$` left out, `boundary` `>` for `>=`, `rounding` another way to round, `lookup` a search for the nearest value,
 * `range` a range that ends a row early.
 */
export interface Mutation {
  readonly kind: 'constant' | 'dollar' | 'boundary' | 'rounding' | 'lookup' | 'range'
  readonly formula: Formula
  /** Of a `$`: what it fixed. Copying down moves rows only, so a column's `$` may go unnoticed. */
  readonly fixed?: 'row' | 'column'
}

const BOUNDARIES: Readonly<Record<string, '<' | '>' | '<=' | '>='>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const ROUNDINGS: Readonly<Record<string, readonly string[]>> = {
  ROUND: ['ROUNDDOWN', 'ROUNDUP'],
  ROUNDDOWN: ['ROUND', 'ROUNDUP'],
  ROUNDUP: ['ROUND', 'ROUNDDOWN'],
  INT: ['ROUND'],
}
/** Where a lookup says that only the same value is one, from 0, and what says that the nearest is. */
const NEAREST: Readonly<Record<string, readonly [place: number, nearest: Scalar]>> = {
  VLOOKUP: [3, true],
  HLOOKUP: [3, true],
  MATCH: [2, 1],
  XLOOKUP: [4, -1],
}

type Variant = Omit<Mutation, 'formula'> & { readonly part: Formula }

function variantsOfReference(reference: Reference, shown: (reference: Reference) => Scalar | undefined): Variant[] {
  const { from, to } = reference
  const variants: Variant[] = []
  const value = to ? undefined : shown(reference)
  if (value !== undefined && !isFailure(value))
    variants.push({ kind: 'constant', part: { is: 'literal', value: value ?? 0 } })
  for (const end of ['from', 'to'] as const)
    for (const fixed of ['row', 'column'] as const) {
      const [corner, flag] = [reference[end], fixed === 'row' ? 'isRowFixed' : 'isColumnFixed'] as const
      if (corner?.[flag])
        variants.push({ kind: 'dollar', fixed, part: { ...reference, [end]: { ...corner, [flag]: false } } })
    }
  if (from.row && to?.row && to.row > from.row)
    variants.push({ kind: 'range', part: { ...reference, to: { ...to, row: to.row - 1 } } })
  return variants
}

/** A call with one argument, from 0, in another's place; further ones are left empty. */
function withArgument(call: Formula & { is: 'call' }, place: number, value: Scalar): Formula {
  const of = Array.from(
    { length: Math.max(place + 1, call.of.length) },
    (_, i): Formula => (i === place ? { is: 'literal', value } : (call.of[i] ?? { is: 'literal', value: null })),
  )
  return { ...call, of }
}

function variantsOf(part: Formula, shown: (reference: Reference) => Scalar | undefined): readonly Variant[] {
  if (part.is === 'reference') return variantsOfReference(part, shown)
  if (part.is === 'literal') {
    const [, sign = '', rest = ''] = (typeof part.value === 'string' && /^([<>]=?)(.*)$/s.exec(part.value)) || []
    const other = BOUNDARIES[sign]
    return other && rest[0] !== '>' ? [{ kind: 'boundary', part: { is: 'literal', value: other + rest } }] : []
  }
  if (part.is === 'call') {
    const nearest = NEAREST[part.name]
    const rounded = ROUNDINGS[part.name] ?? []
    return [
      ...rounded.map((name): Variant => {
        const of = part.of.length > 1 ? part.of : [...part.of, { is: 'literal', value: 0 } as const]
        return { kind: 'rounding', part: { ...part, name, of } }
      }),
      ...(nearest ? [{ kind: 'lookup', part: withArgument(part, ...nearest) } as const] : []),
    ]
  }
  const other = BOUNDARIES[part.is]
  return other && 'of' in part ? [{ kind: 'boundary', part: { ...part, is: other } as Formula }] : []
}

/** The formula with this one part, found by identity, replaced. */
const replaced = (formula: Formula, old: Formula, part: Formula): Formula =>
  formula === old
    ? part
    : 'of' in formula
      ? ({ ...formula, of: formula.of.map((inner) => replaced(inner, old, part)) } as Formula)
      : formula

/**
 * Every mutation of a formula, one change each. A question whose hidden sheets accept one of them does not measure what it
 * says. `shown` tells what the cell of a reference shows on the visible sheet; undefined: not to be replaced.
 */
export const mutationsOf = (
  formula: Formula,
  shown: (reference: Reference) => Scalar | undefined,
): readonly Mutation[] =>
  partsIn(formula).flatMap((old) =>
    variantsOf(old, shown).map(({ part, ...variant }) => ({ ...variant, formula: replaced(formula, old, part) })),
  )
