import type { ItemSource } from './bank-source.ts'
import type { Place, Report } from './diagnostic.ts'
import { locateIn } from './locate-source.ts'
import { type RenderOptions, readHref, renderBlocks } from './render-markdown.ts'
import type { ItemPlaces } from './written-item.ts'

const RISKY = /<|\]\(|\]:|!\[/
/** A link whose label is text alone, as references are written: no image, nothing nested, nothing escaped. */
const PLAIN_LINK = /(?<![!\\])\[[^[\]\\`<>!]*\]\(([^\s()<>\\`]+)\)/g

/** Whether a text holds what the lexer must look at. Plain links with a good address are most of what has brackets at all. */
const isRisky = (text: string): boolean =>
  RISKY.test(text) && RISKY.test(text.replace(PLAIN_LINK, (link, href: string) => (readHref(href) ? ' ' : link)))

/** HTML, bad links and foreign images are refused in secret texts too: reviewers read them in a browser. */
export function refuseInSecrets(
  item: ItemSource,
  places: ItemPlaces,
  image: RenderOptions['image'],
  report: Report,
): void {
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
