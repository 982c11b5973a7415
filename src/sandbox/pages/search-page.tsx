import type { Instant } from '../../kernel/instant.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import type { RowEntry } from '../flows/show-market.ts'
import { type Category, categories } from '../people/worker.ts'
import type { Place } from '../search/market.ts'
import { type FacetCounts, reviewBands, type Sort, sorts, type WorkerFilter } from '../search/worker-filter.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'
import { PersonCard } from './parts/person-card.tsx'
import { searchStyles } from './styles.ts'

export const PEOPLE_PER_PAGE = 10
const PLACES_ABOVE_ROW = 6

export interface SearchView {
  readonly reader: Reader
  readonly category: Category | undefined
  readonly filter: WorkerFilter
  readonly sort: Sort
  readonly facets: FacetCounts
  /** How many match on all pages. */
  readonly total: number
  /** Those on this page, in order. */
  readonly places: readonly Place[]
  /** Newcomers beside the first ten, drawn by lot. */
  readonly row: readonly RowEntry[]
  /** The draw of page 1, on later pages as well. */
  readonly drawId: string | undefined
  /** From 1. */
  readonly page: number
  readonly now: Instant
}

const parametersOf = ({ category, filter, sort }: SearchView) => ({
  category,
  sort: sort === 'ranked' ? '' : sort,
  q: filter.words,
  certified: filter.certified ? '1' : '',
  reviews: filter.bands,
  rateMin: filter.rateMin?.toString(),
  rateMax: filter.rateMax?.toString(),
})

/** What a form must carry along for the parts of the search it does not ask for. */
const Kept = ({
  reader,
  fields,
}: {
  reader: Reader
  fields: Readonly<Record<string, string | readonly string[] | undefined>>
}) => (
  <>
    {Object.entries({ ...fields, lang: reader.locale === 'en' ? 'en' : '' }).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : (value ?? []))
        .filter((one) => one !== '')
        .map((one) => <input type="hidden" name={name} value={one} />),
    )}
  </>
)

function WordSearch(view: SearchView) {
  const { reader, filter } = view
  const { q: _q, ...rest } = parametersOf(view)
  return (
    <search class="finder">
      <Form class="find" action="/workers">
        <Kept reader={reader} fields={rest} />
        <label class="unseen" for="q">
          {reader.t('market.search.words')}
        </label>
        <input class="input" id="q" name="q" type="search" maxlength={100} value={filter.words} />
        <button class="btn s primary" type="submit">
          <Icon name="search" small />
          {reader.t('market.search.go')}
        </button>
      </Form>
    </search>
  )
}

function Facet({ name, value, said, n, on }: { name: string; value: string; said: string; n: number; on: boolean }) {
  return (
    <label class="check facet">
      <input type="checkbox" name={name} value={value} checked={on} />
      <span>{said}</span>
      <small>{n}</small>
    </label>
  )
}

function Filters(view: SearchView) {
  const { reader, filter, facets } = view
  const { t } = reader
  const { category, q, sort } = parametersOf(view)
  return (
    <details class="card filters">
      <summary>
        <Icon name="narrow" small />
        <span>{t('market.search.narrow')}</span>
        <Icon name="right" small />
      </summary>
      <Form action="/workers">
        <Kept reader={reader} fields={{ category, q, sort }} />
        <fieldset>
          <legend>{t('market.search.certificate')}</legend>
          <Facet
            name="certified"
            value="1"
            said={t('market.search.certified')}
            n={facets.certified}
            on={filter.certified}
          />
        </fieldset>
        <fieldset>
          <legend>{t('market.search.reviewCount')}</legend>
          {reviewBands.map((band) => (
            <Facet
              name="reviews"
              value={band}
              said={t(`market.search.bands.${band}`)}
              n={facets.bands[band]}
              on={filter.bands.includes(band)}
            />
          ))}
        </fieldset>
        <fieldset class="range">
          <legend>{t('market.search.rate')}</legend>
          <label>
            <span>{t('market.search.rateFrom')}</span>
            <input
              class="input"
              type="text"
              inputmode="numeric"
              name="rateMin"
              value={filter.rateMin?.toString() ?? ''}
            />
          </label>
          <label>
            <span>{t('market.search.rateTo')}</span>
            <input
              class="input"
              type="text"
              inputmode="numeric"
              name="rateMax"
              value={filter.rateMax?.toString() ?? ''}
            />
          </label>
        </fieldset>
        <button class="btn s outline full" type="submit">
          {t('market.search.apply')}
        </button>
      </Form>
    </details>
  )
}

