import type { MeasuredPoint, Scope } from '../../flows/read-today.ts'
import type { Bank } from '../../item/bank.ts'
import { Form } from '../../platform/page/form.tsx'
import { Cell, type Column, RowTable } from '../../platform/page/row-table.tsx'
import { Chip } from '../../platform/page/state.tsx'
import { nameOfLanguage } from '../../platform/page/words.ts'
import { staffStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { shortTitle } from './bank/comparison.tsx'
import { percent, SampleNote } from './figure-tiles.tsx'
import { ItemMap, MapLegend, signed } from './item-map.tsx'
import { FlagChip } from './item-statistics.tsx'
import { itemHref, ScopeFields, scopeHref, titleOf } from './scope.tsx'

const A_PAGE = 50

export const itemFilters = ['flagged', 'suspect'] as const
export type ItemFilter = (typeof itemFilters)[number]

interface ItemsProps {
  readonly context: PageContext
  readonly scope: Scope
  readonly exams: readonly Bank['exam'][]
  readonly isSample: boolean
  /** Most urgent first. */
  readonly points: readonly MeasuredPoint[]
  readonly only?: ItemFilter | undefined
  /** From 1. */
  readonly page: number
}

const holds: Readonly<Record<ItemFilter, (point: MeasuredPoint) => boolean>> = {
  flagged: ({ flags }) => flags.length > 0,
  suspect: ({ flags }) => flags.includes('negative-discrimination'),
}

const hrefOf = (scope: Scope, more: Readonly<Record<string, string | undefined>>): string =>
  scopeHref('/staff/items', scope, more)

const Row = ({
  context,
  point,
  exam,
  columns,
}: {
  context: PageContext
  point: MeasuredPoint
  exam: string
  columns: readonly Column[]
}) => {
  const { t, locale } = context
  const [, language, n, facility, discrimination, flags] = columns as [Column, Column, Column, Column, Column, Column]
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="all">
        <a href={itemHref(point)}>{shortTitle(point.of, locale)}</a>
        <span class="sub">{`${exam} · ${point.item}`}</span>
      </th>
      <Cell column={language}>{nameOfLanguage(point.locale)}</Cell>
      <Cell column={n}>{point.n}</Cell>
      <Cell column={facility}>
        {`${percent(point.facility.value)}%`}
        <span class="sub">
          {t('list.range', { low: percent(point.facility.low), high: percent(point.facility.high) })}
        </span>
      </Cell>
      <Cell column={discrimination}>
        {point.discrimination ? signed(point.discrimination.value) : '–'}
        {point.discrimination && (
          <span class="sub">
            {t('list.range', { low: signed(point.discrimination.low), high: signed(point.discrimination.high) })}
          </span>
        )}
      </Cell>
      <Cell column={flags}>
        <span class="chips">
          {point.flags.map((flag) => (
            <FlagChip context={context} flag={flag} />
          ))}
          {point.flags.length === 0 && (
            <Chip tone="ok" icon="check">
              {t('items.kind.fine')}
            </Chip>
          )}
        </span>
      </Cell>
    </tr>
  )
}

/** All measured items of the live versions: the map, and the list, in which those to look at come first. */
export const MeasuredItemsPage = ({ context, scope, exams, isSample, points, only, page }: ItemsProps) => {
  const { t } = context
  const columns: readonly Column[] = [
    { title: t('leaks.item') },
    { title: t('scope.language') },
    { title: t('leaks.papers'), figures: true },
    { title: t('statistics.facility'), figures: true },
    { title: t('statistics.discrimination'), figures: true },
    { title: t('staff.state') },
  ]
  const fitting = only ? points.filter(holds[only]) : points
  const shown = fitting.slice((page - 1) * A_PAGE, page * A_PAGE)
  const titles = new Map(exams.map((exam) => [exam.id, titleOf(context, exam)]))
  return (
    <Page styles={staffStyles} context={context} title={t('nav.items')} tab="/staff/items" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('nav.items')}</h1>
            <p class="quiet">{t('items.lead')}</p>
            <SampleNote context={context} isSample={isSample} />
          </div>
          <Form method="get" action="/staff/items" class="picker">
            <input type="hidden" name="days" value={String(scope.days)} />
            <ScopeFields context={context} scope={scope} exams={exams} />
            {only && <input type="hidden" name="only" value={only} />}
            <button class="btn ghost s">{t('scope.show')}</button>
          </Form>
        </div>
        <div class="stack s">
          {points.length > 0 && (
            <section class="card" aria-labelledby="map">
              <div class="card-head">
                <h2 id="map">{t('items.map')}</h2>
                <MapLegend context={context} />
              </div>
              <ItemMap context={context} points={points} />
            </section>
          )}
          <nav class="filt" aria-label={t('staff.filter')}>
            {([undefined, ...itemFilters] as const).map((filter) => (
              <a href={hrefOf(scope, { only: filter })} aria-current={filter === only ? 'true' : undefined}>
                {t(filter === undefined ? 'staff.all' : `items.kind.${filter}`)}
                <b>{filter ? points.filter(holds[filter]).length : points.length}</b>
              </a>
            ))}
          </nav>
          <section class="card" aria-label={t('items.all')}>
            {shown.length === 0 ? (
              <p class="quiet">{t(points.length === 0 ? 'items.mapNone' : 'items.flaggedNone')}</p>
            ) : (
              <RowTable caption={t('items.all')} columns={columns}>
                {shown.map((point) => (
                  <Row context={context} point={point} exam={titles.get(point.exam) ?? point.exam} columns={columns} />
                ))}
              </RowTable>
            )}
            {fitting.length > page * A_PAGE && (
              <a class="btn ghost s" href={hrefOf(scope, { only, page: String(page + 1) })}>
                {t('staff.more')}
              </a>
            )}
            <p class="tiny">
              {t('items.unmeasured')}{' '}
              {exams.map((exam, n) => (
                <>
                  {n > 0 && t('list.comma')}
                  <a href={`/staff/exams/${exam.id}`}>{titleOf(context, exam)}</a>
                </>
              ))}
            </p>
          </section>
        </div>
      </main>
    </Page>
  )
}
