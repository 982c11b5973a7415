import { scaleLinear } from 'd3-scale'
import type { PageContext } from './page-context.ts'

export interface Lane {
  readonly title: string
  readonly score: number
  readonly band: { readonly low: number; readonly high: number }
  readonly passScore?: number
  readonly itemCount: number
}

const place = scaleLinear([0, 100], [0, 100]).clamp(true)
const ticks = [0, 25, 50, 75, 100]
const percent = (score: number): string => `${place(score).toFixed(1)}%`
const whole = (score: number): string => String(Math.round(score * 10) / 10)

const LaneFigure = ({ context: { t }, lane, main }: { context: PageContext; lane: Lane; main: boolean }) => {
  const cut = lane.passScore
  const middle = main ? 28 : cut === undefined ? 17 : 21
  const half = main ? 10 : 7
  const label = t(cut === undefined ? 'chart.lane' : 'chart.laneCut', { title: lane.title, score: whole(lane.score), low: whole(lane.band.low), high: whole(lane.band.high), cut: cut ?? 0 })
  return (
    <svg height={middle + (main ? 18 : 17)} role="img" aria-label={label}>
      <title>{label}</title>
      {ticks.map((tick) => (
        <line x1={percent(tick)} x2={percent(tick)} y1={middle - 13} y2={middle + 13} class="tick" />
      ))}
      <line x1="0" x2="100%" y1={middle} y2={middle} class="rail" />
      <rect x={percent(lane.band.low)} width={percent(Math.max(0, place(lane.band.high) - place(lane.band.low)))} y={middle - half} height={half * 2} rx={half} class="band" />
      {cut !== undefined && (
        <>
          <line x1={percent(cut)} x2={percent(cut)} y1={middle - 15} y2={middle + 15} class="cut" />
          <svg x={percent(cut)} y={middle - 15} overflow="visible">
            <path d="M-5 -5h10l-5 6Z" class="cuth" />
          </svg>
          <text x={percent(cut)} y={middle - 15} dx={cut > 80 ? -9 : 9} dy="-1" text-anchor={cut > 80 ? 'end' : 'start'}>
            {t('chart.cutAt', { cut })}
          </text>
        </>
      )}
      <circle cx={percent(lane.score)} cy={middle} r={main ? 9 : 7} class="dot" />
    </svg>
  )
}

const Legend = ({ context: { t } }: { context: PageContext }) => (
  <ul class="legend">
    <li>
      <svg width="18" height="18" aria-hidden="true">
        <circle cx="9" cy="9" r="6" class="dot" />
      </svg>
      {t('chart.score')}
    </li>
    <li>
      <svg width="30" height="18" aria-hidden="true">
        <rect y="3" width="30" height="12" rx="6" class="band" />
      </svg>
      {t('chart.band')}
    </li>
    <li>
      <svg width="14" height="18" aria-hidden="true">
        <path d="M2 0h10l-5 6Z" class="cuth" />
        <path d="M7 5v13" class="cut" />
      </svg>
      {t('chart.cut')}
    </li>
  </ul>
)

/** The same figures for whoever reads tables rather than pictures. */
const Table = ({ context: { t }, lanes }: { context: PageContext; lanes: readonly Lane[] }) => (
  <div class="vh">
    <table>
      <caption>{t('chart.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('areas.area')}</th>
          <th scope="col">{t('exam.items')}</th>
          <th scope="col">{t('chart.score')}</th>
          <th scope="col">{t('chart.band')}</th>
          <th scope="col">{t('chart.cut')}</th>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane) => (
          <tr>
            <th scope="row">{lane.title}</th>
            <td>{lane.itemCount}</td>
            <td>{whole(lane.score)}</td>
            <td>{`${whole(lane.band.low)}–${whole(lane.band.high)}`}</td>
            <td>{lane.passScore ?? t('areas.none')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** Scores with their bands and cut lines: the whole paper first, then its sections. */
export const SectionChart = ({ context, lanes }: { context: PageContext; lanes: readonly Lane[] }) => {
  const { t } = context
  return (
    <section class="card" aria-labelledby="chart">
      <div class="ch">
        <h2 id="chart">{t('chart.title')}</h2>
        <Legend context={context} />
      </div>
      <div>
        <ol class="lanes">
          {lanes.map((lane, i) => (
            <li class="lane">
              <p class="name">
                {lane.title}
                <small>{t('unit.questionCount', { count: lane.itemCount })}</small>
              </p>
              <div class="lanefig">
                <LaneFigure context={context} lane={lane} main={i === 0} />
              </div>
              <p class="val">
                {whole(lane.score)}
                <small>{`${Math.round(lane.band.low)}–${Math.round(lane.band.high)}`}</small>
              </p>
            </li>
          ))}
        </ol>
        <div class="scale" aria-hidden="true">
          <svg height="18">
            {ticks.map((tick) => (
              <text x={percent(tick)} y="13" text-anchor="middle">
                {tick}
              </text>
            ))}
          </svg>
        </div>
      </div>
      <p class="tiny">{t('chart.explained')}</p>
      <Table context={context} lanes={lanes} />
    </section>
  )
}
