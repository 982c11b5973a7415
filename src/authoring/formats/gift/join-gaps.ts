import { say } from '../../said.ts'
import type { ImportedItem, LeftOut, Loss } from '../exchange.ts'
import { loss } from '../exchange.ts'
import type { GiftQuestion } from './parse-gift.ts'

/** An entry with the gap of a cloze of ours that it asks for. */
export interface GapPart {
  readonly entry: ImportedItem | LeftOut
  readonly gap?: GiftQuestion['gap']
}

/**
 * A cloze of several gaps is written as a question for each. Those of one id become one again; where some are missing the
 * others cannot stand, for they show the gaps of which nothing is known.
 */
export function joinGaps(parts: readonly GapPart[]): (ImportedItem | LeftOut)[] {
  const byId = new Map<string, (ImportedItem & { readonly ref: string })[]>()
  for (const { entry, gap } of parts) {
    if (!gap || entry.kind !== 'item' || entry.id === undefined) continue
    const there = byId.get(entry.id) ?? []
    if (!there.some(({ ref }) => ref === gap.ref)) there.push({ ...entry, ref: gap.ref })
    byId.set(entry.id, there)
  }
  const done = new Set<string>()
  return parts.flatMap(({ entry, gap }) => {
    if (!gap || entry.kind !== 'item' || entry.id === undefined) return [entry]
    const all = byId.get(entry.id) ?? []
    if (all.length !== gap.count)
      return [
        { kind: 'left-out' as const, source: entry.source, losses: [missing(gap.count - all.length), ...entry.losses] },
      ]
    if (done.has(entry.id)) return []
    done.add(entry.id)
    return [joined(entry, all, gap.count)]
  })
}

const missing = (count: number): Loss => loss('syntax', say('exchange.gapsMissing', { count }))

function joined(
  first: ImportedItem,
  all: readonly (ImportedItem & { readonly ref: string })[],
  count: number,
): ImportedItem {
  const stem = all.reduce(
    (text, { ref, draft }) => text.replace(`[[${ref}]]`, () => gapIn(draft.stem, ref)),
    first.draft.stem,
  )
  const blanks = all
    .flatMap(({ draft: { answer } }) => (answer.form === 'blanks' ? answer.blanks : []))
    .sort((a, b) => Number(a.ref) - Number(b.ref))
  const title = first.draft.title.replace(new RegExp(` \\(\\d+/${count}\\)$`), '')
  return { ...first, draft: { ...first.draft, title, stem, answer: { form: 'blanks', blanks } } }
}

/** The gap as the question that asks for it has it: with its choices. */
const gapIn = (stem: string, ref: string): string =>
  new RegExp(`\\[\\[${ref}(?:: [^[\\]]*)?\\]\\]`).exec(stem)?.[0] ?? `[[${ref}]]`
