import type { Instant } from '../../kernel/instant.ts'
import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'
import type { RowEntry, SearchCounts } from '../flows/show-market.ts'
import { skills } from '../people/skill.ts'
import { type Category, categories } from '../people/worker.ts'
import type { Place } from '../search/market.ts'
import {
  type FacetGroup,
  facetGroups,
  facetOptions,
  isOpen,
  type Sort,
  sorts,
  type WorkerFilter,
} from '../search/worker-filter.ts'
import { link } from './links.ts'
import { Page, type Reader } from './parts/layout.tsx'
import { PersonCard } from './parts/person-card.tsx'
import { searchStyles } from './styles.ts'

export const PEOPLE_PER_PAGE = 10
const PLACES_ABOVE_ROW = 6
/** Skills that are offered for ticking, those that leave most; beside those that are ticked. */
const SKILLS_OFFERED = 6

/** The parameter of a group of conditions. */
export const parameterOf = {
  exams: 'exam',
  bands: 'reviews',
  times: 'time',
  skills: 'skill',
} as const satisfies Readonly<Record<FacetGroup, string>>

export interface SearchView {
  readonly reader: Reader
  readonly category: Category | undefined
  readonly filter: WorkerFilter
  readonly sort: Sort
  readonly counts: SearchCounts
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
  ...Object.fromEntries(facetGroups.map((group) => [parameterOf[group], filter[group] as readonly string[]])),
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
        <input
          class="input"
          id="q"
          name="q"
          type="search"
          maxlength={100}
          placeholder={reader.t('market.search.example')}
          value={filter.words}
        />
        <button class="btn s primary" type="submit">
          <Icon name="search" small />
          {reader.t('market.search.go')}
        </button>
      </Form>
    </search>
  )
}

