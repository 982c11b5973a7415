import type { CredentialStatus } from '../../../contract/marketplace.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { type ShownBadge, statusAt } from '../../evidence/evidence.ts'
import type { Translate } from '../texts.ts'
import { ExamSeal } from './seal.tsx'
import { GRADE } from './signs.data.ts'

export const statusIcons: Readonly<Record<CredentialStatus, IconName>> = {
  active: 'check',
  expired: 'clock',
  suspended: 'pause',
  revoked: 'stop',
}

/** The title as the plugin gave it or as readers know the exam, with the grade if it does not say so itself. */
export function badgeTitle(t: Translate, { title, exam, level }: ShownBadge): string {
  // cases of a message have no hyphens in their names
  const called = t('market.certificateTitle', { title, exam: exam.replaceAll('-', '_') })
  return GRADE.test(called) ? called : `${called} ${t('market.level', { level })}`
}

/** What a certificate rests on; undefined where the plugin did not say. */
export function restsOn(t: Translate, { parts }: ShownBadge): string | undefined {
  if (!parts) return undefined
  const kind = parts.includes('practical') ? 'both' : 'knowledge'
  return t(`market.rests.${kind}`)
}

/** A certificate in one line; it leads to the plugin's verification page. */
export function BadgeChip({ t, badge, now }: { t: Translate; badge: ShownBadge; now: Instant }) {
  const status = statusAt(badge, now)
  return (
    <a class={status === 'active' ? 'badge-chip' : 'badge-chip inactive'} href={badge.url}>
      <ExamSeal exam={badge.exam} active={status === 'active'} />
      <span>{badgeTitle(t, badge)}</span>
      {badge.parts?.includes('practical') && <span class="rests">{restsOn(t, badge)}</span>}
      <Icon name={statusIcons[status]} small />
      <span class={status === 'active' ? 'unseen' : undefined}>{t(`market.badgeStatus.${status}`)}</span>
    </a>
  )
}
