import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Chip, type Tone } from '../../../platform/page/state.tsx'
import type { JobDetails } from '../../flows/show-job.ts'
import type { Suggestions } from '../../flows/suggest-workers.ts'
import type { Invitation } from '../../job/invitation/invitation.ts'
import type { Application } from '../../job/job.ts'
import { type ApplicationState, type Job, type JobState, stateAt } from '../../job/job.ts'
import type { ClientFigures } from '../../job/quality.ts'
import type { JobReason, JobReasonCode } from '../../job/reasons.ts'
import type { Decision } from '../../moderation/decision/store.ts'
import type { Report } from '../../moderation/report/store.ts'
import type { Client } from '../../people/person.ts'
import type { StandingStatus } from '../../people/worker.ts'
import { yenText } from '../figures.ts'
import type { Reader } from '../parts/layout.tsx'
import { textsOf } from '../texts.ts'

/** All that the page of a job shows. */
export interface JobView extends JobDetails {
  readonly client: Client | undefined
  /** The reader's own application, invitation and report. */
  readonly application: Application | undefined
  readonly invitation: Invitation | undefined
  readonly report: Report | undefined
  /** The reader's standing, if they are a worker. */
  readonly standing: StandingStatus | undefined
  /** Whom the poster might invite; undefined for everybody else. */
  readonly suggestions: Suggestions | undefined
  /** What took the job down. */
  readonly decision: Decision | undefined
}

/** What a job pays, in words. */
export const payIn = (
  { locale }: Pick<Reader, 'locale'>,
  { payType, payAmount }: Pick<Job, 'payType' | 'payAmount'>,
): string => textsOf(locale)(`job.pay.${payType}`, { amount: yenText(locale, payAmount) })

const looks: Readonly<Record<JobState, readonly [tone: Tone, icon: IconName]>> = {
  published: ['ok', 'check'],
  queued: ['wait', 'clock'],
  held: ['wait', 'pause'],
  'taken-down': ['bad', 'stop'],
  closed: ['off', 'stop'],
  filled: ['off', 'check'],
}

export function JobStateChip({ reader, job }: { reader: Reader; job: Job }) {
  const state = stateAt(job, reader.now)
  const [tone, icon] = looks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {reader.t(`job.states.${state}`)}
    </Chip>
  )
}

/** Says that who is new here is welcome. */
export const WelcomeChip = ({ reader, job }: { reader: Reader; job: Pick<Job, 'welcomesNewcomers'> }) =>
  job.welcomesNewcomers ? <Chip icon="sprout">{reader.t('job.welcomesNewcomers')}</Chip> : null

const applicationLooks: Readonly<Record<ApplicationState, readonly [tone: Tone, icon: IconName]>> = {
  open: ['wait', 'clock'],
  withdrawn: ['off', 'left'],
  hired: ['ok', 'check'],
}

export function ApplicationChip({ reader, state }: { reader: Reader; state: ApplicationState }) {
  const [tone, icon] = applicationLooks[state]
  return (
    <Chip tone={tone} icon={icon}>
      {reader.t(`job.applicationStates.${state}`)}
    </Chip>
  )
}

/** A client's history in sentences, from what was counted and nothing assumed. */
export function historyIn(
  { locale }: Pick<Reader, 'locale'>,
  { concluded, paid, accepted, acceptanceDays, requests, requestSum }: ClientFigures,
): readonly string[] {
  const t = textsOf(locale)
  const days = accepted === 0 ? undefined : acceptanceDays / accepted
  return [
    concluded === 0 ? t('job.history.none') : t('job.history.paid', { concluded, paid }),
    ...(days === undefined
      ? []
      : [days < 1 ? t('job.history.quick') : t('job.history.days', { days: Math.round(days) })]),
    ...(requests === 0 ? [] : [t('job.history.clarity', { clarity: (requestSum / requests).toFixed(1), requests })]),
  ]
}

const reasonIcons: Readonly<Record<JobReasonCode, IconName>> = {
  'client-pays': 'check',
  'client-trouble': 'info',
  'client-new': 'sprout',
  'client-clear': 'star',
  'client-unclear': 'info',
  'client-quick': 'clock',
  'client-slow': 'clock',
  'client-restricted': 'stop',
  'post-clear': 'check',
  'post-short': 'info',
  fresh: 'sprout',
  old: 'clock',
  'being-checked': 'search',
  'resembles-trouble': 'info',
}

/** Why a job is where it is; the codes are in the mark-up, for those who build on them. */
export const JobReasons = ({ reader, reasons }: { reader: Reader; reasons: readonly JobReason[] }) => (
  <ul class="reasons">
    {reasons.map(({ code, text }) => (
      <li data-code={code}>
        <Icon name={reasonIcons[code]} />
        <span>{text[reader.locale]}</span>
      </li>
    ))}
  </ul>
)

const EXCERPT = 110

/** The beginning of a post, for lists. */
export function excerptOf(body: string): string {
  const letters = [...body.replaceAll(/\s+/g, ' ').trim()]
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join('')}…` : letters.join('')
}
