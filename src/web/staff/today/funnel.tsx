import type { Stage, StageName } from '../../../flows/read-today.ts'
import { fewText, percent, rangeText } from '../figure-tiles.tsx'
import { scopeHref } from '../scope.tsx'
import type { TodayProps } from './today-props.ts'

const stageStates: Readonly<Partial<Record<StageName, string>>> = {
  started: '',
  submitted: '',
  passed: 'passed',
  shown: 'passed',
}

/** From an exam's page to a first job: how many came as far as each step. */
export const Funnel = ({ context, scope, today: { funnel, expired } }: TodayProps) => {
  const { t } = context
  const most = Math.max(1, ...funnel.map(({ n }) => n))
  const isMissing = ({ stage, n, before }: Stage) => (stage === 'opened' || stage === 'hired') && n + before === 0
  const noteOf = (stage: Stage): string => {
    if (isMissing(stage)) return t(`stage.${stage.stage as 'opened' | 'hired'}.missing`)
    if (stage.share && !stage.share.estimate) return fewText(context, stage.share.of)
    if (stage.stage === 'submitted') return t('stage.expired', { count: expired.part })
    if (stage.stage === 'passed' && stage.share?.estimate) return rangeText(context, stage.share.estimate)
    if ((stage.stage === 'opened' || stage.stage === 'hired') && scope.locale) return t('stage.anyLanguage')
    return stage.stage === 'hired' ? t('stage.within') : ''
  }
  const changeOf = ({ n, before }: Stage): string =>
    n === before ? '±0' : n > before ? `+${n - before}` : `−${before - n}`
  return (
    <section class="card" aria-labelledby="funnel">
      <div class="card-head">
        <h2 id="funnel">{t('today.funnel')}</h2>
        <small>{t('today.funnelNote')}</small>
      </div>
      <table class="table funnel" role="table">
        <caption class="unseen">{t('today.funnel')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('stage.stage')}
            </th>
            <th scope="col" role="columnheader">
              <span class="unseen">{t('stage.chart')}</span>
            </th>
            {(['stage.count', 'stage.before', 'stage.detail', 'stage.change'] as const).map((key) => (
              <th scope="col" role="columnheader" class={key === 'stage.detail' ? undefined : 'figures'}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {funnel.map((stage) => {
            const name = t(`stage.${stage.stage}`)
            const state = stageStates[stage.stage]
            const { estimate } = stage.share ?? {}
            return (
              <tr role="row">
                <th scope="row" role="rowheader">
                  {state === undefined ? name : <a href={scopeHref('/staff/attempts', scope, { state })}>{name}</a>}
                </th>
                <td role="cell" class="bar">
                  <svg class="meter" aria-hidden="true">
                    <rect width={`${(100 * stage.n) / most}%`} height="100%" />
                  </svg>
                </td>
                <td role="cell" class="figures">
                  <b>{isMissing(stage) ? '–' : stage.n}</b>
                </td>
                <td role="cell" class="figures">
                  {estimate && `${percent(estimate.value)}%`}
                </td>
                <td role="cell" class="detail">
                  {noteOf(stage)}
                </td>
                <td role="cell" class="figures detail">
                  {isMissing(stage) ? '' : changeOf(stage)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
