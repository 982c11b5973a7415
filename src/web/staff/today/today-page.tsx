import { weekdayTimeText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { staffStyles, todayScript } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import { shortTitle } from '../bank/comparison.tsx'
import { Destinations } from '../destinations.tsx'
import { percent, SampleNote } from '../figure-tiles.tsx'
import { HoursBars } from '../hours-bars.tsx'
import { ItemMap, MapLegend, signed } from '../item-map.tsx'
import { FlagChip } from '../item-statistics.tsx'
import { itemHref, ScopePicker, scopeHref, titleOf } from '../scope.tsx'
import { Alerts } from './alerts.tsx'
import { Figures } from './figures.tsx'
import { Funnel } from './funnel.tsx'
import { OpenAttempts } from './open-attempts.tsx'
import type { TodayProps } from './today-props.ts'
import { Weeks } from './weeks.tsx'

const Deliveries = ({ context, today: { deliveries, hours, now } }: Omit<TodayProps, 'scope'>) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="deliveries">
      <div class="card-head">
        <h2 id="deliveries">{t('today.deliveries')}</h2>
        <a class="small" href="/staff/deliveries">
          {t('staff.deliveries')}
          <Icon name="right" small />
        </a>
      </div>
      <HoursBars context={context} now={now} hours={hours} height={72} />
      <Destinations context={context} destinations={deliveries.destinations} />
    </section>
  )
}

const Items = ({ context, scope, today: { map, flagged, flaggedCount } }: TodayProps) => {
  const { t, locale } = context
  return (
    <div class="cols wide">
      <section class={map && map.points.length > 0 ? 'card' : 'card bare'} aria-labelledby="map">
        <div class="card-head">
          <h2 id="map">{t('items.map')}</h2>
          <MapLegend context={context} />
        </div>
        {map && map.points.length > 0 ? (
          <>
            <p class="tiny">
              {t('items.mapNote', {
                exam: titleOf(context, map.exam),
                version: map.exam.version,
                live: map.live,
                count: map.points.length,
              })}
            </p>
            <ItemMap context={context} points={map.points} />
          </>
        ) : (
          <p class="quiet">{t('items.mapNone')}</p>
        )}
      </section>
      <section class={flagged.length === 0 ? 'card bare' : 'card'} aria-labelledby="flagged">
        <div class="card-head">
          <h2 id="flagged">{t('items.flagged', { count: flaggedCount })}</h2>
          <a class="small" href={scopeHref('/staff/items', scope)}>
            {t('items.all')}
            <Icon name="right" small />
          </a>
        </div>
        {flagged.length === 0 ? (
          <p class="quiet">{t('items.flaggedNone')}</p>
        ) : (
          <ol class="flag-list">
            {flagged.map((point) => (
              <li>
                <div>
                  <a href={itemHref(point)}>{shortTitle(point.of, locale)}</a>
                  <small class="sub">
                    {`${point.item}　${percent(point.facility.value)}%　${signed(point.discrimination?.value ?? 0)}`}
                  </small>
                </div>
                {point.flags[0] && <FlagChip context={context} flag={point.flags[0]} />}
              </li>
            ))}
          </ol>
        )}
        <p class="tiny">{t('items.flaggedNote')}</p>
      </section>
    </div>
  )
}

/** The operators' first page: what waits for them, how the exams go, who is sitting one, and which items to look at. */
export const TodayPage = ({ context, scope, today }: TodayProps) => {
  const { t, locale } = context
  return (
    <Page
      styles={staffStyles}
      context={context}
      title={t('today.title')}
      tab="/staff"
      room="staff"
      head={<script type="module" src={todayScript.href} />}
    >
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('today.title')}</h1>
            <p class="quiet">
              <span id="as-of">{t('staff.now', { time: weekdayTimeText(locale, today.now) })}</span>{' '}
              <span
                id="refresh"
                data-on={t('today.live')}
                data-off={t('today.paused')}
                data-pause={t('today.pause')}
                data-resume={t('today.resume')}
              >
                <a href={context.path}>{t('staff.refresh')}</a>
              </span>
            </p>
            <SampleNote context={context} isSample={today.isSample} />
          </div>
          <ScopePicker
            context={context}
            path="/staff"
            scope={scope}
            exams={today.exams}
            also={['/staff/deliveries/replay-dead']}
          />
        </div>
        <div class="stack s" id="now">
          <Alerts context={context} today={today} />
          <Figures context={context} scope={scope} today={today} />
          <div class="cols wide">
            <Funnel context={context} scope={scope} today={today} />
            <Weeks context={context} today={today} />
          </div>
          <div class="cols wide">
            <OpenAttempts context={context} scope={scope} today={today} />
            <Deliveries context={context} today={today} />
          </div>
          <Items context={context} scope={scope} today={today} />
        </div>
      </main>
    </Page>
  )
}
