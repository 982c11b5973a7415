import { error, type Finding, say, warning } from './diagnostic.ts'

export const rawHtml = (written: string): Finding =>
  error(
    'markup/html',
    say(`HTML やコメントは書けません：${shorten(written)}`, `HTML and comments are not allowed: ${shorten(written)}`),
    say('文字として見せるときは「`」で囲むか「\\<」と書いてください', 'put it in backticks or write "\\<" to show it as text'),
  )

export const badLink = (href: string): Finding =>
  error('markup/link', say(`リンク先に使えるのは https と mailto だけです：${shorten(href)}`, `only https and mailto links are allowed: ${shorten(href)}`))

export const badImage = (href: string): Finding =>
  error(
    'markup/image',
    say(`画像は assets/ の中のものだけです：${shorten(href)}`, `images must be files below assets/: ${shorten(href)}`),
    say('「![説明](assets/名前.png)」と書いてください', 'write "![description](assets/name.png)"'),
  )

export const missingImage = (href: string): Finding => error('markup/image', say(`画像がありません：${shorten(href)}`, `no such image: ${shorten(href)}`))

export const strangeImage = (href: string): Finding =>
  error('markup/image', say(`PNG・JPEG・GIF・WebP ではないか、大きすぎる（300 KB まで）画像です：${shorten(href)}`, `not a PNG, JPEG, GIF or WebP of at most 300 KB: ${shorten(href)}`))

export const imageWithoutAlt = (): Finding =>
  error(
    'markup/image-alt',
    say('画像の説明がありません', 'the image has no description'),
    say('「![説明](…)」に、見えない人にも伝わる説明を書いてください', 'describe it in "![…]" for those who cannot see it'),
  )

export const strikethrough = (written: string): Finding =>
  error(
    'ja/tilde-range',
    say(`「~」の間が取り消し線になります：${shorten(written)}`, `the text between "~" becomes struck through: ${shorten(written)}`),
    say('範囲には「〜」を使ってください', 'use "–" or "〜" for ranges'),
  )

export const unsupported = (what: string, written: string): Finding =>
  error('markup/unsupported', say(`ここでは使えない書き方です（${what}）：${shorten(written)}`, `not allowed here (${what}): ${shorten(written)}`))

export const nestedTask = (written: string): Finding =>
  error('option/checkbox', say(`選択肢の印が、選択肢の並びの外にあります：${shorten(written)}`, `an option mark outside the option list: ${shorten(written)}`))

export const literalStars = (): Finding =>
  error(
    'ja/emphasis-flanking',
    say('「**」が太字にならず、そのまま表示されます', '"**" does not become bold and shows as it is'),
    say('かぎ括弧や句読点を「**」の外に出すか、前後に空白を入れてください', 'move brackets and punctuation out of the "**", or put spaces around it'),
  )

export const blankInLink = (): Finding => error('cloze/marker', say('リンクの中に空欄は置けません', 'no blank may stand in a link'))

export const sectionWord = (word: string): Finding =>
  error(
    'section/unmarked',
    say(`「${word}」だけの行は見出しのように見えますが、問題文として表示されます`, `the line "${word}" looks like a section heading, but would be shown to candidates`),
    say(`「### ${word}」と書いてください`, `write "### ${word}"`),
  )

export const loneTilde = (written: string): Finding =>
  warning('ja/tilde-range', say(`範囲に半角の「~」が使われています：${shorten(written)}`, `a range is written with "~": ${shorten(written)}`), say('「〜」を使ってください', 'use "–" or "〜"'))

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 40 ? `${line.slice(0, 40)}…` : line
}
