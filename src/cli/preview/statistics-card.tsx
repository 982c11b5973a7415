import type { CompiledItem } from '../../authoring/compare-locales.ts'
import type { Language } from '../../authoring/said.ts'
import type { Locale } from '../../item/item.ts'
import type { ItemOption } from '../../item/types/item-type.ts'
import {
  FEWEST_FOR_DISCRIMINATION,
  optionsOf,
  rateDiscrimination,
  rateFacility,
} from '../../measurement/item-analysis.ts'
import { type StatisticsRow, shortHash } from '../statistics/statistics-file.ts'
import { type Translate, textsOf } from '../texts.ts'

const percent = (share: number): string => `${Math.round(share * 100)}%`
const signed = (value: number): string => (value < 0 ? `−${Math.abs(value).toFixed(2)}` : value.toFixed(2))

const figuresOf = ({ facility, discrimination, unanswered, medianSeconds }: StatisticsRow, t: Translate): string =>
  [
    t('results.facilityFigures', {
      value: percent(facility.value),
      low: percent(facility.low),
      high: percent(facility.high),
    }),
    discrimination &&
      t('results.discriminationFigures', {
        value: signed(discrimination.value),
        low: signed(discrimination.low),
        high: signed(discrimination.high),
      }),
    unanswered > 0 && t('results.unanswered', { share: percent(unanswered) }),
    medianSeconds !== undefined &&
      medianSeconds >= 1 &&
      t('results.seconds', { seconds: String(Math.round(medianSeconds)) }),
  ]
    .filter((figure) => typeof figure === 'string')
    .join(' · ')

const sentencesOf = (row: StatisticsRow, t: Translate): string =>
  [
    t('results.papers', { n: row.n, date: row.date }),
    t(`results.facility.${rateFacility(row)}`),
    row.n < FEWEST_FOR_DISCRIMINATION ? t('results.few') : t(`results.discrimination.${rateDiscrimination(row)}`),
  ].join(t('results.space'))

/** An ordering of five has 25 pairs of place and text: of so many, only the right ones and those that somebody picked. */
const MOST_ROWS = 12

const Picks = ({ row, options, t }: { row: StatisticsRow; options: readonly ItemOption[]; t: Translate }) => {
  const picks = new Map(row.picks.map(({ id, picks }) => [id, picks]))
  const shown =
    options.length <= MOST_ROWS ? options : options.filter(({ id, isKey }) => isKey || (picks.get(id) ?? 0) > 0)
  return (
    <details class="secret" data-part={`picks-${row.locale}`}>
      <summary>{t('results.options')}</summary>
      <div lang={row.locale}>
        <table class="counts">
          <thead>
            <tr>
              <th scope="col">{t('results.option')}</th>
              <th scope="col">{t('results.picks')}</th>
              <th scope="col">{t('results.share')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, group, text, isKey }) => {
              const count = picks.get(id) ?? 0
              return (
                <tr>
                  <th scope="row">
                    {group !== undefined && `${group} → `}
                    {text} {isKey && <b class="tiny key">{`✓ ${t('results.key')}`}</b>}
                  </th>
                  <td class="num">{count === 0 ? t('results.nobody') : count}</td>
                  <td class="num">{percent(count / row.n)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </details>
  )
}

const Current = ({ row, options, t }: { row: StatisticsRow; options: readonly ItemOption[]; t: Translate }) => (
  <div class="stat" data-locale={row.locale}>
    <p>
      <b>{t(`results.locale.${row.locale}`)}</b> {sentencesOf(row, t)}
    </p>
    <p class="tiny num">{figuresOf(row, t)}</p>
    {row.flags.length > 0 && (
      <ul class="found">
        {row.flags.map((flag) => (
          <li data-severity={flag === 'negative-discrimination' ? 'error' : 'warning'}>
            <p>
              <b aria-hidden="true">▲</b>
              {t(`results.flags.${flag}`)}
            </p>
          </li>
        ))}
      </ul>
    )}
    {options.length > 0 && <Picks row={row} options={options} t={t} />}
  </div>
)

/** How the item did in real exams: as it is now and, apart from that, as it was before; nothing where nobody took it. */
interface StatisticsCardProps {
  readonly rows: readonly StatisticsRow[]
  readonly compiled: CompiledItem
  /** In the order in which the item's own sides stand. */
  readonly locales: readonly Locale[]
  readonly language: Language
}

export function StatisticsCard({ rows, compiled, locales, language }: StatisticsCardProps) {
  if (rows.length === 0) return null
  const t = textsOf(language)
  const { item } = compiled
  const isCurrent = ({ hash }: StatisticsRow) => item !== undefined && hash === shortHash(item.hash)
  const older = rows.filter((row) => !isCurrent(row))
  const optionsIn = (locale: Locale): readonly ItemOption[] => {
    const wording = item?.wordings[locale]
    return wording ? optionsOf(wording.stem, wording.secret.key) : []
  }
  return (
    <section class="stats" aria-label={t('results.title')}>
      <h3>{t('results.title')}</h3>
      {locales.flatMap((locale) =>
        rows
          .filter((row) => row.locale === locale && isCurrent(row))
          .map((row) => <Current row={row} options={optionsIn(locale)} t={t} />),
      )}
      {older.length > 0 && (
        <details class="secret" data-part="older">
          <summary>{t('results.older', { count: older.length })}</summary>
          <div>
            <p>{t('results.olderText')}</p>
            {older.map((row) => (
              <p class="tiny num">{`${t('results.version', { version: row.version })} · ${t(`results.locale.${row.locale}`)} · ${sentencesOf(row, t)} ${figuresOf(row, t)}`}</p>
            ))}
          </div>
        </details>
      )}
    </section>
  )
}
