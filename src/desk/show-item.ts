import type { ItemPlaces, ItemSource } from '../authoring/bank-source.ts'
import { settledPills } from '../authoring/compare-locales.ts'
import { compileWording } from '../authoring/compile-wording.ts'
import { sha256 } from '../authoring/content-hash.ts'
import { parseBank } from '../authoring/parse-bank.ts'
import type { RenderOptions } from '../authoring/render-markdown.ts'
import { placeItem } from '../form/assemble-form.ts'
import { placeAsWritten } from '../form/place-as-written.ts'
import { presentItem } from '../form/present-form.ts'
import type { Item, Locale, Wording } from '../item/item.ts'
import { randomFrom } from '../kernel/random.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import attempt from '../texts/attempt?texts'
import { CandidateView } from '../web/candidate/runner/candidate-view.tsx'
import type { Translate } from '../web/ui/message.ts'

/** An item as it stands in the editor, with what its file says for all. */
export interface WrittenPart {
  readonly path: string
  /** What stands before the file's first item. */
  readonly head: string
  readonly text: string
}

/** What of it is looked at. */
export interface Look {
  /** Another order, and other numbers, for each. As it is written where there is none. */
  readonly draw?: number
  readonly number: number
  readonly total: number
}

/** A number of a parametric item as this paper shows it. */
export interface DrawnValue {
  readonly name: string
  readonly value: number
}

/** One paper of an item: markup of the exam's own components, made from the public fields alone. */
export interface ShownItem {
  readonly html: string
  readonly locale: Locale
  readonly values: readonly DrawnValue[]
}

const seedOf = (id: string, draw: number): string => sha256(`${id} ${draw}`).slice(0, 32)

// of all that a page may say a question needs no more than what is said on a paper
const sentences = catalogue<never, Locale>([attempt])

/** Reads a part by itself. Undefined where it is no item, or one with errors: what is wrong is said by the check of the whole. */
export function readPart({ path, head, text }: WrittenPart, image: RenderOptions['image']) {
  const { bank, places } = parseBank({ path, content: `${head.trimEnd()}\n\n${text}` })
  const source = bank?.items.find((item): item is ItemSource => item.kind === 'item')
  if (!bank || !source) return undefined
  let isWhole = true
  const wording = compileWording(source, places.get(source) as ItemPlaces, {
    locale: bank.locale,
    image,
    report: (_at, { severity }) => {
      if (severity === 'error') isWhole = false
    },
  })
  if (!wording || !isWhole) return undefined
  return { id: source.id, locale: bank.locale, points: settledPills(source.pills, bank.defaults).points, wording }
}

/** What candidates see of an item. Of the wording nothing is passed on but its stem and what numbers are drawn from. */
export function showItem(part: NonNullable<ReturnType<typeof readPart>>, { draw, number, total }: Look): ShownItem {
  const { id, locale, points } = part
  const { stem, variables } = part.wording
  const shown = { stem, ...(variables ? { variables } : {}) } as Wording
  const isDrawn = draw !== undefined || variables !== undefined
  const ref = `${id}-${locale}-${draw ?? 0}`
  const placed = isDrawn
    ? placeItem(ref, { id, hash: '' } as Item, shown, randomFrom(seedOf(id, draw ?? 0)))
    : placeAsWritten(ref, stem)
  const t = sentences.in(locale) as unknown as Translate
  const view = CandidateView({ item: presentItem(placed, stem, points), locale, number, total, t })
  const values = Object.entries(placed.values ?? {}).map(([name, value]) => ({ name, value }))
  return { html: String(view), locale, values }
}
