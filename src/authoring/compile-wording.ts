import type { Stem, Wording } from '../item/item.ts'
import { choicesOf } from '../item/stem-choices.ts'
import type { ItemSource } from './bank-source.ts'
import { checkDraws } from './check-draws.ts'
import { error } from './diagnostic.ts'
import { locateIn } from './locate-source.ts'
import { refuseInSecrets } from './refuse-in-secrets.ts'
import { say } from './said.ts'
import { openSlotTable } from './take-slots.ts'
import type { WordingContext, WordingScope } from './wording-scope.ts'
import type { ItemPlaces } from './written-item.ts'
import { writtenTypeOf } from './written-types.ts'

/** Compiles an item of one locale. The stem is made from the public fields only; the key from the rest. */
export function compileWording(item: ItemSource, places: ItemPlaces, context: WordingContext): Wording | undefined {
  const locate = locateIn(item.stem, places.stem)
  const scope: WordingScope = {
    ...context,
    item,
    places,
    shown: openSlotTable(item.variables, (finding, raw) =>
      context.report(item.stem.includes(raw) ? locate(raw) : (places.answers[0] ?? places.stem), finding),
    ),
    secret: openSlotTable(item.variables, (finding) => context.report(places.answers[0] ?? places.heading, finding)),
  }
  refuseInSecrets(item, places, context.image, context.report)
  const written = writtenTypeOf(item.pills.type)
  const compiled = written.compile(item.answer, scope)
  if (!compiled) return undefined
  refuseShownMarks(scope, { shownTexts: written.shownTexts?.(item.answer) ?? [], stem: compiled.stem })
  const { key } = compiled
  const secretSlots = scope.secret.slots.length > 0 ? { slots: scope.secret.slots } : {}
  const wording: Wording = {
    secret: { key, notes: item.notes, rationale: item.rationale, references: item.references, ...secretSlots },
    stem: scope.shown.slots.length > 0 ? { ...compiled.stem, slots: scope.shown.slots } : compiled.stem,
    ...(item.variables.length > 0 ? { variables: item.variables } : {}),
  }
  return item.variables.length === 0 || checkDraws(wording, scope) ? wording : undefined
}

/**
 * The last wall: whatever way a mark took through Markdown (escapes, emphasis, line ends), none may be shown. What is
 * looked at is the finished HTML without its tags, as candidates read it.
 */
function refuseShownMarks(
  { report, places, item }: WordingScope,
  { shownTexts, stem }: { readonly shownTexts: readonly string[]; readonly stem: Stem },
): void {
  // a bracket that is shown was written as one, or as a character reference
  if (!CLOSING.test(item.stem) && !shownTexts.some((text) => CLOSING.test(text))) return
  for (const html of shownHtml(stem)) {
    const mark = /[[［][\s\\]*[xXｘＸ✓✔][\s\\]*[\]］]/u.exec(html.replace(/<[^>]*>/g, ''))?.[0]
    if (mark) report(places.stem, error('option/checkbox', say('finding.markWouldBeShown', { mark })))
  }
}

const CLOSING = /[\]］&]/

function shownHtml(stem: Stem): string[] {
  return [stem.html, ...choicesOf(stem).map((choice) => choice.html)]
}
