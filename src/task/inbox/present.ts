import type { CompiledHtml } from '../../item/markup/compiled-html.ts'

// What pages know of an inbox: the mails that came in, and the documents beside them.

/** What can be done with a mail: answered, reported to the client, left until the client has seen it, or nothing at all. */
export const MAIL_ACTS = ['reply', 'report', 'leave', 'none'] as const
export type MailAct = (typeof MAIL_ACTS)[number]

/** What a candidate fills in for each mail; what goes out is written in the last five. */
export const MAIL_PARTS = ['act', 'to', 'cc', 'subject', 'files', 'body'] as const
export type MailPart = (typeof MAIL_PARTS)[number]

/** A text that is sent has so many characters, gaps at its ends not counted. */
export const LEAST_BODY = 60
export const MOST_BODY = 600

export interface Mailbox {
  /** May be empty. */
  readonly name: string
  readonly address: string
}

export interface ShownMail {
  /** Its place in the inbox, `m1`; the first half of the names of its fields. */
  readonly id: string
  /** When it came in, `9:12`. */
  readonly at: string
  readonly from: Mailbox
  readonly cc: readonly Mailbox[]
  readonly subject: string
  readonly attachments: readonly string[]
  /** Plain text; a blank line parts paragraphs. */
  readonly text: string
}

/** An inbox as a candidate sees it. A mail without a file to send has no field `files`. */
export interface InboxMaterials {
  /** Calendar, files that may be sent, and whatever else lies on the desk. */
  readonly documentsHtml: CompiledHtml
  readonly mails: readonly ShownMail[]
}

/** The name of a field of a mail. */
export const mailField = (id: string, part: MailPart): string => `${id}.${part}`
