import type { PartCard } from '../../../flows/read-catalogue.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Chip, Note } from '../../../platform/page/state.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { type ExamInParts, nextPartOf, secondsLong } from './exam-facts.tsx'

const State = ({ context: { t }, part, isDone }: { context: PageContext; part: PartCard; isDone: boolean }) => {
  const { eligibility } = part
  if (isDone)
    return (
      <Chip tone="ok" icon="check">
        {t('parts.done')}
      </Chip>
    )
  if (eligibility.mayStart)
    return (
      <Chip tone="ok" icon="check">
        {t('eligible.yes')}
      </Chip>
    )
  return (
    <Chip icon={eligibility.retryAt ? 'clock' : 'lock'}>
      {t(eligibility.reason === 'part-order' ? 'parts.locked' : eligibility.retryAt ? 'wait.notYet' : 'eligible.no')}
    </Chip>
  )
}

interface PartsProps {
  readonly context: PageContext
  readonly exam: ExamInParts & {
    readonly passScore: number
    readonly timeMultiplier: number
    readonly isUntried: boolean
  }
}

/** Two sittings: what each asks for, how long it takes, what it counts, and when it opens. */
export const PartsCard = ({ context, exam }: PartsProps) => {
  const { t } = context
  const { parts = [] } = exam
  // a part opens when those before it reached their minimum
  const part = nextPartOf(exam)
  const next = part ? parts.indexOf(part) : -1
  const [standIn] = parts.flatMap(({ id, certificate }) => (certificate ? [{ part: id, ...certificate }] : []))
  const columns = [
    ...(['parts.part', 'parts.content', 'parts.time', 'parts.weight', 'parts.floor'] as const),
    // what it means for somebody
    ...(context.visitor ? (['parts.now'] as const) : []),
  ]
  const percent = (share: number | undefined) => t('parts.percent', { percent: share ?? 0 })
  return (
    <section class="card" aria-labelledby="parts">
      <h2 id="parts">{t('parts.title')}</h2>
      <table class="table" role="table" aria-labelledby="parts">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((key) => (
              <th scope="col" role="columnheader">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {parts.map((part, i) => (
            <tr role="row" aria-current={context.visitor && i === next ? 'step' : undefined}>
              <th scope="row" role="rowheader" class="all">
                {t(`part.${part.id}`)}
                {part.certificate && (
                  <span class="sub">
                    <a href={`/credentials/${part.certificate.id}?lang=${context.tag}`}>
                      {t('parts.certificate', { version: part.certificate.version })}
                    </a>
                  </span>
                )}
              </th>
              <td role="cell" class="unbroken" data-label={t('parts.content')}>
                {part.taskCount > 0
                  ? t('parts.taskCount', { count: part.taskCount })
                  : t('unit.questionCount', { count: part.itemCount })}
              </td>
              <td role="cell" class="unbroken" data-label={t('parts.time')}>
                {secondsLong(t, part.timeLimitSeconds * exam.timeMultiplier)}
              </td>
              <td role="cell" class="unbroken" data-label={t('parts.weight')}>
                {percent(part.weight)}
              </td>
              <td role="cell" class="unbroken" data-label={t('parts.floor')}>
                {percent(part.floor)}
              </td>
              {context.visitor && (
                <td role="cell" data-label={t('parts.now')}>
                  <State context={context} part={part} isDone={i < next} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">
        {t('parts.order', {
          first: percent(parts[0]?.weight),
          second: percent(parts[1]?.weight),
          score: exam.passScore,
        })}
      </p>
      {standIn && (
        <p class="small">
          {t('parts.standsIn', {
            version: standIn.version,
            first: t(`part.${standIn.part}`),
            day: dayText(context.locale, standIn.validUntil),
          })}
        </p>
      )}
      {exam.isUntried && (
        <Note icon="info">
          <p>{t('parts.untried')}</p>
        </Note>
      )}
    </section>
  )
}

/** The work is Japanese, whatever language brief and rules come in: said before anything starts. */
export const MaterialsNote = ({ context: { t } }: { context: PageContext }) => (
  <Note icon="globe">
    <p>{t('parts.materials')}</p>
  </Note>
)

/** What is recorded of practical work: said before anything starts. */
export const RecordedNote = ({ context: { t }, isShort }: { context: PageContext; isShort?: boolean }) => (
  <Note icon="info">
    <p>
      {t(isShort ? 'parts.recordedShort' : 'parts.recorded')}{' '}
      <a href="/about/privacy#process">{t('parts.recordedMore')}</a>
    </p>
  </Note>
)
