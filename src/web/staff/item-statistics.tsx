import type { MeasuredItem } from '../../flows/read-item-statistics.ts'
import {
  type DiscriminationRating,
  type FacilityRating,
  FEWEST_FOR_DISCRIMINATION,
  rateDiscrimination,
  rateFacility,
} from '../../measurement/item-analysis.ts'
import type { ItemFlag } from '../../measurement/item-flags.ts'
import type { IconName } from '../../platform/page/icon.tsx'
import { Chip } from '../../platform/page/state.tsx'
import { nameOfLanguage } from '../../platform/page/words.ts'
import type { TextKey } from '../ui/message.ts'
import type { PageContext } from '../ui/page-context.ts'
import { fewText } from './figure-tiles.tsx'

interface ItemStatisticsProps {
  readonly context: PageContext
  /** One version of an item in one language, with its options and keys: for staff only. */
  readonly item: MeasuredItem
  /** Why the key is right, which stands beside it. */
  readonly rationale?: string
}

const facilityTexts = {
  'very-easy': 'statistics.veryEasy',
  easy: 'statistics.easy',
  middling: 'statistics.middling',
  hard: 'statistics.hard',
  'very-hard': 'statistics.veryHard',
} as const satisfies Record<FacilityRating, TextKey>

const discriminationTexts = {
  unknown: 'statistics.unsure',
  reversed: 'statistics.reversed',
  weak: 'statistics.weak',
  fair: 'statistics.fair',
  good: 'statistics.good',
  strong: 'statistics.strong',
} as const satisfies Record<DiscriminationRating, TextKey>

interface FlagLook {
  readonly tone: 'bad' | 'wait'
  readonly icon: IconName
  readonly word: TextKey
  readonly text: TextKey
}

const flagLooks: Readonly<Record<ItemFlag, FlagLook>> = {
  'too-easy': { tone: 'wait', icon: 'up', word: 'statistics.flagEasy', text: 'statistics.flagEasyText' },
  'too-hard': { tone: 'wait', icon: 'down', word: 'statistics.flagHard', text: 'statistics.flagHardText' },
  'low-discrimination': { tone: 'wait', icon: 'bars', word: 'statistics.flagLow', text: 'statistics.flagLowText' },
  'negative-discrimination': {
    tone: 'bad',
    icon: 'alert',
    word: 'statistics.flagNegative',
    text: 'statistics.flagNegativeText',
  },
  'unpicked-option': {
    tone: 'wait',
    icon: 'dots',
    word: 'statistics.flagUnpicked',
    text: 'statistics.flagUnpickedText',
  },
}

/** What an author should look at, in a word. */
export const FlagChip = ({ context: { t }, flag }: { context: PageContext; flag: ItemFlag }) => {
  const { tone, icon, word } = flagLooks[flag]
  return (
    <Chip tone={tone} icon={icon}>
      {t(word)}
    </Chip>
  )
}

const whole = (share: number): number => Math.round(share * 100)
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const signed = (value: number): string => (value < 0 ? `−${Math.abs(value).toFixed(2)}` : value.toFixed(2))

const Flags = ({ context, flags }: { context: PageContext; flags: readonly ItemFlag[] }) => (
  <ul class="flags">
    {flags.map((flag) => (
      <li>
        <FlagChip context={context} flag={flag} /> {context.t(flagLooks[flag].text)}
      </li>
    ))}
    {flags.length === 0 && (
      <li>
        <Chip tone="ok" icon="check">
          {context.t('statistics.noFlags')}
        </Chip>{' '}
        {context.t('statistics.noFlagsText')}
      </li>
    )}
  </ul>
)

/** The facility and its interval on a scale from nobody to everybody. */
const FacilityFigure = ({ context: { t }, item: { facility, item, locale } }: ItemStatisticsProps) => {
  const id = `facility-${item}-${locale}`
  return (
    <svg class="plot" height="20" role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{t('statistics.facility')}</title>
      <desc id={`${id}-desc`}>
        {t('statistics.facilityChart', {
          value: whole(facility.value),
          low: whole(facility.low),
          high: whole(facility.high),
        })}
      </desc>
      <line class="grid" x1="0" x2="100%" y1="10" y2="10" />
      <rect
        class="band"
        x={percent(facility.low)}
        width={percent(facility.high - facility.low)}
        y="5"
        height="10"
        rx="5"
      />
      <circle class="here" cx={percent(facility.value)} cy="10" r="5" />
    </svg>
  )
}

