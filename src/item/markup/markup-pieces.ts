/** One piece of compiled HTML: a tag or the text between two of them. */
export type MarkupPiece =
  | {
      readonly kind: 'open' | 'void'
      readonly name: string
      readonly href?: string
      readonly src?: string
      readonly alt?: string
      readonly blank?: string
    }
  | { readonly kind: 'close'; readonly name: string; readonly href?: undefined }
  | { readonly kind: 'text'; readonly data: string }

/** Every tag that the compiler writes, exactly as it writes it. */
const TAG =
  /<(?:(?<close>\/?)(?<plain>p|ul|ol|li|strong|em|code|pre|blockquote|table|thead|tbody|tr|th|td|span|a|h[2-6])|(?<nothing>br|hr|wbr)|(?<list>ol) start="\d{1,9}"|(?<quote>blockquote) lang="(?:ja|en)"|(?<cell>th|td)(?: scope="col")?(?: data-align="(?:left|right|center)")?|(?<gap>span) class="blank" data-blank="(?<blank>\d{1,3})"|(?<link>a) href="(?<href>(?:https:\/\/|mailto:)[^"<>]*)" rel="noopener noreferrer"|(?<image>img) src="(?<src>data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*={0,2})" alt="(?<alt>[^"<>]*)")>/y

function tagOf(groups: Readonly<Record<string, string | undefined>>): MarkupPiece {
  const { close, plain, nothing, image, src, alt, href, blank, list, quote, cell, gap, link } = groups
  if (nothing !== undefined) return { kind: 'void', name: nothing }
  if (image !== undefined) return { kind: 'void', name: image, src, alt }
  const name = (plain ?? list ?? quote ?? cell ?? gap ?? link) as string
  return close
    ? { kind: 'close', name }
    : { kind: 'open', name, ...(href === undefined ? {} : { href }), ...(blank === undefined ? {} : { blank }) }
}

/** The pieces of compiled HTML in order; undefined, and nothing after it, for a `<` that begins no tag of the compiler's. */
export function* markupPieces(html: string): Generator<MarkupPiece | undefined> {
  let at = 0
  while (at < html.length) {
    const next = html.indexOf('<', at)
    const end = next < 0 ? html.length : next
    if (end > at) yield { kind: 'text', data: html.slice(at, end) }
    if (next < 0) return
    TAG.lastIndex = next
    const groups = TAG.exec(html)?.groups
    yield groups && tagOf(groups)
    if (!groups) return
    at = TAG.lastIndex
  }
}
