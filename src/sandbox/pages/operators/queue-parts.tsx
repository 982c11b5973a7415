import { Chip } from '../../../platform/page/state.tsx'
import { kindTexts } from '../../detector/judge/kinds.ts'
import type { Case } from '../../moderation/case.ts'
import { priorityOf } from '../../moderation/report/priority.ts'
import { staff } from '../../people/staff.data.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import { textsOf } from '../texts.ts'
import type { Cause, QueueLine } from './load-queue.ts'

/** What an operator is called; the id where they are not of the staff any more. */
export const operatorName = (id: string | null): string => staff.find((person) => person.id === id)?.name ?? id ?? ''

/** What a case seems to be about, in words. */
export function causeIn({ locale }: Pick<Reader, 'locale'>, cause: Cause): string {
  switch (cause.type) {
    case 'kind':
      return kindTexts[cause.kind].title[locale]
    case 'reason':
      return textsOf(locale)(`job.reportReasons.${cause.reason}`)
    case 'policy':
      return cause.policy
    case 'noticed':
      return textsOf(locale)('case.noticed')
  }
}

/** How long something has been waiting, in words. */
export function waitIn({ locale, now }: Pick<Reader, 'locale' | 'now'>, since: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000))
  return textsOf(locale)('case.length', { days: Math.floor(minutes / 1_440), hours: Math.floor(minutes / 60), minutes })
}

export const titleIn = (
  { locale }: Pick<Reader, 'locale'>,
  { title, known }: Pick<QueueLine, 'title' | 'known'>,
): string => title?.[locale] ?? (known.person === null ? known.ref : textsOf(locale)('case.gone'))

const isClaimed = ({ claimedBy, claimedUntil }: Case, { now }: Pick<Reader, 'now'>): boolean =>
  claimedBy !== null && claimedUntil !== null && claimedUntil > now

/** Who has a case now; undefined when nobody has. */
export const claimantOf = (known: Case, reader: Pick<Reader, 'now'>): string | undefined =>
  isClaimed(known, reader) ? (known.claimedBy ?? undefined) : undefined

/** How a case stands, as chips of icon and word. */
export function CaseChips({ reader, known }: { reader: Reader; known: Case }) {
  const { t } = reader
  const claimant = claimantOf(known, reader)
  return (
    <>
      {known.status !== 'open' && (
        <Chip tone={known.status === 'closed' ? 'off' : 'wait'} icon={known.status === 'closed' ? 'check' : 'right'}>
          {known.appeal !== null && known.status === 'escalated'
            ? t('case.appealed')
            : t(`case.statuses.${known.status}`)}
        </Chip>
      )}
      {claimant !== undefined && (
        <Chip tone={claimant === reader.person?.id ? 'act' : undefined} icon="person">
          {claimant === reader.person?.id ? t('case.yours') : t('case.takenBy', { operator: operatorName(claimant) })}
        </Chip>
      )}
    </>
  )
}

/** A meter from 0 to 1 without a style attribute. */
export const Share = ({ share, tint }: { share: number; tint?: string }) => (
  <svg class={`meter ${tint ?? ''}`} aria-hidden="true">
    <rect width={`${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`} height="100%" />
  </svg>
)

/** One case of the queue, as a link to all about it. */
export function QueueEntry({ reader, line, current }: { reader: Reader; line: QueueLine; current?: boolean }) {
  const { t } = reader
  const { known, cause } = line
  return (
    <a
      class="queue-entry"
      href={link(reader.locale, `/operators/subjects/${known.id}`)}
      aria-current={current ? 'page' : undefined}
    >
      <span class="queue-head">
        <b>{causeIn(reader, cause)}</b>
        <span class="queue-priority">
          <span class="unseen">{t('case.priority')}</span> {priorityOf(known.points)}
        </span>
      </span>
      <span class="queue-title">
        {t('case.about', { subject: t('case.subject', { kind: known.kind }), title: titleIn(reader, line) })}
      </span>
      <span class="queue-foot">
        <span>{t('case.reports', { n: known.reports })}</span>
        <span>{waitIn(reader, known.openedAt)}</span>
      </span>
      {(known.status === 'escalated' || claimantOf(known, reader) !== undefined) && (
        <span class="chips">
          <CaseChips reader={reader} known={known} />
        </span>
      )}
    </a>
  )
}
