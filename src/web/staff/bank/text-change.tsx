import { diffWordsWithSpace } from 'diff'

/** Longer than a reader compares word by word, and than a page should wait for. */
const LONGEST = 20_000
const MOST_MS = 200

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
}

/** A text before and after, word by word: what went is struck through, what came is underlined; both are said to those who do not see it. */
export const TextChange = ({
  before,
  after,
  locale = 'ja',
}: {
  before: string
  after: string
  locale?: 'ja' | 'en'
}) => {
  const parts =
    before.length + after.length > LONGEST
      ? undefined
      : diffWordsWithSpace(before, after, { intlSegmenter: segmenters[locale], timeout: MOST_MS })
  if (!parts || before === '' || after === '')
    return (
      <p class="asis">
        {before !== '' && <del>{before}</del>}
        {before !== '' && after !== '' && '\n'}
        {after !== '' && <ins>{after}</ins>}
      </p>
    )
  return (
    <p class="asis">
      {parts.map(({ added, removed, value }) => (added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value))}
    </p>
  )
}