function Switch(view: SearchView) {
  const { reader, category } = view
  const { t, locale } = reader
  return (
    <nav class="switch" aria-label={t('market.search.categories')}>
      {[undefined, ...categories].map((one) => (
        <a
          href={link(locale, '/workers', { ...parametersOf(view), category: one })}
          aria-current={one === category ? 'page' : undefined}
        >
          {one ? t(`market.category.${one}`) : t('market.allCategories')}
        </a>
      ))}
    </nav>
  )
}

function Sorts(view: SearchView) {
  const { t, locale } = view.reader
  return (
    <nav class="sorts" aria-label={t('market.search.sort')}>
      <span aria-hidden="true">{t('market.search.sort')}</span>
      {sorts.map((sort) => (
        <a
          href={link(locale, '/workers', parametersOf({ ...view, sort }))}
          aria-current={sort === view.sort ? 'true' : undefined}
        >
          {t(`market.search.sorts.${sort}`)}
        </a>
      ))}
    </nav>
  )
}

function Pager(view: SearchView) {
  const { reader, total, page, drawId } = view
  const { t } = reader
  const last = Math.max(1, Math.ceil(total / PEOPLE_PER_PAGE))
  const to = (target: number) =>
    link(reader.locale, '/workers', {
      ...parametersOf(view),
      page: target === 1 ? '' : String(target),
      draw: drawId,
    })
  return (
    <nav class="btns" aria-label={t('market.search.pages')}>
      {page > 1 && (
        <a class="btn s ghost" href={to(page - 1)} rel="prev">
          <Icon name="left" small />
          {t('market.search.previous')}
        </a>
      )}
      <span class="tiny">{t('market.search.page', { page, of: last })}</span>
      {page < last && (
        <a class="btn s ghost" href={to(page + 1)} rel="next">
          {t('market.search.next')}
          <Icon name="right" small />
        </a>
      )}
    </nav>
  )
}

const isForFirstDays = ({ reasons }: RowEntry): boolean => reasons.some(({ code }) => code === 'row-first-days')

/** Newcomers by lot, or in the days after their pass, beside the ten places of page 1. */
function NewcomersRow({ reader, row, drawId, now }: SearchView) {
  if (row.length === 0) return null
  return (
    <li class="newcomers">
      <h2>
        <Icon name="sprout" small />
        {reader.t('market.search.row', { n: row.length, byLot: String(!row.some(isForFirstDays)) })}
      </h2>
      <ul>
        {row.map((place) => (
          <PersonCard reader={reader} place={place} now={now} draw={drawId} />
        ))}
      </ul>
    </li>
  )
}

function Results(view: SearchView) {
  const { reader, places, now, sort } = view
  const { t } = reader
  const unexplained = sort !== 'ranked'
  if (places.length === 0) {
    return (
      <div class="card flow">
        <p>{t('market.search.nobody')}</p>
        <a class="btn s outline" href={link(reader.locale, '/workers', { category: view.category })}>
          {t('market.search.clear')}
        </a>
      </div>
    )
  }
  return (
    <div class="stack">
      <ol class="results">
        {places.slice(0, PLACES_ABOVE_ROW).map((place) => (
          <PersonCard reader={reader} place={place} now={now} unexplained={unexplained} />
        ))}
        <NewcomersRow {...view} />
        {places.slice(PLACES_ABOVE_ROW).map((place) => (
          <PersonCard reader={reader} place={place} now={now} unexplained={unexplained} />
        ))}
      </ol>
      <p class="tiny">
        {t('market.search.footnote')} <a href={link(reader.locale, '/ranking')}>{t('market.search.footnoteLink')}</a>
      </p>
      <Pager {...view} />
    </div>
  )
}

export function SearchPage(view: SearchView) {
  const { reader, category, total } = view
  const { t } = reader
  const title = category ? t(`market.category.${category}`) : t('market.search.title')
  return (
    <Page styles={searchStyles} reader={reader} title={title} current="search">
      <main id="main" class="wrap search">
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">{t('market.search.found', { n: total })}</p>
          </div>
          <WordSearch {...view} />
        </div>
        <div class="choices">
          <Switch {...view} />
          <Sorts {...view} />
        </div>
        <div class="market">
          <Filters {...view} />
          <Results {...view} />
        </div>
      </main>
    </Page>
  )
}
