import type { Bucket, ProcessData } from '../../../attempt/process-data/process-data.ts'
import type { Inquiry, TaskProcess } from '../../../flows/read-process-data.ts'
import { dayTimeText, timeAttribute } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Cell, RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import type { TextKey } from '../../ui/message.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

/** Height of the chart, of the marks below it, and where characters that came in end and those that went out begin. */
const HEIGHT = 140
const MARKS = 12
const ZERO = 96
const MOST_BARS = 120
/** A bar is seen, however small it is. */
const LEAST = 2

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

interface DataProps {
  readonly context: PageContext
  readonly id: string
  readonly data: ProcessData
  /** How long the attempt took, in seconds. */
  readonly end: number
}

/** Buckets side by side, so many that a screen can show them, over a span of seconds. */
function barsOf(
  { width, buckets }: ProcessData,
  end: number,
): { readonly bars: readonly Bucket[]; readonly count: number; readonly span: number } {
  const last = Math.max((buckets.at(-1)?.at ?? 0) + 1, Math.ceil(end / width))
  const joined = Math.ceil(last / MOST_BARS)
  const byBar = Map.groupBy(buckets, ({ at }) => Math.floor(at / joined))
  const bars = [...byBar].map(
    ([at, many]): Bucket => ({
      at,
      fields: many.reduce((sum, { fields }) => sum + fields, 0),
      came: many.reduce((sum, { came }) => sum + came, 0),
      went: many.reduce((sum, { went }) => sum + went, 0),
      longest: Math.max(0, ...many.map(({ longest }) => longest ?? 0)),
      isHidden: many.some(({ isHidden }) => isHidden),
    }),
  )
  const count = Math.ceil(last / joined)
  return { bars, count, span: count * joined * width }
}

const LEGEND = [
  ['came', 'process.came'],
  ['longest', 'process.longest'],
  ['went', 'process.went'],
  ['hid', 'process.hidden'],
] as const satisfies readonly (readonly [string, TextKey])[]

