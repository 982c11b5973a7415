import type { Instant } from '../../../kernel/instant.ts'
import type { CredentialStatus } from '../../../marketplace/contract.ts'
import { type ShownBadge, statusAt } from '../../evidence/evidence.ts'
import type { Texts } from '../texts/texts.ts'
import { Icon, type IconName } from './icon.tsx'
import { ExamSeal } from './seal.tsx'

export const statusIcons: Readonly<Record<CredentialStatus, IconName>> = { active: 'check', expired: 'clock', suspended: 'pause', revoked: 'stop' }

/** The title as the plugin gave it or as readers know the exam, with the grade if it does not say so itself. */
export function badgeTitle(t: Texts, { title, exam, level }: ShownBadge): string {
  const called = t.certificateTitle(title, exam)
  return /級|Grade/.test(called) ? called : `${called} ${t.level(level)}`
}

/** A certificate in one line; it leads to the plugin's verification page. */
export function BadgeChip({ t, badge, now }: { t: Texts; badge: ShownBadge; now: Instant }) {
  const status = statusAt(badge, now)
  return (
    <a class={status === 'active' ? 'badge-chip' : 'badge-chip inactive'} href={badge.url}>
      <ExamSeal exam={badge.exam} active={status === 'active'} />
      <span>{badgeTitle(t, badge)}</span>
      <Icon name={statusIcons[status]} className="small" />
      <span class={status === 'active' ? 'unseen' : undefined}>{t.badgeStatus[status]}</span>
    </a>
  )
}
