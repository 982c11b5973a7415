import { error, type Finding, warning } from './diagnostic.ts'
import { say } from './said.ts'

export const rawHtml = (written: string): Finding =>
  error('markup/html', say('finding.html', { written: shorten(written) }), say('advice.htmlAsText'))

export const badLink = (href: string): Finding =>
  error('markup/link', say('finding.linkScheme', { href: shorten(href) }))

export const badImage = (href: string): Finding =>
  error('markup/image', say('finding.imageOutsideAssets', { href: shorten(href) }), say('advice.writeImage'))

export const missingImage = (href: string): Finding =>
  error('markup/image', say('finding.noSuchImage', { href: shorten(href) }), say('advice.putPicture'))

export const strangeImage = (href: string): Finding =>
  error('markup/image', say('finding.imageFormat', { href: shorten(href) }))

export const imageWithoutAlt = (): Finding =>
  error('markup/image-alt', say('finding.imageWithoutDescription'), say('advice.describeImage'))

export const strikethrough = (written: string): Finding =>
  error('ja/tilde-range', say('finding.struckThrough', { written: shorten(written) }), say('advice.dashForRanges'))

export const unsupported = (what: string, written: string): Finding =>
  error(
    'markup/unsupported',
    say('finding.markupUnsupported', { what, written: shorten(written) }),
    say('advice.plainMarkdown'),
  )

export const nestedTask = (written: string): Finding =>
  error('option/checkbox', say('finding.optionMarkOutside', { written: shorten(written) }), say('advice.oneOptionList'))

export const literalStars = (): Finding =>
  error('ja/emphasis-flanking', say('finding.boldFails'), say('advice.freeTheBold'))

export const blankInLink = (): Finding => error('cloze/marker', say('finding.blankInLink'), say('advice.blankOutside'))

export const sectionWord = (word: string): Finding =>
  error('section/unmarked', say('finding.sectionUnmarked', { word }), say('advice.writeSection', { word }))

export const loneTilde = (written: string): Finding =>
  warning('ja/tilde-range', say('finding.tildeRange', { written: shorten(written) }), say('advice.writeDash'))

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 40 ? `${line.slice(0, 40)}…` : line
}
