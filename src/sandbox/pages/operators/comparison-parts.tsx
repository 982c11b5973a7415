import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import { type Both, type Comparison, type Counted, intervalOf, type Load } from '../../detector/candidate/comparison.ts'
import type { Band } from '../../detector/judge/calibration.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { kinds } from '../../detector/judge/kinds.ts'
import type { ShownDifference, Tried } from '../../flows/show-learning.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import { percent } from './detector-tables.tsx'

/** A share with its number and its 95 % interval; a dash where nothing was counted. */
function Estimate({ reader: { t }, right, of }: { reader: Reader; right: number; of: number }) {
  if (of === 0) return <>–</>
  const { low, high } = intervalOf(right, of)
  const interval = <span class="unbroken">{`${Math.round(100 * low)}–${Math.round(100 * high)}%`}</span>
  return (
    <div>
      <span class="unbroken">{percent(right / of)}</span>
      <span class="under">{t.parts('detector.learning.estimate', { right, of, interval })}</span>
    </div>
  )
}

/** Precision and recall of both models on decisions that neither has seen. */
export function HeldOut({ reader, heldOut }: { reader: Reader; heldOut: Comparison['heldOut'] }) {
  const { t, locale } = reader
  const columns = [
    { title: t('detector.kind') },
    { title: t('detector.learning.oldPrecision') },
    { title: t('detector.learning.newPrecision') },
    { title: t('detector.learning.oldRecall') },
    { title: t('detector.learning.newRecall') },
  ] as const satisfies readonly Column[]
  const [kind, oldPrecision, newPrecision, oldRecall, newRecall] = columns
  const rows: readonly (readonly [string, Both<Counted>])[] = [
    [t('detector.any'), heldOut.any],
    ...kinds.flatMap((one) => {
      const both = heldOut.kinds[one]
      return both ? [[kindTexts[one].title[locale], both] as const] : []
    }),
  ]
  return (
    <RowTable caption={t('detector.learning.heldOut')} columns={columns}>
      {rows.map(([name, { serving, candidate }]) => (
        <tr role="row">
          <Cell column={kind}>{name}</Cell>
          <Cell column={oldPrecision}>
            <Estimate reader={reader} right={serving.right} of={serving.told} />
          </Cell>
          <Cell column={newPrecision}>
            <Estimate reader={reader} right={candidate.right} of={candidate.told} />
          </Cell>
          <Cell column={oldRecall}>
            <Estimate reader={reader} right={serving.right} of={serving.truly} />
          </Cell>
          <Cell column={newRecall}>
            <Estimate reader={reader} right={candidate.right} of={candidate.truly} />
          </Cell>
        </tr>
      ))}
    </RowTable>
  )
}

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0')

/** How many posts of the last weeks each model would put before a person. */
export function RecentLoad({ reader: { t }, recent }: { reader: Reader; recent: Comparison['recent'] }) {
  const columns = [
    { title: t('detector.band') },
    { title: t('detector.learning.old'), figures: true },
    { title: t('detector.learning.new'), figures: true },
    { title: t('detector.learning.change'), figures: true },
  ] as const satisfies readonly Column[]
  const rows: readonly (readonly [string, (load: Load) => number])[] = [
    [t('detector.flagged'), ({ flagged }) => flagged],
    [t('detector.held'), ({ held }) => held],
  ]
  return (
    <RowTable caption={t('detector.learning.recent')} columns={columns}>
      {rows.map(([name, of]) => (
        <tr role="row">
          <Cell column={columns[0]}>{name}</Cell>
          <Cell column={columns[1]}>{String(of(recent.serving))}</Cell>
          <Cell column={columns[2]}>{String(of(recent.candidate))}</Cell>
          <Cell column={columns[3]}>{signed(of(recent.candidate) - of(recent.serving))}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

const tones = { publish: 'ok', queue: 'wait', hold: 'bad' } as const satisfies Record<Band, Tone>
const icons = { publish: 'check', queue: 'clock', hold: 'alert' } as const

const BandChip = ({ reader: { t }, band }: { reader: Reader; band: Band }) => (
  <Chip tone={tones[band]} icon={icons[band]}>
    {t(`detector.learning.bands.${band}`)}
  </Chip>
)

function Where({ reader, difference }: { reader: Reader; difference: ShownDifference }) {
  const { t, locale } = reader
  const { surface, ref, title, past, at, kind } = difference
  const path = surface === 'job' ? `/jobs/${ref}` : ref.startsWith('wrk_') ? `/workers/${ref}` : `/clients/${ref}`
  return (
    <div>
      <a href={link(locale, path)}>
        <bdi>{title ?? t('case.surface', { surface })}</bdi>
      </a>
      <span class="under">
        {kindTexts[kind].title[locale]} · <Moment reader={reader} at={at} />
        {past ? '' : ` · ${t('detector.learning.since')}`}
      </span>
    </div>
  )
}

/** Texts on which the models differ, the newest first. */
export function Differences({ reader, tried: { differences, next } }: { reader: Reader; tried: Tried }) {
  const { t, locale } = reader
  const columns = [
    { title: t('detector.learning.where') },
    { title: t('detector.learning.old') },
    { title: t('detector.learning.new') },
  ] as const satisfies readonly Column[]
  if (differences.length === 0) return <p class="small quiet">{t('detector.learning.noDifferences')}</p>
  return (
    <>
      <RowTable caption={t('detector.learning.differences')} columns={columns}>
        {differences.map((one) => (
          <tr role="row">
            <Cell column={columns[0]}>
              <Where reader={reader} difference={one} />
            </Cell>
            <Cell column={columns[1]}>
              <div>
                <BandChip reader={reader} band={one.serving} /> <span class="under">{percent(one.servingSaid)}</span>
              </div>
            </Cell>
            <Cell column={columns[2]}>
              <div>
                <BandChip reader={reader} band={one.candidate} />{' '}
                <span class="under">{percent(one.candidateSaid)}</span>
              </div>
            </Cell>
          </tr>
        ))}
      </RowTable>
      {next !== undefined && (
        <p class="btns">
          <a class="btn s outline" href={link(locale, '/operators/detector/learning', { before: String(next) })}>
            {t('detector.learning.more')}
          </a>
        </p>
      )}
    </>
  )
}
