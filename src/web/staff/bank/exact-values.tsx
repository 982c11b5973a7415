import { diffWordsWithSpace } from 'diff'
import type { ExactChange, Picture } from '../../../item/publishing/compare-banks.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** Longer than a reader compares word by word, and than a page should wait for. */
const LONGEST = 20_000
const MOST_MS = 200

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
      : diffWordsWithSpace(before, after, {
          intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }),
          timeout: MOST_MS,
        })
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

const Pictures = ({ title, pictures }: { title: string; pictures: readonly Picture[] }) =>
  pictures.length > 0 && (
    <figure>
      <figcaption class="sub">{title}</figcaption>
      {pictures.map(({ src, alt }) => (
        <img src={src} alt={alt} class="pic" />
      ))}
    </figure>
  )

/** Value by value what is stored otherwise, as it is stored; pictures to be looked at. */
export const ExactValues = ({
  context: { t },
  values,
  open = false,
}: {
  context: PageContext
  values: readonly ExactChange[]
  open?: boolean
}) => (
  <details class="more" open={open}>
    <summary>{t('bank.exact', { count: values.length })}</summary>
    <dl class="kv">
      {values.map(({ path, before, after, pictures }) => (
        <div>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <p class="asis">
              {before !== undefined && <del>{before}</del>}
              {before !== undefined && after !== undefined && '\n'}
              {after !== undefined && <ins>{after}</ins>}
            </p>
            {pictures && (
              <div class="abreast">
                <Pictures title={t('bank.from')} pictures={pictures.before} />
                <Pictures title={t('bank.to')} pictures={pictures.after} />
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  </details>
)
