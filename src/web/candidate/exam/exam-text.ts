import type { Period } from '../../../kernel/instant.ts'
import type { Translate } from '../../ui/message.ts'

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

/** The working time of this candidate, extra time included. */
export const workingSeconds = (exam: { readonly timeLimitSeconds: number; readonly timeMultiplier: number }): number =>
  exam.timeLimitSeconds * exam.timeMultiplier
