import { Icon } from '../../../platform/page/icon.tsx'
import { fewText, isEnough, percent, rangeText } from '../figure-tiles.tsx'
import { signed } from '../item-map.tsx'
import type { DeskPageProps } from './desk-props.ts'
import { isWhole } from './outline.ts'

/** How the item did in real exams, where it was ever drawn. */
export const Figures = ({ context, exam, place, report }: DeskPageProps) => {
  const { t } = context
  if (place?.item === undefined || isWhole(place.path)) return null
  const measured = report?.items.filter(({ locale }) => locale === place.locale) ?? []
  return (
    <details class="stat" open>
      <summary>
        <Icon name="bars" small />
        <span>{t('desk.figures')}</span>
        <Icon name="unfold" small turning />
      </summary>
      {measured.length === 0 && <p class="tiny">{t('desk.noFigures')}</p>}
      {measured.map(({ n, facility, discrimination }) => (
        <p class="tiny">
          {isEnough(n)
            ? t('desk.figuresText', {
                count: n,
                facility: percent(facility.value),
                facilityRange: rangeText(context, facility),
                discrimination: discrimination
                  ? t('statistics.discriminationFigures', {
                      value: signed(discrimination.value),
                      low: signed(discrimination.low),
                      high: signed(discrimination.high),
                    })
                  : t('statistics.discriminationMissing'),
              })
            : t('desk.figuresFew', { few: fewText(context, n) })}
        </p>
      ))}
      {report && (
        <p class="tiny">
          <a href={`/staff/exams/${exam.id}/items/${place.item}`}>{t('desk.figuresMore')}</a>
        </p>
      )}
    </details>
  )
}
