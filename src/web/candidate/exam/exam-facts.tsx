import { badgeSvg, specimenOf } from '../../../credential/badge-artwork.ts'
import type { ExamCard } from '../../../flows/read-catalogue.ts'
import type { Period } from '../../../kernel/instant.ts'
import { Drawing } from '../../ui/drawing.tsx'
import type { Translate } from '../../ui/message.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** 2年, 14 days; the parts that are zero are left out. */
export function periodText(t: Translate, period: Period): string {
  const parts = [
    ...(period.years ? [t('unit.years', { count: period.years })] : []),
    ...(period.months ? [t('unit.months', { count: period.months })] : []),
    ...(period.days ? [t('unit.days', { count: period.days })] : []),
  ]
  return parts.join(' ')
}

/** 56分15秒 */
export function secondsLong(t: Translate, seconds: number): string {
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  const rest = whole % 60
  return [
    ...(minutes || !rest ? [t('unit.minutes', { count: minutes })] : []),
    ...(rest ? [t('unit.seconds', { count: rest })] : []),
  ].join(t('unit.join'))
}

/** How long there is until a time, in its two largest units. */
export function untilText(t: Translate, milliseconds: number): string {
  const hours = Math.max(1, Math.floor(milliseconds / 3_600_000))
  const days = Math.floor(hours / 24)
  return [
    ...(days ? [t('unit.days', { count: days })] : []),
    ...(hours % 24 || !days ? [t('unit.hours', { count: hours % 24 })] : []),
  ].join(t('unit.join'))
}

/** The working time of this candidate, extra time included: of the part that comes next, where there are parts. */
export const workingSeconds = (exam: ExamInParts & Pick<ExamCard, 'timeLimitSeconds' | 'timeMultiplier'>): number =>
  (nextPartOf(exam) ?? exam).timeLimitSeconds * exam.timeMultiplier

/** What is left of a working time for whoever starts now: the end of the exam's window cuts it off. */
export const secondsFrom = ({ closesAt }: Pick<ExamCard, 'closesAt'>, seconds: number, now: number): number =>
  closesAt === undefined ? seconds : Math.min(seconds, Math.max(0, Math.floor((closesAt - now) / 1_000)))

export type ExamInParts = Pick<ExamCard, 'parts'>

/** The part that comes next: the last one that is not waiting for another. */
export const nextPartOf = ({ parts = [] }: ExamInParts) =>
  parts.filter(({ eligibility }) => eligibility.mayStart || eligibility.reason !== 'part-order').at(-1)

/** Questions and practical tasks of an exam in parts. */
export const contentOf = ({ parts = [] }: ExamInParts) => ({
  items: parts.reduce((sum, { itemCount }) => sum + itemCount, 0),
  tasks: parts.reduce((sum, { taskCount }) => sum + taskCount, 0),
})

/** The exam in four figures. */
export const ExamFacts = ({ context: { t }, exam }: { context: PageContext; exam: ExamCard }) => {
  const minutes = exam.timeLimitSeconds / 60
  return (
    <dl class="facts">
      <div>
        <dt>{t('exam.time')}</dt>
        <dd>
          {Number.isInteger(minutes) ? minutes : minutes.toFixed(1)}
          <small>{t('unit.minutesWord')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.items')}</dt>
        <dd>
          {exam.parts ? contentOf(exam).items : exam.itemCount}
          <small>{exam.parts ? t('exam.tasks', { tasks: contentOf(exam).tasks }) : t('unit.questions')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.pass')}</dt>
        <dd>
          {exam.passScore}
          <small>{t('exam.orMore')}</small>
        </dd>
      </div>
      <div>
        <dt>{t('exam.valid')}</dt>
        <dd>
          <span class="unbroken">{periodText(t, exam.validFor)}</span>
        </dd>
      </div>
    </dl>
  )
}

interface SpecimenProps {
  readonly context: PageContext
  readonly exam: Pick<ExamCard, 'id' | 'title' | 'level'> & {
    readonly parts?: readonly Pick<NonNullable<ExamCard['parts']>[number], 'id'>[]
  }
}

/** The badge of an exam as a specimen: its rim names no date and no credential. The heading beside it says what it is. */
export const Specimen = ({ context: { locale }, exam }: SpecimenProps) => {
  const art = badgeSvg(
    specimenOf({
      exam: exam.id,
      title: exam.title,
      level: exam.level as 1 | 2 | 3,
      parts: (exam.parts ?? []).map(({ id }) => ({ part: id })),
      locale,
      placement: 'decoration',
    }),
  )
  return <Drawing svg={art} />
}
