import { choicesOf } from '../item/definition-of.ts'
import type { Stem, Wording } from '../item/item.ts'
import type { ItemPlaces, ItemSource } from './bank-source.ts'
import { checkDraws } from './check-draws.ts'
import { error, locateIn, type Place, type Report } from './diagnostic.ts'
import { type RenderOptions, readHref, renderBlocks } from './render-markdown.ts'
import { say } from './said.ts'
import { openSlotTable } from './take-slots.ts'
import type { WordingContext, WordingScope } from './wording-scope.ts'
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
    if (mark)
      report(
        places.stem,
        error('option/checkbox', say('finding.markWouldBeShown', { mark }), say('advice.writeOptionMark')),
      )
  }
}

const CLOSING = /[\]］&]/

function shownHtml(stem: Stem): string[] {
  return [stem.html, ...choicesOf(stem).map((choice) => choice.html)]
}

const RISKY = /<|\]\(|\]:|!\[/
/** A link whose label is text alone, as references are written: no image, nothing nested, nothing escaped. */
const PLAIN_LINK = /(?<![!\\])\[[^[\]\\`<>!]*\]\(([^\s()<>\\`]+)\)/g

/** Whether a text holds what the lexer must look at. Plain links with a good address are most of what has brackets at all. */
const isRisky = (text: string): boolean =>
  RISKY.test(text) && RISKY.test(text.replace(PLAIN_LINK, (link, href: string) => (readHref(href) ? ' ' : link)))

/** HTML, bad links and foreign images are refused in secret texts too: reviewers read them in a browser. */
function refuseInSecrets(item: ItemSource, places: ItemPlaces, image: RenderOptions['image'], report: Report): void {
  const texts: readonly (readonly [string, Place])[] = [
    [item.title, places.heading],
    [item.rationale, below(places.rationale)],
    [item.references.join('\n\n'), below(places.references)],
    [item.notes, below(places.notes)],
  ]
  for (const [text, start] of texts) if (text !== '') checkSecret(text, start, image, report)
}

const below = ({ line }: Place): Place => ({ line: line + 2, column: 1 })

/** Reports what must not stand even where no candidate reads it. */
export function checkSecret(text: string, start: Place, image: RenderOptions['image'], report: Report): void {
  if (!isRisky(text)) return
  const locate = locateIn(text, start)
  renderBlocks(text, {
    prose: true,
    image,
    refuse: (finding, raw) => {
      if (finding.rule.startsWith('markup/') && finding.rule !== 'markup/unsupported') report(locate(raw), finding)
    },
  })
}
