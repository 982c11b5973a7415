import type { Scope } from '../../../flows/read-today.ts'
import { timeText } from '../destinations.tsx'
import { FigureTiles, fewText, isEnough, percent, shareTile, type Tile } from '../figure-tiles.tsx'
import { scopeHref } from '../scope.tsx'
import type { TodayProps } from './today-props.ts'

/** How the exams go, in six figures, each a link to what is behind it. */
export const Figures = ({ context, scope, today }: TodayProps) => {
  const { t } = context
  const { openCount, startedToday, startedYesterday, passRate, medianMinutes, expired, finished, deliveries } = today
  const list = (state?: string, of: Scope = scope) => scopeHref('/staff/attempts', of, { state })
  const tiles: readonly Tile[] = [
    {
      name: t('today.open'),
      value: openCount,
      unit: t('today.people'),
      note: t('today.quiet', { count: today.quiet }),
      href: list('open'),
    },
    {
      name: t('today.started'),
      value: startedToday,
      unit: t('today.times'),
      note: t('today.yesterday', { count: startedYesterday }),
      href: list(undefined, { ...scope, days: 1 }),
    },
    { name: t('today.passRate'), ...shareTile(context, passRate), href: list('passed') },
    {
      name: t('today.minutes'),
      ...(medianMinutes.minutes === undefined || expired.estimate === undefined
        ? { value: '–', note: fewText(context, medianMinutes.n) }
        : {
            value: medianMinutes.minutes,
            unit: t('unit.minutesWord'),
            note: t('today.minutesNote', { percent: percent(expired.estimate.value) }),
          }),
      href: list('expired'),
    },
    { name: t('today.finished'), ...shareTile(context, finished), href: list('withdrawn') },
    {
      name: t('today.delay'),
      ...(deliveries.median === undefined || !isEnough(deliveries.taken)
        ? {
            value: '–',
            note: t('today.fewDeliveries', { few: fewText(context, deliveries.taken), count: deliveries.waiting }),
          }
        : { value: timeText(context, deliveries.median), note: t('today.delayNote', { count: deliveries.waiting }) }),
      href: '/staff/deliveries',
    },
  ]
  return <FigureTiles label={t('today.figures')} tiles={tiles} />
}
