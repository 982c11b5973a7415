import { type Kind, kinds } from '../../detector/judge/kinds.ts'

/** Why somebody reports a post: the detector's kinds, and what no detector looks for. */
export const reportReasons = [...kinds, 'discrimination-or-harassment', 'illegal', 'copyright', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/**
 * How much harm is done while nobody looks, in thousandths of the worst. Money, accounts and names that are gone do not
 * come back; a vague complaint still has to be read.
 */
const severity: Readonly<Record<ReportReason, number>> = {
  'off-platform-contact': 700,
  'upfront-fee': 900,
  'account-trade': 800,
  'identity-lending': 1_000,
  'multi-level-marketing': 700,
  'disguised-survey': 700,
  'work-before-escrow': 700,
  'proxy-purchase': 900,
  'paid-reviews': 500,
  'info-product': 600,
  other: 300,
  'discrimination-or-harassment': 900,
  illegal: 1_000,
  copyright: 500,
}

/** 0..1000. */
export const severityOf = (reason: ReportReason): number => severity[reason]

export const severityOfKind = (kind: Kind): number => severity[kind]
