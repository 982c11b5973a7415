import * as z from 'zod'
import { readCompiledHtml } from '../../item/markup/compiled-html.ts'
import { type EnteredValue, type Explanation, type Explanations, openEntered } from '../explain.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { generateInbox, type InboxShapes } from './generate.ts'
import { gradeInbox1 } from './grade-1.ts'
import { gradeInbox2 } from './grade-2.ts'
import type { FactKey, InboxKey, MailKey } from './key.ts'
import { MAIL_ACTS, type MailPart, mailField } from './present.ts'

const name = z.string().min(1).max(60)
const line = z.string().max(300)
const lines = z.array(line).max(20)
const text = z.string().max(4_000)
const mailbox = z.strictObject({ name: line, address: line.min(1) })
const wordings = z.array(line.min(1)).min(1).max(30)

const fact = z.discriminatedUnion('as', [
  z.strictObject({ name, as: z.literal('wording'), accepted: z.array(wordings).min(1).max(200) }),
  z.strictObject({
    name,
    as: z.literal('time'),
    within: line,
    notBefore: line.optional(),
    overBy: line.optional(),
    minutes: z.int().min(5).max(600),
  }),
])

const declared = z.strictObject({
  name,
  always: z.boolean(),
  group: name.optional(),
  critical: z.boolean(),
  skills: z.array(name).min(1).max(6),
  from: mailbox,
  cc: z.array(mailbox).max(10),
  subject: line.min(1),
  attachments: lines,
  text,
  act: z.enum(MAIL_ACTS),
  replyTo: lines,
  replyCc: lines,
  replyFiles: lines,
  facts: z.array(fact).max(12),
  forbidden: z.array(z.strictObject({ as: z.enum(['mention', 'promise']), wordings })).max(12),
  why: text,
})

const shownBox = z.object({ name: z.string(), address: z.string() })

/** Mails that came in, to be answered, reported or left by the client's rules. */
export const inbox: TaskKindDefinition<InboxShapes> = {
  bodySchema: () =>
    z.strictObject({
      mails: z.int().min(2).max(12),
      documentsHtml: z.string().refine((html) => readCompiledHtml(html) !== undefined),
      declared: z.array(declared).min(2).max(40),
    }),
  materialsSchema: () =>
    z.object({
      documentsHtml: z.string(),
      mails: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          from: shownBox,
          cc: z.array(shownBox),
          subject: z.string(),
          attachments: z.array(z.string()),
          text: z.string(),
        }),
      ),
    }),
  generator: 1,
  generate: generateInbox,
  graders: { 1: gradeInbox1, 2: gradeInbox2 },
  explain: explainInbox,
}

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** Wordings that are accepted; of a time, from when to when it may begin. */
const rightOf = (fact: FactKey): string[] =>
  fact.as === 'wording'
    ? fact.accepted.map((parts) => parts.join(' + '))
    : fact.spans.map(({ earliest, latest }) =>
        earliest === latest ? clock(earliest) : `${clock(earliest)}–${clock(latest)}`,
      )

/** What each checkpoint of an inbox looked at, mail by mail. */
function explainInbox(key: InboxKey, fields: readonly TaskField[], entries: Entries): Explanations {
  const entered = openEntered(fields, entries)
  const names = new Set(fields.map(({ name }) => name))
  const ofMail = (mail: MailKey): [string, Explanation][] => {
    const { id } = mail
    const place = mail.name
    const value = (part: MailPart, right: string): EnteredValue => entered(mailField(id, part), [right])
    const written = entered(mailField(id, 'body'))
    const facts = mail.facts.map((fact, i): [string, Explanation] => [
      `fact:${id}.${i + 1}`,
      { place, values: [{ label: fact.name, entered: written.entered, right: rightOf(fact) }] },
    ])
    return [
      [`act:${id}`, { place, values: [value('act', mail.act)], ...(mail.why === '' ? {} : { why: mail.why }) }],
      [`recipients:${id}`, { place, values: [value('to', mail.to.join(' ')), value('cc', mail.cc.join(' '))] }],
      [
        `files:${id}`,
        // where there is nothing to send along, a text that is sent is complete
        {
          place,
          values: [
            names.has(mailField(id, 'files'))
              ? value('files', mail.files.join(' '))
              : entered(mailField(id, 'body'), []),
          ],
        },
      ],
      ...facts,
    ]
  }
  return new Map(key.mails.flatMap(ofMail))
}
