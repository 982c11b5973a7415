import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import type { FamilyBody } from '../task-kind.ts'
import type { MailAct, Mailbox } from './present.ts'

// Texts of a family hold slots as they are written, `{{name}}`.

/** Something that must be written. */
export type DeclaredFact = {
  /** What it is about, for those who read the key. */
  readonly name: string
} /** Any of these; of one, all parts in one sentence, in any order. */ & (
  | { readonly as: 'wording'; readonly accepted: readonly (readonly string[])[] }
  /** A time at which something of so many minutes begins, within ranges of time, not before and over by an hour. */
  | {
      readonly as: 'time'
      readonly within: string
      readonly notBefore?: string
      readonly overBy?: string
      readonly minutes: number
    }
)

/** Something that must not be written: at all, or as a promise (a question or a refusal in the same sentence excuses it). */
export interface Forbidden {
  readonly as: 'mention' | 'promise'
  readonly wordings: readonly string[]
}

export interface DeclaredMail {
  /** The heading that it stands below. */
  readonly name: string
  /** Whether it is in every inbox. */
  readonly always: boolean
  /** Of the mails of one group one is drawn. */
  readonly group?: string
  /** Whether a disclosure, a forbidden text or a needless answer here is a critical failure. */
  readonly critical: boolean
  /** The competency of what is done, and the last one that of what is written. */
  readonly skills: readonly string[]
  readonly from: Mailbox
  readonly cc: readonly Mailbox[]
  readonly subject: string
  readonly attachments: readonly string[]
  readonly text: string

  readonly act: MailAct
  /** Addresses; an empty list in an answer is the sender. */
  readonly replyTo: readonly string[]
  readonly replyCc: readonly string[]
  readonly replyFiles: readonly string[]
  readonly facts: readonly DeclaredFact[]
  readonly forbidden: readonly Forbidden[]
  readonly why: string
}

/** An inbox to be worked through. */
export interface InboxBody extends FamilyBody {
  /** So many are in an inbox. */
  readonly mails: number
  readonly documentsHtml: CompiledHtml
  readonly declared: readonly DeclaredMail[]
}
