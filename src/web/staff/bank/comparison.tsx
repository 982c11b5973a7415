import { diffWordsWithSpace } from 'diff'
import type { Item } from '../../../item/item.ts'
import { textOfHtml } from '../../../item/markup/html-text.ts'
import {
  type BankComparison,
  type ExactChange,
  exactChanges,
  type FactChange,
  type ItemChange,
  isGradedOtherwise,
  type PartChange,
  type Picture,
} from '../../../item/publishing/compare-banks.ts'
import { describeItem, itemFields } from '../../../item/publishing/describe-item.ts'
import { Chip } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { StatusChip } from './outcome.tsx'
import { WordingCard } from './wording-card.tsx'

/** Longer than a reader compares word by word, and than a page should wait for. */
const LONGEST = 20_000
const MOST_MS = 200

/** A text before and after, word by word: what went is struck through, what came is underlined; both are said to those who do not see it. */
const TextChange = ({ before, after, locale = 'ja' }: { before: string; after: string; locale?: 'ja' | 'en' }) => {
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

interface ReadChange {
  readonly locale?: 'ja' | 'en'
  readonly before: string
  readonly after: string
}

/** What reads otherwise, text by text. */
function TextChanges<T extends ReadChange>({ of, nameOf }: { of: readonly T[]; nameOf: (change: T) => string }) {
  return (
    of.length > 0 && (
      <dl class="kv">
        {of.map((change) => (
          <div>
            <dt>{nameOf(change)}</dt>
            <dd lang={change.locale}>
              <TextChange before={change.before} after={change.after} locale={change.locale} />
            </dd>
          </div>
        ))}
      </dl>
    )
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
const ExactValues = ({
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

/** So many changed items stand open; more would bury the rest. */
const OPEN_AT_ONCE = 12

const fieldText = ({ t }: PageContext, { field, locale }: Pick<FactChange, 'field' | 'locale'>): string => {
  const name = field === 'version' ? t('bank.itemVersion') : t(`bank.${field}`)
  return locale ? `${name} (${locale})` : name
}

export const changedFields = (context: PageContext, facts: readonly Pick<FactChange, 'field' | 'locale'>[]): string =>
  facts.map((fact) => fieldText(context, fact)).join(context.t('list.comma'))

/** What a field says: a state and a type by their words. */
const said = ({ t }: PageContext, field: FactChange['field'], text: string): string =>
  text !== '' && (field === 'status' || field === 'type') ? t(`item.${text as Item['status' | 'type']}`) : text

/** An item by the beginning of its question, its id small beside it. */
const Named = ({ context: { locale }, item }: { context: PageContext; item: Item }) => (
  <>
    <b>{shortTitle(item, locale)}</b> <span class="sub mono">{item.id}</span>{' '}
  </>
)

const Changed = ({
  context,
  change: { after, facts, exact },
  open,
}: {
  context: PageContext
  change: ItemChange
  open: boolean
}) => (
  <details class="change" open={open}>
    <summary>
      <Named context={context} item={after} />
      <StatusChip context={context} status={after.status} />
      {facts.some(({ field }) => field === 'key') && (
        <Chip tone="bad" icon="alert">
          {context.t('bank.keyChanged')}
        </Chip>
      )}
      <span class="sub">{changedFields(context, facts)}</span>
    </summary>
    <TextChanges
      of={facts.map((fact) => ({
        ...fact,
        before: said(context, fact.field, fact.before),
        after: said(context, fact.field, fact.after),
      }))}
      nameOf={(fact) => fieldText(context, fact)}
    />
    <ExactValues
      context={context}
      values={exact}
      open={facts.length === 0 || exact.some(({ pictures }) => pictures !== undefined)}
    />
  </details>
)

/** Shown by the cards of the wordings, word for word. */
const ON_CARD = /[.](?:html|text|rationale|notes|references[.]\d+)$/

const Whole = ({ context, item }: { context: PageContext; item: Item }) => (
  <details class="change">
    <summary>
      <Named context={context} item={item} />
      <StatusChip context={context} status={item.status} />
    </summary>
    <div class="abreast">
      {(['ja', 'en'] as const).map((locale) => {
        const wording = item.wordings[locale]
        return wording && <WordingCard context={context} locale={locale} wording={wording} of={item.id} />
      })}
    </div>
    <dl class="kv">
      {describeItem(item)
        .filter(({ field }) => (itemFields as readonly string[]).includes(field))
        .map((fact) => (
          <div>
            <dt>{fieldText(context, fact)}</dt>
            <dd>{said(context, fact.field, fact.text)}</dd>
          </div>
        ))}
    </dl>
    <ExactValues
      context={context}
      values={exactChanges(undefined, item).changes.filter(({ path }) => !ON_CARD.test(path))}
    />
  </details>
)

/** A study sheet or a practical task, text by text; one that came or went is folded. */
const NamedPart = ({ context, change: { name, step, texts, exact } }: { context: PageContext; change: PartChange }) => {
  const { t } = context
  const isBody = isGradedOtherwise({ step, exact })
  const nameOf = ({ field, locale }: Pick<PartChange['texts'][number], 'field' | 'locale'>) =>
    locale ? `${t(`bank.partText.${field}`)} (${locale})` : t(`bank.partText.${field}`)
  return (
    <details class="change" open={step === 'changed'}>
      <summary>
        <b>{name}</b>{' '}
        {isBody && (
          <Chip tone="bad" icon="alert">
            {t('bank.bodyChanged')}
          </Chip>
        )}
        <span class="sub">
          {[t(`bank.partStep.${step}`), ...(step === 'changed' ? texts.map(nameOf) : [])].join(t('list.comma'))}
        </span>
      </summary>
      <TextChanges of={texts} nameOf={nameOf} />
      <ExactValues
        context={context}
        values={exact}
        open={isBody || texts.length === 0 || exact.some(({ pictures }) => pictures !== undefined)}
      />
    </details>
  )
}

const LONGEST_EXCERPT = 72

/** The beginning of the question itself, as a reminder of which item it is. */
export function excerpt(item: Item, locale: 'ja' | 'en'): string {
  const wording = item.wordings[locale] ?? item.wordings.ja ?? item.wordings.en
  const text = (wording ? textOfHtml(wording.stem.html) : '').replaceAll('\n', ' ').replace(/[\ue100-\ue1ff]/g, '…')
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}…` : text
}

/** The longest that stands for an item in a row. */
const LONGEST_TITLE = 24

/** What an item is called where there is little room: it has no title but the beginning of its question. */
export function shortTitle(item: Item, locale: 'ja' | 'en'): string {
  const text = excerpt(item, locale)
  const longest = locale === 'ja' ? LONGEST_TITLE : 2 * LONGEST_TITLE
  return text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text
}

const Part = ({ title, count, children }: { title: string; count: number; children?: unknown }) =>
  count === 0 ? null : (
    <section class="card" aria-label={title}>
      <div class="card-head">
        <h2>{title}</h2>
        <span class="sub">{count}</span>
      </div>
      {children}
    </section>
  )

/** What is different between two versions of an exam, the terms first: they touch everybody. */
export const Comparison = ({
  context,
  of: { terms, exactTerms, added, removed, changed, tasks, sheets, hints, order, same },
  isFirst,
}: {
  context: PageContext
  of: BankComparison
  isFirst: boolean
}) => {
  const { t } = context
  const figures = [
    [t('bank.changed'), changed.length],
    [t('bank.added'), added.length],
    [t('bank.removed'), removed.length],
    [t('bank.same'), same],
  ] as const
  return (
    <>
      <section class="card" aria-label={t('bank.against')}>
        <Terms className="facts" terms={figures} />
        {isFirst && <p>{t('bank.first')}</p>}
        {!isFirst && terms.length + exactTerms.length === 0 && (
          <p class="quiet">
            {[added, removed, changed, tasks, sheets, hints].every(({ length }) => length === 0) && !order
              ? t('bank.identical')
              : t('bank.noTerms')}
          </p>
        )}
      </section>
      <Part title={t('bank.terms')} count={Math.max(terms.length, exactTerms.length)}>
        <dl class="kv">
          {terms.map(({ path, before, after }) => (
            <div>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <TextChange before={before} after={after} locale={path.endsWith('.en') ? 'en' : 'ja'} />
              </dd>
            </div>
          ))}
        </dl>
        {exactTerms.length > 0 && (
          <ExactValues
            context={context}
            values={exactTerms}
            open={exactTerms.some(({ pictures }) => pictures !== undefined)}
          />
        )}
      </Part>
      <Part title={t('bank.changed')} count={changed.length}>
        {changed.map((change, i) => (
          <Changed context={context} change={change} open={i < OPEN_AT_ONCE} />
        ))}
      </Part>
      <Part title={t('bank.added')} count={added.length}>
        {added.map((item) => (
          <Whole context={context} item={item} />
        ))}
      </Part>
      <Part title={t('bank.removed')} count={removed.length}>
        {removed.map((item) => (
          <Whole context={context} item={item} />
        ))}
      </Part>
      <Part title={t('bank.tasks')} count={tasks.length}>
        {tasks.map((change) => (
          <NamedPart context={context} change={change} />
        ))}
      </Part>
      <Part title={t('bank.study')} count={sheets.length}>
        {sheets.map((change) => (
          <NamedPart context={context} change={change} />
        ))}
      </Part>
      <Part title={t('bank.hints')} count={hints.length}>
        <p>{hints.join(', ')}</p>
      </Part>
      <Part title={t('bank.order')} count={order ? 1 : 0}>
        {order && <TextChange before={order.before.join('\n')} after={order.after.join('\n')} />}
      </Part>
    </>
  )
}
