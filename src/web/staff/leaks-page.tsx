import type { ExamExposure, ExposedItem } from '../../flows/mark-leaked.ts'
import type { Scope } from '../../flows/read-today.ts'
import { shownTexts } from '../../item/publishing/describe-item.ts'
import { dayTimeText, timeAttribute } from '../../platform/page/dates.ts'
import { Form } from '../../platform/page/form.tsx'
import { RowTable } from '../../platform/page/row-table.tsx'
import { Chip, Note } from '../../platform/page/state.tsx'
import { staffStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { shortTitle } from './bank/comparison.tsx'
import { firstHolding } from './bank/search-items.ts'
import { fewText, isEnough } from './figure-tiles.tsx'
import { ExamField, scopeHref, titleOf } from './scope.tsx'
import { SearchField } from './search-field.tsx'
import { TypedWhy } from './typed-why.tsx'

export const leakOutcomes = ['done', 'already', 'refused'] as const

interface LeaksProps {
  readonly context: PageContext
  readonly exams: readonly ExamExposure[]
  /** Of one exam where it names one. */
  readonly scope: Scope
  /** Words that were found outside; empty where nothing is looked for. */
  readonly q: string
  readonly outcome?: (typeof leakOutcomes)[number] | undefined
  /** What was given of a leak that was not noted. */
  readonly typed?: TypedLeak | undefined
}

interface TypedLeak {
  readonly item: string
  readonly why: string
}

/** Where words are sought: whoever looks here is not noted as one who saw keys, so nothing may tell of one. */
const textsOf = ({ id, asks }: ExposedItem): readonly string[] => [
  id,
  ...('kind' in asks ? Object.values(asks.title) : shownTexts(asks.of)),
]

const nameOf = ({ asks }: ExposedItem, locale: PageContext['locale']): string =>
  'kind' in asks ? (asks.title[locale] ?? asks.title.ja ?? '') : shortTitle(asks.of, locale)

/** Items that anybody is shown before the rest is asked for. */
const SHOWN = 12
const MOST_FOUND = 50
/** Items of an exam that a page holds a form for; more are found by their words. */
const MOST_LISTED = 200

const skillText = (
  skills: ExamExposure['skills'],
  { skill, difficulty }: { readonly skill: string; readonly difficulty: number },
  locale: PageContext['locale'],
): string => {
  const name = skills.find(({ id }) => id === skill)?.name
  return `${name?.[locale] ?? name?.ja ?? skill} · ${difficulty}`
}

/** How many papers held it, and which share of them all where these are enough. */
const papersText = (papers: number, of: number): string =>
  isEnough(of) ? `${papers} (${((papers / of) * 100).toFixed(1)} %)` : `${papers}`

const Row = ({
  context: { t, locale },
  of: { exam, papers, skills },
  item,
  why,
}: {
  context: PageContext
  of: ExamExposure
  item: ExposedItem
  why: string | undefined
}) => (
  <tr role="row">
    <th scope="row" role="rowheader" class="all">
      {'kind' in item.asks ? (
        <b>{nameOf(item, locale)}</b>
      ) : (
        <a href={`/staff/exams/${exam}/items/${encodeURIComponent(item.id)}`}>{nameOf(item, locale)}</a>
      )}
      <span class="sub mono">{item.id}</span>
      {item.status === 'dormant' && <Chip icon="clock">{t('leaks.dormant')}</Chip>}
      {item.status === 'honeypot' && (
        <Chip tone="wait" icon="flag">
          {t('leaks.honeypot')}
        </Chip>
      )}
      {item.leak && (
        <span class="sub">
          {t('leaks.found')}{' '}
          <time datetime={timeAttribute(item.leak.leakedAt)}>{dayTimeText(locale, item.leak.leakedAt)}</time> ·{' '}
          {item.leak.why}
        </span>
      )}
    </th>
    <td role="cell" data-label={t('leaks.skill')}>
      {'kind' in item.asks ? t(`staff.kind.${item.asks.kind}`) : skillText(skills, item.asks, locale)}
    </td>
    <td role="cell" class="num" data-label={t('leaks.papers')}>
      {papersText(item.use.papers, papers)}
    </td>
    <td role="cell" class="num" data-label={t('leaks.cost')}>
      {t('leaks.costFigures', { graded: item.use.graded, passed: item.use.passed })}
    </td>
    <td role="cell" class="r all">
      {item.leak ? (
        <Chip tone="bad" icon="alert">
          {t('leaks.leaked')}
        </Chip>
      ) : (
        <details class="more" open={why !== undefined}>
          <summary aria-label={`${t('leaks.mark')}: ${nameOf(item, locale)} ${item.id}`}>{t('leaks.mark')}</summary>
          <Form method="post" action="/staff/leaks" class="acts">
            <input type="hidden" name="exam" value={exam} />
            <input type="hidden" name="item" value={item.id} />
            <p class="field">
              <label for={`why-${item.id}`}>{t('leaks.where')}</label>
              <input
                class="input"
                id={`why-${item.id}`}
                name="why"
                value={why}
                required
                maxlength={400}
                autocomplete="off"
              />
            </p>
            <button class="btn outline s">{t('leaks.mark')}</button>
          </Form>
        </details>
      )}
    </td>
  </tr>
)

const Exam = ({ context, of, q, typed }: Pick<LeaksProps, 'context' | 'q' | 'typed'> & { of: ExamExposure }) => {
  const { t, locale } = context
  const { exam, title, papers, items } = of
  const name = titleOf(context, { id: exam, title })
  const leaked = items.filter(({ leak }) => leak)
  const decoys = items.filter(({ status }) => status === 'honeypot')
  const bankLeaks = decoys.filter(({ leak }) => leak)
  const first =
    q === ''
      ? items.slice(0, Math.min(MOST_LISTED, Math.max(SHOWN, leaked.length + decoys.length)))
      : firstHolding(items, { q, textsOf, most: MOST_FOUND })
  const rest = q === '' ? items.slice(first.length, MOST_LISTED) : []
  const others = q === '' ? items.length - first.length - rest.length : 0
  const table = (rows: readonly ExposedItem[], caption: string) => (
    <RowTable
      caption={caption}
      columns={[t('leaks.item'), t('leaks.skill'), t('leaks.papers'), t('leaks.cost')]}
      action={t('leaks.mark')}
    >
      {rows.map((item) => (
        <Row context={context} of={of} item={item} why={typed?.item === item.id ? typed.why : undefined} />
      ))}
    </RowTable>
  )
  return (
    <section class="card" aria-labelledby={`leaks-${exam}`}>
      <div class="card-head">
        <h2 id={`leaks-${exam}`}>{name}</h2>
        <Chip tone={leaked.length > 0 ? 'bad' : 'ok'} icon={leaked.length > 0 ? 'alert' : 'check'}>
          {t('leaks.count', { count: leaked.length })}
        </Chip>
      </div>
      {bankLeaks.length > 0 && (
        <Note tone="bad" icon="alert" title={t('leaks.bankLeaked')}>
          <p>
            {t('leaks.bankLeakedText', { items: bankLeaks.map((item) => nameOf(item, locale)).join(t('list.comma')) })}
          </p>
        </Note>
      )}
      <p class="quiet">
        {t('leaks.drawn', { papers, items: items.length })}
        {!isEnough(papers) && ` ${fewText(context, papers)}`}
        {decoys.length > 0 && ` ${t('leaks.honeypotLead')}`}
      </p>
      {first.length === 0 ? (
        <p class="quiet">{t(q === '' ? 'leaks.none' : 'leaks.notFound')}</p>
      ) : (
        table(first, `${name}: ${t('leaks.most')}`)
      )}
      {rest.length > 0 && (
        <details class="more">
          <summary>{t('leaks.rest', { count: rest.length })}</summary>
          {table(rest, `${name}: ${t('leaks.rest', { count: rest.length })}`)}
        </details>
      )}
      {others > 0 && <p class="quiet">{t('leaks.others', { count: others })}</p>}
    </section>
  )
}

/** What leaked and what it cost: how often each item was drawn, and how many passed with it on their paper. */
export const LeaksPage = ({ context, exams, scope, q, outcome, typed }: LeaksProps) => {
  const { t } = context
  const isKnown = exams.some(({ exam }) => exam === scope.exam)
  const asked = exams.filter(({ exam }) => !isKnown || exam === scope.exam)
  return (
    <Page styles={staffStyles} context={context} title={t('leaks.title')} tab="/staff/leaks" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('leaks.title')}</h1>
            <p class="quiet">{t('leaks.lead')}</p>
          </div>
        </div>
        <div class="stack s">
          {outcome && (
            <Note tone={outcome === 'done' ? 'ok' : 'bad'} icon={outcome === 'done' ? 'check' : 'alert'} role="status">
              <p>{t(`leaks.outcome.${outcome}`)}</p>
              {typed && <TypedWhy context={context} why={typed.why} />}
            </Note>
          )}
          <Form method="get" action="/staff/leaks" class="picker" role="search">
            <SearchField name={t('leaks.seek')} hint={t('leaks.seekHint')} value={q} maxLength={200} />
            <input type="hidden" name="days" value={String(scope.days)} />
            {scope.locale && <input type="hidden" name="language" value={scope.locale} />}
            <ExamField context={context} scope={scope} exams={exams.map(({ exam: id, title }) => ({ id, title }))} />
            <button class="btn ghost s">{t('staff.find')}</button>
            {q !== '' && (
              <a class="btn ghost s" href={scopeHref('/staff/leaks', scope)}>
                {t('leaks.all')}
              </a>
            )}
          </Form>
          {exams.length === 0 && <p class="card quiet">{t('leaks.noExams')}</p>}
          {asked.map((of) => (
            <Exam context={context} of={of} q={q} typed={typed} />
          ))}
        </div>
      </main>
    </Page>
  )
}
