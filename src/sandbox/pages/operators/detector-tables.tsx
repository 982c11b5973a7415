import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import type { Confusion, Figures } from '../../detector/judge/figures.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { kinds } from '../../detector/judge/kinds.ts'
import type { ModelCard } from '../../detector/judge/model.ts'
import { expectedAt, operatingAt } from '../../detector/judge/prevalence.ts'
import type { Reader } from '../parts/layout.tsx'
import { Share } from './case-parts.tsx'

/** A share as people read it. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
export const decimal = (value: number): string => value.toFixed(3)

/** How well each kind was told. */
export function PerKind({ reader, figures }: { reader: Reader; figures: Figures }) {
  const { t } = reader
  const [kind, truly, told, precision, recall, ece] = [
    { title: t('detector.kind') },
    { title: t('detector.truly'), figures: true },
    { title: t('detector.told'), figures: true },
    { title: t('detector.precision') },
    { title: t('detector.recall') },
    { title: t('detector.ece'), figures: true },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={t('detector.perKind')} columns={[kind, truly, told, precision, recall, ece]}>
      {kinds.map((one) => {
        const of = figures.kinds[one]
        return (
          <tr role="row">
            <Cell column={kind}>{kindTexts[one].title[reader.locale]}</Cell>
            <Cell column={truly}>{String(of.posts)}</Cell>
            <Cell column={told}>{String(of.told)}</Cell>
            <Cell column={precision}>
              <span class="metered">
                <Share share={of.precision} /> {percent(of.precision)}
              </span>
            </Cell>
            <Cell column={recall}>
              <span class="metered">
                <Share share={of.recall} /> {percent(of.recall)}
              </span>
            </Cell>
            <Cell column={ece}>{decimal(of.ece)}</Cell>
          </tr>
        )
      })}
    </RowTable>
  )
}

interface PrevalenceView {
  readonly reader: Reader
  readonly model: ModelCard
  /** A share to look at before it is set. */
  readonly preview?: number | undefined
}

/** What to expect for every share of posts that may break a rule; that which the model is set to stands out. */
export function PerPrevalence({ reader, model, preview }: PrevalenceView) {
  const { t } = reader
  const [prevalence, load, precision, recall, held, heldPrecision, ece] = [
    { title: t('detector.prevalence') },
    { title: t('detector.load'), figures: true },
    { title: t('detector.precision'), figures: true },
    { title: t('detector.recall'), figures: true },
    { title: t('detector.heldLoad'), figures: true },
    { title: t('detector.heldPrecision'), figures: true },
    { title: t('detector.ece'), figures: true },
  ] as const satisfies readonly Column[]
  const asked = [model.prevalence, ...(preview === undefined ? [] : [preview])]
  const shares = [...new Set([...model.figures.eceAt.map((one) => one.prevalence), ...asked])].sort((a, b) => a - b)
  const named = (share: number) =>
    share === model.prevalence ? (
      <b>{t('detector.stated', { share: percent(share) })}</b>
    ) : share === preview ? (
      <b>{t('detector.looked', { share: percent(share) })}</b>
    ) : (
      percent(share)
    )
  return (
    <RowTable
      caption={t('detector.perPrevalence')}
      columns={[prevalence, load, precision, recall, held, heldPrecision, ece]}
    >
      {shares.map((share) => {
        const { queue, hold } = operatingAt(model.operating, share)
        const [flagged, kept] = [expectedAt(queue, share), expectedAt(hold, share)]
        const error = model.figures.eceAt.find((one) => one.prevalence === share)?.ece
        return (
          <tr role="row">
            <Cell column={prevalence}>{named(share)}</Cell>
            <Cell column={load}>{flagged.load.toFixed(0)}</Cell>
            <Cell column={precision}>{percent(flagged.precision)}</Cell>
            <Cell column={recall}>{percent(flagged.recall)}</Cell>
            <Cell column={held}>{kept.load.toFixed(0)}</Cell>
            <Cell column={heldPrecision}>{percent(kept.precision)}</Cell>
            <Cell column={ece} empty={error === undefined}>
              {error === undefined ? '' : decimal(error)}
            </Cell>
          </tr>
        )
      })}
    </RowTable>
  )
}

const names = [...kinds, 'none'] as const
type Name = (typeof names)[number]

/**
 * Only rows and columns in which anything stands: the rest of the table says nothing. Kinds are numbered, so that all of
 * them fit side by side; whoever hears the table hears their names.
 */
export function ConfusionTable({ reader, confusion }: { reader: Reader; confusion: Confusion }) {
  const { t } = reader
  const title = (name: Name): string => (name === 'none' ? t('detector.none') : kindTexts[name].title[reader.locale])
  const used = names.filter((name) => names.some((other) => confusion[name][other] > 0 || confusion[other][name] > 0))
  const head: Column = { title: t('detector.decided') }
  return (
    <table class="table confusion" role="table">
      <caption class="unseen">{t('detector.confusion')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {t('detector.decided')}
          </th>
          {used.map((column, at) => (
            <th scope="col" role="columnheader" class="figures">
              <span aria-hidden="true">{at + 1}</span>
              <span class="unseen">{title(column)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {used.map((row, nth) => (
          <tr role="row">
            <Cell column={head}>
              <span>
                <b class="nth">{nth + 1}</b> {title(row)}
              </span>
            </Cell>
            {used.map((column) => (
              <Cell column={{ title: title(column), figures: true }} empty={confusion[row][column] === 0}>
                {confusion[row][column] === 0 ? (
                  <span class="quiet">0</span>
                ) : row === column ? (
                  <b class="hit">{confusion[row][column]}</b>
                ) : (
                  confusion[row][column]
                )}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