/** What of a group is offered, in order. */
function offeredOf(group: FacetGroup, { filter, counts, category }: SearchView): readonly string[] {
  if (group === 'exams' && category) return [category]
  if (group !== 'skills') return facetOptions[group]
  const count = (option: string) => counts.facets.skills[option] ?? 0
  const most = [...facetOptions.skills].sort((a, b) => count(b) - count(a)).slice(0, SKILLS_OFFERED)
  return facetOptions.skills.filter(
    (option) => filter.skills.includes(option) || (most.includes(option) && count(option) > 0),
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function Group({ group, view }: { group: FacetGroup; view: SearchView }) {
  const { t, locale } = view.reader
  const options = offeredOf(group, view)
  const asked: readonly string[] = view.filter[group]
  const nameOf = (option: string): string => {
    if (group === 'exams') return `${t(`market.exam.${option as Category}`)} ${t('market.level', { level: 3 })}`
    const skill = skills.find(({ id }) => id === option)
    return skill ? capital(skill[locale]) : (t.find(`market.search.options.${option}`) ?? option)
  }
  if (options.length === 0) return null
  return (
    <fieldset>
      <legend>{t(`market.search.groups.${group}`)}</legend>
      {options.map((option) => (
        <label class="check facet">
          <input type="checkbox" name={parameterOf[group]} value={option} checked={asked.includes(option)} />
          <span>{nameOf(option)}</span>
          <small>{t('market.search.count', { n: view.counts.facets[group][option] ?? 0 })}</small>
        </label>
      ))}
    </fieldset>
  )
}

function RateRange({ reader: { t }, filter }: SearchView) {
  const bound = (name: 'rateMin' | 'rateMax', example: string) => (
    <label>
      <span class="unseen">{t(`market.search.${name}`)}</span>
      <input
        class="input"
        type="text"
        inputmode="numeric"
        name={name}
        placeholder={example}
        value={filter[name]?.toString() ?? ''}
      />
    </label>
  )
  return (
    <fieldset class="range">
      <legend>{t('market.search.rate')}</legend>
      {bound('rateMin', '1,000')}
      <span aria-hidden="true">〜</span>
      {bound('rateMax', '3,000')}
      <span aria-hidden="true">{t('market.search.yen')}</span>
    </fieldset>
  )
}

/** How many conditions are in force. */
const conditionsOf = (filter: WorkerFilter): number =>
  facetGroups.reduce((sum, group) => sum + filter[group].length, 0) +
  Number(filter.rateMin !== undefined || filter.rateMax !== undefined)

function Filters(view: SearchView) {
  const { reader, filter } = view
  const { t, locale } = reader
  const { category, q, sort } = parametersOf(view)
  return (
    <details class="card filters">
      <summary>
        <Icon name="narrow" small />
        <span>{t('market.search.narrow', { n: conditionsOf(filter) })}</span>
        <Icon name="right" small turning />
      </summary>
      <Form action="/workers">
        <Kept reader={reader} fields={{ category, q, sort }} />
        <Group group="exams" view={view} />
        <Group group="bands" view={view} />
        <Group group="times" view={view} />
        <RateRange {...view} />
        <Group group="skills" view={view} />
        <button class="btn s outline full" type="submit">
          {t('market.search.apply')}
        </button>
        {!isOpen(filter) && (
          <a class="btn s ghost full" href={link(locale, '/workers', { category, q, sort })}>
            {t('market.search.clear')}
          </a>
        )}
      </Form>
    </details>
  )
}

function Switch(view: SearchView) {
  const { reader, category, counts } = view
  const { t, locale } = reader
  return (
    <nav class="switch" aria-label={t('market.search.categories')}>
      {[undefined, ...categories].map((one) => (
        <a
          href={link(locale, '/workers', { ...parametersOf(view), category: one })}
          aria-current={one === category ? 'page' : undefined}
        >
          {one ? t(`market.category.${one}`) : t('market.allCategories')}
          <small>{t('market.search.count', { n: counts.totals.get(one) ?? 0 })}</small>
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
      <a class="tiny" href={link(reader.locale, '/ranking')}>
        {t('market.search.footnoteLink')}
      </a>
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
  const { reader, places, now, sort, page } = view
  const { t } = reader
  const unexplained = sort !== 'ranked'
  if (places.length === 0) {
    return (
      <div class="card flow">
        <p>
          <b>{t('market.search.nobody')}</b>
        </p>
        <p class="small">{t('market.search.nobodyNext')}</p>
        <a class="btn s outline" href={link(reader.locale, '/workers', { category: view.category })}>
          {t('market.search.clear')}
        </a>
      </div>
    )
  }
  return (
    <div>
      <div class="sortline">
        <p class="tiny">
          {t('market.search.range', {
            from: (page - 1) * PEOPLE_PER_PAGE + 1,
            to: (page - 1) * PEOPLE_PER_PAGE + places.length,
          })}
        </p>
        <Sorts {...view} />
      </div>
      <ol class="results">
        {places.slice(0, PLACES_ABOVE_ROW).map((place) => (
          <PersonCard reader={reader} place={place} now={now} unexplained={unexplained} />
        ))}
        <NewcomersRow {...view} />
        {places.slice(PLACES_ABOVE_ROW).map((place) => (
          <PersonCard reader={reader} place={place} now={now} unexplained={unexplained} />
        ))}
      </ol>
      <Pager {...view} />
    </div>
  )
}

export function SearchPage(view: SearchView) {
  const { reader, category, total, sort } = view
  const { t } = reader
  const title = category ? t(`market.category.${category}`) : t('market.search.title')
  return (
    <Page styles={searchStyles} reader={reader} title={title} current="search">
      <main id="main" class="wrap search">
        <div class="head">
          <div>
            <h1>{title}</h1>
            {total > 0 && (
              <p class="lead">{t('market.search.found', { n: total, ranked: String(sort === 'ranked') })}</p>
            )}
          </div>
          <WordSearch {...view} />
        </div>
        <Switch {...view} />
        <div class="market">
          <Filters {...view} />
          <Results {...view} />
        </div>
      </main>
    </Page>
  )
}