const Figures = ({ context, item }: ItemStatisticsProps) => {
  const { t } = context
  const { facility, discrimination, unanswered, medianSeconds } = item
  const rating = rateDiscrimination(item)
  return (
    <dl class="kv">
      <div>
        <dt>{t('statistics.facility')}</dt>
        <dd>
          <b>{t(facilityTexts[rateFacility(item)])}</b>{' '}
          {t('statistics.facilityFigures', {
            value: whole(facility.value),
            low: whole(facility.low),
            high: whole(facility.high),
          })}
          <FacilityFigure context={context} item={item} />
        </dd>
      </div>
      <div>
        <dt>{t('statistics.discrimination')}</dt>
        <dd>
          {discrimination ? (
            <>
              <b>{t(discriminationTexts[rating])}</b>{' '}
              {t('statistics.discriminationFigures', {
                value: signed(discrimination.value),
                low: signed(discrimination.low),
                high: signed(discrimination.high),
              })}
            </>
          ) : (
            t('statistics.discriminationMissing')
          )}
        </dd>
      </div>
      <div>
        <dt>{t('statistics.unanswered')}</dt>
        <dd>{`${whole(unanswered)} %`}</dd>
      </div>
      {medianSeconds !== undefined && (
        <div>
          <dt>{t('statistics.seconds')}</dt>
          <dd>{t('unit.seconds', { count: Math.round(medianSeconds) })}</dd>
        </div>
      )}
    </dl>
  )
}

/** An ordering of five has 25 pairs of place and text: of so many, only the right ones and those that somebody picked. */
const MOST_ROWS = 12

function shownRows({ options, texts }: MeasuredItem) {
  const rows = options.map((one) => ({ ...one, option: texts.find(({ id }) => id === one.id) }))
  return rows.length <= MOST_ROWS ? rows : rows.filter(({ picks, option }) => picks > 0 || option?.isKey)
}