const Chart = ({ context: { t }, id, data, end }: DataProps) => {
  const { bars, count, span } = barsOf(data, end)
  const mostIn = Math.max(1, ...bars.map(({ came, longest = 0 }) => Math.max(came, longest)))
  const mostOut = Math.max(1, ...bars.map(({ went }) => went))
  // one scale for both, in the room that each has
  const unit = Math.min((ZERO - 4) / mostIn, (HEIGHT - MARKS - ZERO) / mostOut)
  const high = (characters: number): number => (characters === 0 ? 0 : Math.max(LEAST, characters * unit))
  const rect = (at: number, y: number, height: number, kind: string) =>
    height > 0 && (
      <rect
        x={`${((100 / count) * (at + 0.1)).toFixed(2)}%`}
        width={`${((100 / count) * 0.8).toFixed(2)}%`}
        y={y.toFixed(1)}
        height={height.toFixed(1)}
        class={kind}
      />
    )
  return (
    <div>
      <svg class="process plot" width="100%" height={HEIGHT} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{t('process.chart')}</title>
        <desc id={`${id}-d`}>{t('process.chartText', { most: Math.max(mostIn, mostOut) })}</desc>
        {bars.map(({ at, came, went, longest = 0, isHidden }) => (
          <>
            {rect(at, ZERO - high(came), high(came), 'came')}
            {rect(at, ZERO - high(longest), high(longest), 'longest')}
            {rect(at, ZERO, high(went), 'went')}
            {isHidden && rect(at, HEIGHT - MARKS + 4, MARKS - 4, 'hid')}
          </>
        ))}
        <line x1="0" x2="100%" y1={ZERO} y2={ZERO} class="zero" />
      </svg>
      <p class="tiny num hourx" aria-hidden="true">
        {[0, 1, 2, 3].map((third) => (
          <span>{clock(Math.round((span * third) / 3))}</span>
        ))}
      </p>
      <p class="small">{t('process.chartText', { most: Math.max(mostIn, mostOut) })}</p>
      <ul class="legend">
        {LEGEND.map(([kind, text]) => (
          <li>
            <svg width="12" height="12" aria-hidden="true">
              <rect x="1" y="1" width="10" height="10" class={kind} />
            </svg>
            {t(text)}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Rows = ({ context: { t }, data: { width, buckets } }: Pick<DataProps, 'context' | 'data'>) => {
  const time = { title: t('process.time') }
  const [fields, came, longest, went] = (
    ['process.fields', 'process.came', 'process.longest', 'process.went'] as const
  ).map((key) => ({ title: t(key), figures: true })) as [Figures, Figures, Figures, Figures]
  const hidden = { title: t('process.hidden') }
  return (
    <details class="more">
      <summary>{t('process.rows', { count: buckets.length })}</summary>
      <RowTable caption={t('process.chart')} columns={[time, fields, came, longest, went, hidden]}>
        {buckets.map((bucket) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="num">
              {clock(bucket.at * width)}
            </th>
            <Cell column={fields}>{bucket.fields}</Cell>
            <Cell column={came}>{bucket.came}</Cell>
            <Cell column={longest}>{bucket.longest ?? t('process.untold')}</Cell>
            <Cell column={went}>{bucket.went}</Cell>
            <Cell column={hidden} empty={!bucket.isHidden}>
              {bucket.isHidden && t('process.yes')}
            </Cell>
          </tr>
        ))}
      </RowTable>
    </details>
  )
}

interface Figures {
  readonly title: string
  readonly figures: true
}

const Files = ({ context: { t }, data: { uploads } }: Pick<DataProps, 'context' | 'data'>) =>
  uploads.length === 0 ? null : (
    <section>
      <h3>{t('process.files')}</h3>
      <ul class="choices">
        {uploads.map(({ name, rows, changes }) => (
          <li>
            <bdi>{t('process.file', { name: name || t('process.noName'), rows, changes })}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )

const Task = ({ context, task, end }: { context: PageContext; task: TaskProcess; end: number }) => {
  const { ref, title, data } = task
  const { t } = context
  return (
    <section class="card" aria-labelledby={ref}>
      <h2 id={ref}>
        {`${ref} `}
        <span lang="ja">{title}</span>
      </h2>
      {data ? (
        <>
          <p class="tiny">{t('process.width', { seconds: data.width })}</p>
          <Chart context={context} id={ref} data={data} end={end} />
          <Files context={context} data={data} />
          <Rows context={context} data={data} />
        </>
      ) : (
        <p class="quiet">{t('process.nothing')}</p>
      )}
    </section>
  )
}

/** How the practical work behind a certificate went, for whoever looks into an open case about it. */
export const ProcessPage = ({ context, inquiry }: { context: PageContext; inquiry: Inquiry }) => {
  const { t, locale } = context
  const { credential, openCase, attempt, tasks } = inquiry
  const end = attempt.status === 'open' ? 0 : (attempt.closedAt - attempt.startedAt) / 1_000
  return (
    <Page styles={staffStyles} context={context} title={t('process.title')} tab="/staff/credentials" room="staff">
      <main id="main" class="wrap">
        <Crumb href={`/staff/credentials/${credential.id}`}>
          <bdi>{credential.holderName || t('verify.field.unnamed')}</bdi>
        </Crumb>
        <div class="head">
          <div>
            <h1>{t('process.title')}</h1>
            <p class="quiet">
              {t('process.case', { case: openCase.id, time: dayTimeText(locale, openCase.openedAt) })}
            </p>
          </div>
        </div>
        <div class="stack">
          <Note tone="wait" icon="info">
            <p>{t('process.noVerdict')}</p>
            <p>{t('process.kept')}</p>
          </Note>
          <dl class="kv">
            <div>
              <dt>{t('record.exam')}</dt>
              <dd>
                {credential.title[locale] ?? attempt.exam} <code>{attempt.id}</code>
              </dd>
            </div>
            <div>
              <dt>{t('process.started')}</dt>
              <dd>
                <time datetime={timeAttribute(attempt.startedAt)}>{dayTimeText(locale, attempt.startedAt)}</time>
              </dd>
            </div>
          </dl>
          {tasks.map((task) => (
            <Task context={context} task={task} end={end} />
          ))}
        </div>
      </main>
    </Page>
  )
}
