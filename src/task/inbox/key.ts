import type { Forbidden } from './family.ts'
import type { MailAct } from './present.ts'

export type FactKey = { readonly name: string } & (
  | { readonly as: 'wording'; readonly accepted: readonly (readonly string[])[] }
  /** In minutes after midnight: begins from `earliest` to `latest` of one span. */
  | {
      readonly as: 'time'
      readonly spans: readonly { readonly earliest: number; readonly latest: number }[]
      readonly minutes: number
    }
)

/** What is right for one mail. */
export interface MailKey {
  readonly id: string
  /** Its heading in the family. */
  readonly name: string
  readonly act: MailAct
  /** Values of the options. */
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly files: readonly string[]
  /** Options of files that came with the mail: nobody sends them on. */
  readonly received: readonly string[]
  readonly facts: readonly FactKey[]
  readonly forbidden: readonly Forbidden[]
  readonly critical: boolean
  readonly actSkill: string
  readonly factSkill: string
  /** All that the mail says, with its head. */
  readonly thread: string
  /** The firm that it comes from, where its name is long enough to be one. */
  readonly party?: string
  readonly why: string
}

export interface InboxKey {
  /** What brief, rules and documents say. */
  readonly common: string
  readonly mails: readonly MailKey[]
}
