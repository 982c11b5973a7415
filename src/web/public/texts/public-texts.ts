import type { CheckName, Reason, Verdict } from '@kentei/verify/parts'
import type { StandingEndorsement } from '../../../credential/endorsement.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** What a passed check says, filled with the credential's own figures. */
export interface CheckFigures {
  readonly bytes: number
  readonly algorithm: string
  readonly host: string
  readonly from: string
  readonly until: string
  readonly list: number
  readonly index: number
}

interface VerdictTexts {
  readonly heading: string
  /** The state in a word, beside an icon. */
  readonly word: string
  /** What it means, and what happens next. */
  readonly meaning: readonly [string, string]
}

/** The certificate on paper. */
export interface PrintTexts {
  readonly paper: string
  readonly link: string
  readonly button: string
  readonly hint: string
  readonly back: string
  readonly heading: string
  /** Under the holder's name, with the badge's name. */
  passed(name: string): string
  readonly claim: string
  readonly limits: string
  /** Of every certificate, whatever its exam. */
  readonly alwaysLimits: string
  readonly scan: string
  readonly scanNote: string
  printedOn(day: string): string
}

/** The sentences of the public pages. Every machine code that a reader can meet has one. */
export interface PublicTexts {
  readonly verdicts: Readonly<Record<Verdict, VerdictTexts>>
  readonly checks: Readonly<Record<CheckName, { readonly name: string; passed(figures: CheckFigures): string }>>
  reason(code: Reason): string
  readonly field: Readonly<
    Record<
      'holder' | 'holderNote' | 'exam' | 'passedOn' | 'issuedOn' | 'validUntil' | 'issuer' | 'suspended' | 'suspendedNote' | 'revoked' | 'revokedNote' | 'expired' | 'signature' | 'status',
      string
    >
  >
  readonly lineage: Readonly<Record<'firstAward' | 'renews' | 'replaces' | 'renewedBy', string>>
  /** Another certificate, by the day on which it was issued. */
  certificateOf(day: string): string
  readonly corrected: Readonly<Record<'meaning' | 'open', string>>
  readonly renewed: Readonly<Record<'meaning' | 'open', string>>
  readonly checkedNow: string
  since(date: string): string
  /** Since when a suspended one is being looked into. */
  reviewedSince(date: string): string
  until(date: string): string
  /** When one ended that has. */
  endedOn(date: string): string
  remaining(span: { readonly unit: 'year' | 'month' | 'day'; readonly count: number }): string
  daysAgo(days: number): string
  readonly signatureRight: string
  readonly signatureNot: string
  readonly retry: string
  readonly skills: string
  /** In place of the skills, of a certificate that shows none. */
  readonly demonstration: { readonly title: string; readonly text: string }
  readonly aboutExam: string
  readonly genuine: string
  /** Before and after the host name. */
  readonly genuineText: readonly [string, string]
  readonly details: string
  allPassed(count: number): string
  notAllPassed(passed: number, count: number): string
  readonly bits: string
  bitsLabel(from: number, to: number, index: number, bit: number): string
  byteLabel(byte: number): string
  position(bit: number, index: number): string
  /** Before and after the address of the list. */
  readonly bitsText: readonly [string, string]
  readonly key: string
  readonly keyField: Readonly<Record<'kid' | 'algorithm' | 'publicKey' | 'number' | 'subject', string>>
  readonly token: string
  readonly tokenLabel: string
  readonly tokenText: string
  readonly copy: string
  readonly copied: string
  readonly share: string
  readonly shareNote: string
  readonly link: string
  readonly embed: string
  readonly preview: string
  /** Stands where the live picture cannot be shown, so it must not tell a state. */
  pictureAlt(name: string): string
  readonly missingTitle: string
  /** What it means, and what to do. */
  readonly missingText: readonly [string, string]
  readonly criteria: string
  readonly sections: string
  sectionRow(count: number, passScore: number | undefined): string
  readonly erasedTitle: string
  readonly erasedText: string
  readonly endorsement: string
  readonly endorsementState: Readonly<Record<StandingEndorsement['state'], string>>
  endorsedSince(date: string): string
  readonly achievementNote: string
  titleOf(verdict: Verdict, name: string): string
  /** A state, and the day it was looked up. */
  asOf(word: string, day: string): string
  readonly print: PrintTexts
}

export const publicTextsOf = (locale: 'ja' | 'en'): PublicTexts => ({ ja, en })[locale]
