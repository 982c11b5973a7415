import type { PartId } from '../../../contract/marketplace.ts'
import type { ReportView, ResultView, SectionResult, TaskResult } from '../../../flows/read-result.ts'
import { Chip } from '../../../platform/page/state.tsx'
import { taskNote } from '../../task-notes.ts'
import type { PageContext } from '../../ui/page-context.ts'

const place = (score: number): number => Math.min(100, Math.max(0, score))
const ticks = [0, 25, 50, 75, 100]
const percent = (score: number): string => `${place(score).toFixed(1)}%`
const MIDDLE = 28
const HALF = 10

interface ReportProps {
  readonly context: PageContext
  readonly report: ReportView
  readonly passScore: number
  /** The language of the paper, in which its tasks are named. */
  readonly paper: ResultView['locale']
  /** Of an exam in parts, the one that was sat. */
  readonly part?: PartId | undefined
  /** The counts of tasks stand elsewhere on the page. */
  readonly isBrief?: boolean
}

const Figure = ({ context: { t }, report: { score, band }, passScore: cut, part }: ReportProps) => {
  const name = part ? t(`part.${part}`) : t('chart.whole')
  const label = t('chart.label', { name, score, low: band.low, high: band.high, cut })
  return (
    <svg height={MIDDLE + 18} role="img" aria-label={label}>
      <title>{label}</title>
      {ticks.map((tick) => (
        <line x1={percent(tick)} x2={percent(tick)} y1={MIDDLE - 13} y2={MIDDLE + 13} class="tick" />
      ))}
      <line x1="0" x2="100%" y1={MIDDLE} y2={MIDDLE} class="rail" />
      <rect
        x={percent(band.low)}
        width={percent(Math.max(0, place(band.high) - place(band.low)))}
        y={MIDDLE - HALF}
        height={HALF * 2}
        rx={HALF}
        class="band"
      />
      <line x1={percent(cut)} x2={percent(cut)} y1={MIDDLE - 15} y2={MIDDLE + 15} class="cut" />
      <svg x={percent(cut)} y={MIDDLE - 15} overflow="visible">
        <path d="M-5 -5h10l-5 6Z" class="cuth" />
      </svg>
      <text x={percent(cut)} y={MIDDLE - 15} dx={cut > 80 ? -9 : 9} dy="-1" text-anchor={cut > 80 ? 'end' : 'start'}>
        {t('chart.cutAt', { cut })}
      </text>
      <circle cx={percent(score)} cy={MIDDLE} r="9" class="dot" />
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

const looks = {
  above: { tone: 'ok', icon: 'up' },
  at: { tone: 'ok', icon: 'check' },
  below: { tone: 'wait', icon: 'dots' },
} as const

const Standing = ({
  context: { t },
  standing,
}: {
  context: Pick<PageContext, 't'>
  standing: NonNullable<SectionResult['standing']>
}) => {
  const { tone, icon } = looks[standing]
  return (
    <Chip tone={tone} icon={icon}>
      {t(`standing.${standing}`)}
    </Chip>
  )
}

const Sections = ({ context, report }: ReportProps) => {
  const { t } = context
  return (
    <>
      <h3 id="standings">{t('standing.title')}</h3>
      <ol class="standings" aria-labelledby="standings">
        {report.sections.map(({ title, itemCount, standing }) => (
          <li>
            <span>
              {title} <small class="unbroken">{t('unit.questionCount', { count: itemCount })}</small>
            </span>
            {standing ? (
              <Standing context={context} standing={standing} />
            ) : (
              <span class="tiny">{t('standing.none')}</span>
            )}
          </li>
        ))}
      </ol>
      <p class="tiny">{t('standing.explained')}</p>
    </>
  )
}

/** Each task in words and counts: never which places, never what is right. */
const Tasks = ({
  context: { t, tag },
  tasks,
  paper,
  isBrief,
}: Pick<ReportProps, 'context' | 'paper' | 'isBrief'> & { readonly tasks: readonly TaskResult[] }) => (
  <>
    <h3 id="standings">{t('tasks.title')}</h3>
    <ol class="standings" aria-labelledby="standings">
      {tasks.map((task) => (
        <li>
          <span lang={paper}>{task.title}</span>
          {task.standing ? (
            <Standing context={{ t }} standing={task.standing} />
          ) : (
            <span class="tiny">{t('tasks.untouched')}</span>
          )}
          {!isBrief && task.notes.length > 0 && (
            <ul class="notes">
              {task.notes.map((note) => (
                <li>{taskNote(tag, task, note)}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
    {!isBrief && <p class="tiny">{t('tasks.explained')}</p>}
  </>
)

/** The whole score with its band and the cut line, and the sections in words. */
export const ReportCard = (props: ReportProps) => {
  const { context, report } = props
  const { t } = context
  return (
    <section class="card" aria-labelledby="chart">
      <div class="card-head">
        <h2 id="chart">{t('chart.title')}</h2>
        <Legend context={context} />
      </div>
      <div>
        <div class="lane">
          <p class="name">
            {props.part ? t(`part.${props.part}`) : t('chart.whole')}
            <small>
              {report.tasks
                ? t('tasks.count', { count: report.tasks.length })
                : t('unit.questionCount', {
                    count: report.sections.reduce((sum, { itemCount }) => sum + itemCount, 0),
                  })}
            </small>
          </p>
          <div class="lanefig">
            <Figure {...props} />
          </div>
          <p class="val">
            {report.score}
            <small>{t('list.range', report.band)}</small>
          </p>
        </div>
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
      {report.tasks ? <Tasks {...props} tasks={report.tasks} /> : <Sections {...props} />}
    </section>
  )
}
