import type { Random } from '../../kernel/random.ts'
import { fillText, type SlotValues } from '../slots.ts'
import { CannotDraw, type Drawn, type FamilyDraw, type KindShapes } from '../task-kind.ts'
import { flatten } from './compare.ts'
import type { DraftBody, Piece } from './family.ts'
import type { DraftKey, KeptKey, PlaceKey, Span } from './key.ts'
import { type DraftMaterials, TEXT_FIELD } from './present.ts'
import { NUMBER, QUOTATION } from './text.data.ts'

export interface DraftShapes extends KindShapes {
  readonly body: DraftBody
  readonly materials: DraftMaterials
  readonly key: DraftKey
}

/** The longest text of the field, and the longest manuscript: there is room to write in it. */
const LONGEST_TEXT = 4_000
const LONGEST_MANUSCRIPT = 3_600

/** A piece of a drawn paragraph, places with their number in the family. */
type NumberedPiece =
  | Exclude<Piece, { readonly as: 'place' }>
  | (Piece & { readonly as: 'place'; readonly number: number })

/** One alternative of each part. Places are numbered through the whole family, drawn or not. */
function drawParagraphs({ parts }: DraftBody, random: Random): NumberedPiece[][] {
  let number = 0
  return parts.flatMap(({ alternatives }) => {
    const drawn = random.below(alternatives.length)
    const numbered = alternatives.map((paragraphs) =>
      paragraphs.map((pieces) =>
        pieces.map((piece): NumberedPiece => (piece.as === 'place' ? { ...piece, number: ++number } : piece)),
      ),
    )
    return numbered[drawn] as NumberedPiece[][]
  })
}

/** The numbers of the places that go wrong. @throws when there are too few. */
function drawFaults(paragraphs: readonly (readonly NumberedPiece[])[], faults: number, random: Random): Set<number> {
  const numbers = paragraphs.flat().flatMap((piece) => (piece.as === 'place' ? [piece.number] : []))
  if (numbers.length < faults) throw new CannotDraw(`${numbers.length} places for ${faults} faults`)
  return new Set(random.shuffle(numbers).slice(0, faults))
}

/** What is shown, and where in it something is to be known. */
interface Layout {
  readonly paragraphs: readonly string[]
  readonly places: readonly PlaceKey[]
  readonly looks: readonly Span[]
  readonly names: readonly Span[]
}

function layOut(
  paragraphs: readonly (readonly NumberedPiece[])[],
  wrong: ReadonlySet<number>,
  slots: SlotValues,
): Layout {
  const places: PlaceKey[] = []
  const looks: Span[] = []
  const names: Span[] = []
  let at = 0
  const show = (piece: NumberedPiece): string => {
    const isWrong = piece.as === 'place' && wrong.has(piece.number)
    const written = piece.as !== 'place' ? piece.text : isWrong ? piece.wrong : (piece.right[0] as string)
    const shown = fillText(written, slots)
    const span = { from: at, to: at + shown.length }
    at = span.to
    if (piece.as === 'look') looks.push(span)
    if (piece.as === 'slot') names.push(span)
    if (isWrong) {
      const accepted = piece.right.map((form) => fillText(form, slots))
      if (accepted.includes(shown)) throw new CannotDraw(`place ${piece.number} is right as it is: ${shown}`)
      places.push({ ...span, number: piece.number, skill: piece.skill, accepted })
    }
    return shown
  }
  return { paragraphs: paragraphs.map((pieces) => pieces.map(show).join('')), places, looks, names }
}

const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to

/** What is left of a span between others, which are in order and do not overlap. */
function without(span: Span, others: readonly Span[]): Span[] {
  const rest: Span[] = []
  let { from } = span
  for (const other of others.filter((one) => overlap(one, span))) {
    if (other.from > from) rest.push({ from, to: other.from })
    from = other.to
  }
  return from < span.to ? [...rest, { from, to: span.to }] : rest
}

const found = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ from: index, to: index + length }))

/** What has to stay: look-alikes, and beside them quotations, names, and numbers that stand in neither. */
function keptIn(text: string, { places, looks, names }: Layout): KeptKey[] {
  const inOrder = (spans: readonly Span[]) => [...spans].sort((a, b) => a.from - b.from)
  const known = inOrder([...places, ...looks])
  const quotations = found(text, QUOTATION)
  const apart = (spans: readonly Span[], from: readonly Span[]) =>
    spans.filter((span) => !from.some((other) => overlap(span, other)))
  const lone = apart(names, [...known, ...quotations])
  const numbers = apart(found(text, NUMBER), [...known, ...quotations, ...lone])
  return [
    ...looks.map((span): KeptKey => ({ reason: 'look-alike', spans: [span] })),
    ...quotations
      .map((span) => without(span, known))
      .filter((spans) => spans.length > 0)
      .map((spans): KeptKey => ({ reason: 'fixed', spans })),
    ...inOrder([...lone, ...numbers]).map((span): KeptKey => ({ reason: 'fixed', spans: [span] })),
  ]
}

/** Draws a manuscript: which paragraphs, and at which places it goes wrong. */
export function generateDraft({ family, locale, slots, stream }: FamilyDraw<DraftBody>): Drawn<DraftShapes> {
  const paragraphs = drawParagraphs(family.body, stream('parts'))
  const layout = layOut(paragraphs, drawFaults(paragraphs, family.body.faults, stream('places')), slots)
  const initial = layout.paragraphs.join('\n\n')
  const flat = layout.paragraphs.join('')
  if (initial.length > LONGEST_MANUSCRIPT) throw new CannotDraw(`${initial.length} characters`)
  if (flatten(initial) !== flat) throw new CannotDraw('a paragraph begins or ends with a space')
  const label = family.wordings[locale]?.title ?? family.id
  return {
    materials: {},
    fields: [{ name: TEXT_FIELD, label, max: LONGEST_TEXT, initial, as: 'lines' }],
    key: { places: layout.places, kept: keptIn(flat, layout) },
  }
}
