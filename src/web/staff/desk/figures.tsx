import { Icon } from '../../../platform/page/icon.tsx'
import type { DeskPageProps } from './desk-props.ts'
import { isWhole } from './outline.ts'

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** How the item did in real exams, where it was ever drawn. */
export const Figures = ({ context: { t }, exam, place, report }: DeskPageProps) => {
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
          {t('desk.figuresText', {
            count: n,
            facility: percent(facility.value),
            discrimination: discrimination === undefined ? '–' : discrimination.value.toFixed(2),
          })}
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
