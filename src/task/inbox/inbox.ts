import * as z from 'zod'
import { readCompiledHtml } from '../../item/markup/compiled-html.ts'
import type { TaskKindDefinition } from '../task-kind.ts'
import { explainInbox } from './explain.ts'
import { generateInbox, type InboxShapes } from './generate.ts'
import { gradeInbox1 } from './grade-1.ts'
import { MAIL_ACTS } from './present.ts'

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
  graders: { 1: gradeInbox1 },
  explain: explainInbox,
}