const Options = ({ context: { t }, item }: ItemStatisticsProps) => {
  const { locale } = item
  const isKnown = item.n >= FEWEST_FOR_DISCRIMINATION
  const hasTails = item.options.some(({ upper }) => upper !== undefined)
  const tail = (share: number | undefined, name: TextKey) => (
    <td role="cell" class="num r" data-label={t(name)}>
      {share === undefined ? '' : `${whole(share)} %`}
    </td>
  )
  return (
    <table class="table" role="table">
      <caption>{t('statistics.options')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {[
            t('statistics.option'),
            t('statistics.picks'),
            ...(isKnown ? [t('statistics.share')] : []),
            ...(hasTails ? [t('statistics.upper'), t('statistics.lower')] : []),
          ].map((column, i) => (
            <th scope="col" role="columnheader" class={i === 0 ? undefined : 'r'}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {shownRows(item).map(({ id, picks, share, upper, lower, option }) => {
          const { text = id, group, isKey = false } = option ?? {}
          // pairs have no letter by which anybody knows them
          const letter = group === undefined && LETTERS[item.options.findIndex((one) => one.id === id)]
          const name = group === undefined ? text : `${group} → ${text}`
          return (
            <tr role="row">
              <th scope="row" role="rowheader" class="all" lang={locale}>
                {letter && <span class="letter">{letter}</span>}
                {name}{' '}
                {isKey && (
                  <Chip tone="ok" icon="check">
                    {t('statistics.key')}
                  </Chip>
                )}
                {isKnown && (
                  <svg
                    class="meter picked"
                    role="img"
                    aria-label={t('statistics.optionChart', { text: name, share: whole(share) })}
                  >
                    <title>{t('statistics.optionChart', { text: name, share: whole(share) })}</title>
                    <rect width={percent(share)} height="100%" />
                  </svg>
                )}
              </th>
              <td role="cell" class="num r" data-label={t('statistics.picks')}>
                {picks}
              </td>
              {isKnown && tail(share, 'statistics.share')}
              {hasTails && tail(upper, 'statistics.upper')}
              {hasTails && tail(lower, 'statistics.lower')}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const CURVES_HEIGHT = 180
/** Where the five groups stand, in percent of the width; names of the options have the rest. */
const PLACES = [5, 24, 43, 62, 81] as const
/** More options than marks would look alike. */
const shapes = [
  'M-4 -4H4V4H-4Z',
  'M0 -5.5 5.5 4.5H-5.5Z',
  'M0 5.5 5.5 -4.5H-5.5Z',
  'M-5 0 0 -5 5 0 0 5Z',
  'M-4 -1.5H4V1.5H-4Z',
] as const
const LETTERS = 'ABCDEFGHIJ'

/** How each option draws the weaker and the stronger, in five groups of equal size; nothing where options do not compete or are many. */
const OptionCurves = ({ context: { t }, item }: ItemStatisticsProps) => {
  const curves = item.options.flatMap(({ id, fifths }, nth) =>
    fifths ? [{ id, fifths, nth, isKey: item.texts.find((one) => one.id === id)?.isKey ?? false }] : [],
  )
  if (curves.length < 2 || curves.length > shapes.length + 1) return null
  const y = (share: number): number => (1 - share) * CURVES_HEIGHT
  const id = `curves-${item.item}-${item.locale}`
  const nameOf = ({ nth, isKey }: (typeof curves)[number]) =>
    `${LETTERS[nth] ?? nth + 1}${isKey ? ` (${t('statistics.key')})` : ''}`
  return (
    <>
      <h3>{t('statistics.curves')}</h3>
      <div class="plot-frame">
        <svg class="plot" height={CURVES_HEIGHT} role="img" aria-labelledby={`${id}-t ${id}-d`}>
          <title id={`${id}-t`}>{t('statistics.curves')}</title>
          <desc id={`${id}-d`}>
            {curves
              .map(
                (curve) => `${nameOf(curve)}: ${curve.fifths.map((share) => `${whole(share)}%`).join(t('list.comma'))}`,
              )
              .join(' · ')}
          </desc>
          {[0, 0.25, 0.5, 0.75, 1].map((at) => (
            <>
              <line x1="0" x2="100%" y1={y(at)} y2={y(at)} class="grid" />
              <text x="0" dx="-8" y={y(at)} dy=".35em" text-anchor="end">{`${at * 100}%`}</text>
            </>
          ))}
          <svg width="100%" height={CURVES_HEIGHT} viewBox={`0 0 100 ${CURVES_HEIGHT}`} preserveAspectRatio="none">
            {curves.map(({ fifths, isKey }) => (
              <path
                class={isKey ? 'curve' : 'thin'}
                d={fifths.map((share, i) => `${i === 0 ? 'M' : 'L'}${PLACES[i]} ${y(share).toFixed(1)}`).join('')}
              />
            ))}
          </svg>
          {curves.map((curve) =>
            curve.fifths.map((share, i) => (
              <svg x={`${PLACES[i]}%`} y={y(share)} overflow="visible">
                {curve.isKey ? (
                  <circle r="4.5" class="last" />
                ) : (
                  <path d={shapes[curve.nth % shapes.length]} class="other" />
                )}
                {i === PLACES.length - 1 && (
                  <text x="12" dy=".35em" class={curve.isKey ? 'label' : undefined}>
                    {nameOf(curve)}
                  </text>
                )}
              </svg>
            )),
          )}
          {([0, 2, 4] as const).map((i) => (
            <text x={`${PLACES[i]}%`} y={CURVES_HEIGHT} dy="20" text-anchor="middle">
              {t(i === 0 ? 'statistics.weakest' : i === 2 ? 'statistics.middle' : 'statistics.strongest')}
            </text>
          ))}
        </svg>
      </div>
      <div class="unseen">
        <table>
          <caption>{t('statistics.curves')}</caption>
          <tbody>
            {curves.map((curve) => (
              <tr>
                <th scope="row">{nameOf(curve)}</th>
                {curve.fifths.map((share) => (
                  <td>{`${whole(share)}%`}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** How one version of an item did, in words and figures: what to look at first, then the figures, then every option. */
export const ItemStatistics = ({ context, item, rationale }: ItemStatisticsProps) => {
  const { t } = context
  const id = `statistics-${item.item}-${item.locale}`
  const isKnown = item.n >= FEWEST_FOR_DISCRIMINATION
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>
          {t('statistics.title')} <small class="quiet">{`v${item.version} · ${nameOfLanguage(item.locale)}`}</small>
        </h2>
        <small class="num">{t('statistics.n', { n: item.n })}</small>
      </div>
      {isKnown ? (
        <>
          <Flags context={context} flags={item.flags} />
          <Figures context={context} item={item} />
        </>
      ) : (
        <p class="quiet">{fewText(context, item.n)}</p>
      )}
      {item.options.length > 0 ? (
        <Options context={context} item={item} />
      ) : (
        <p class="quiet">{t('statistics.noOptions')}</p>
      )}
      {rationale && (
        <div class="secret" lang={item.locale}>
          <h3>{t('bank.rationale')}</h3>
          <p class="asis">{rationale}</p>
        </div>
      )}
      <OptionCurves context={context} item={item} />
    </section>
  )
}
