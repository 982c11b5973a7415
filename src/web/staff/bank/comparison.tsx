import * as z from 'zod'
import { compareWords, newWordBudget, type WordBudget, wordsOf } from '../../../item/compare-words.ts'
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
import { CHANGES_A_PAGE } from '../desk/source-difference.tsx'
import { StatusChip } from './outcome.tsx'
import { Turn } from './turn.tsx'
import { WordingCard } from './wording-card.tsx'

/** Longer than a reader compares word by word. */
const LONGEST = 20_000

interface TextProps {
  readonly before: string
  readonly after: string
  readonly locale?: 'ja' | 'en' | undefined
  readonly budget: WordBudget
}

/** A text before and after, word by word: what went is struck through, what came is underlined; both are said to those who do not see it. */
const TextChange = ({ before, after, locale = 'ja', budget }: TextProps) => {
  const parts = compareWords(before, after, { segmenter: wordsOf(locale), budget, longest: LONGEST })
  if (!parts)
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

interface TextsProps<T> {
  readonly of: readonly T[]
  readonly nameOf: (change: T) => string
  readonly budget: WordBudget
}

/** What reads otherwise, text by text. */
function TextChanges<T extends ReadChange>({ of, nameOf, budget }: TextsProps<T>) {
  return (
    of.length > 0 && (
      <dl class="kv">
        {of.map((change) => (
          <div>
            <dt>{nameOf(change)}</dt>
            <dd lang={change.locale}>
              <TextChange before={change.before} after={change.after} locale={change.locale} budget={budget} />
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
  budget,
}: {
  context: PageContext
  change: ItemChange
  open: boolean
  budget: WordBudget
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
      budget={budget}
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
const NamedPart = ({ context, change, budget }: { context: PageContext; change: PartChange; budget: WordBudget }) => {
  const [{ t }, { name, step, texts, exact }] = [context, change]
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
      <TextChanges of={texts} nameOf={nameOf} budget={budget} />
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

const TermsPart = ({
  context,
  of: { terms, exactTerms },
  budget,
}: {
  context: PageContext
  of: BankComparison
  budget: WordBudget
}) => (
  <Part title={context.t('bank.terms')} count={Math.max(terms.length, exactTerms.length)}>
    <dl class="kv">
      {terms.map(({ path, before, after }) => (
        <div>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <TextChange before={before} after={after} locale={path.endsWith('.en') ? 'en' : 'ja'} budget={budget} />
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
)

const listed = ['changed', 'added', 'removed', 'tasks', 'sheets'] as const

/** What of each list is on a page: they follow one another. */
function onPage(comparison: BankComparison, page: number): Pick<BankComparison, (typeof listed)[number]> {
  let from = (page - 1) * CHANGES_A_PAGE
  const part = <T,>(all: readonly T[]): readonly T[] => {
    const shown = all.slice(Math.max(0, from), Math.max(0, from + CHANGES_A_PAGE))
    from -= all.length
    return shown
  }
  const { changed, added, removed, tasks, sheets } = comparison
  const isKeyChange = ({ facts }: ItemChange) => facts.some(({ field }) => field === 'key')
  return {
    // changes of keys stand first: they touch who is right
    changed: part([...changed].sort((a, b) => Number(isKeyChange(b)) - Number(isKeyChange(a)))),
    added: part(added),
    removed: part(removed),
    tasks: part(tasks),
    sheets: part(sheets),
  }
}

const countOf = (comparison: BankComparison): number => listed.reduce((sum, list) => sum + comparison[list].length, 0)

/** Which page of a comparison an address asks for. */
export const comparedPage = z.coerce.number().int().min(1).max(10_000).catch(1)

/** What is different between two versions of an exam, the terms first: they touch everybody. */
export const Comparison = ({
  context,
  of,
  isFirst,
  page: asked,
  written = 0,
}: {
  context: PageContext
  of: BankComparison
  isFirst: boolean
  page: number
  /** Changes of what was written, which are listed beside these, as many on a page. */
  written?: number
}) => {
  const { t } = context
  const { terms, exactTerms, hints, order, same } = of
  const [pages, budget] = [Math.ceil(Math.max(1, countOf(of), written) / CHANGES_A_PAGE), newWordBudget()]
  const page = Math.min(asked, pages)
  const { changed, added, removed, tasks, sheets } = onPage(of, page)
  const figures = [
    [t('bank.changed'), of.changed.length],
    [t('bank.added'), of.added.length],
    [t('bank.removed'), of.removed.length],
    [t('bank.same'), same],
  ] as const
  const turn = pages > 1 && (
    <>
      <p>{t('bank.pageOf', { page, pages })}</p>
      <Turn context={context} of={t('bank.against')} page={page} pages={pages} count={CHANGES_A_PAGE} />
    </>
  )
  return (
    <>
      <section class="card" aria-label={t('bank.against')}>
        <Terms className="facts" terms={figures} />
        {isFirst && <p>{t('bank.first')}</p>}
        {!isFirst && terms.length + exactTerms.length === 0 && (
          <p class="quiet">
            {listed.every((list) => of[list].length === 0) && hints.length === 0 && !order
              ? t('bank.identical')
              : t('bank.noTerms')}
          </p>
        )}
        {turn}
      </section>
      {page === 1 && <TermsPart context={context} of={of} budget={budget} />}
      <Part title={t('bank.changed')} count={changed.length}>
        {changed.map((change, i) => (
          <Changed context={context} change={change} open={i < OPEN_AT_ONCE} budget={budget} />
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
          <NamedPart context={context} change={change} budget={budget} />
        ))}
      </Part>
      <Part title={t('bank.study')} count={sheets.length}>
        {sheets.map((change) => (
          <NamedPart context={context} change={change} budget={budget} />
        ))}
      </Part>
      {page === 1 && (
        <>
          <Part title={t('bank.hints')} count={hints.length}>
            <p>{hints.join(', ')}</p>
          </Part>
          <Part title={t('bank.order')} count={order ? 1 : 0}>
            {order && <TextChange before={order.before.join('\n')} after={order.after.join('\n')} budget={budget} />}
          </Part>
        </>
      )}
      {turn && <section class="card">{turn}</section>}
    </>
  )
}
