import type { TaskFamily } from '../../item/family.ts'
import { drawTask } from '../../task/draw-task.ts'
import { gradeTask } from '../../task/grade-task.ts'
import { inboxBots, perfect } from '../../task/inbox/bots.ts'
import type { DeclaredFact, DeclaredMail, Forbidden, InboxBody } from '../../task/inbox/family.ts'
import type { InboxKey } from '../../task/inbox/key.ts'
import type { MailAct, Mailbox } from '../../task/inbox/present.ts'
import { foldWording } from '../../task/inbox/read-text.ts'
import type { TaskInstance } from '../../task/task.ts'
import { CannotDraw } from '../../task/task-kind.ts'
import { error, type Report } from '../diagnostic.ts'
import { renderBlocks } from '../render-markdown.ts'
import { say } from '../said.ts'
import { trialSeed } from './check-draws.ts'
import { type FamilyPart, type FamilySource, requirePart, textOf } from './family-source.ts'
import { besideSlots } from './read-slots.ts'
import {
  ACT_WORDS,
  FACT,
  FREE_TIME,
  LABELLED,
  LIST_COMMA,
  MAIL_ANSWER_WORDS,
  MAIL_HEAD_WORDS,
  MAIL_TAGS,
  NO_FILES,
  SENDER_WORD,
  WORDING_PLUS,
} from './words.data.ts'
import type { WrittenKind } from './written-kind.ts'

/** The model answers are graded on so many seeds for each that a family is tried on, and at most on so many. */
const TRIALS_PER_SEED = 4
const TRIALS = 40

const keyOf = <Name extends string>(words: Readonly<Record<Name, string>>, written: string): Name | undefined =>
  (Object.keys(words) as Name[]).find((name) => words[name] === written)

/** Splits at a sign that stands in no slot. */
const splitAt = (text: string, sign: string): string[] =>
  text
    .split(new RegExp(`${sign}(?![^{]*\\}\\})`))
    .map((one) => one.trim())
    .filter((one) => one !== '')

const WORDINGS = ' / '

/** A line of a mail, and where it stands. */
interface Line {
  readonly label: string
  readonly value: string
  readonly line: number
}

interface Reading {
  readonly mail: string
  readonly report: Report
}

const refuse = ({ mail, report }: Reading, { label, value, line }: Line): undefined => {
  report(
    { line, column: 1 },
    error(
      'inbox/mail',
      say('task.mailLine', { mail, line: value === '' ? label : `${label}：${value}`.slice(0, 80) }),
      say('advice.writeAsInSample'),
    ),
  )
  return undefined
}

function readBox(written: string): Mailbox | undefined {
  const [, name = '', address] = /^(.*?)[ \u3000]*<([^<>]+)>$/u.exec(written) ?? ['', '', written]
  return address?.includes('@') ? { name, address } : undefined
}

function readFact(line: Line, reading: Reading): DeclaredFact | undefined {
  const [, name, written] = FACT.exec(line.value) ?? []
  if (!name || !written) return refuse(reading, line)
  const time = FREE_TIME.exec(written)
  if (time) {
    const [, within = '', notBefore, overBy, hours = '0', rest = '0'] = time
    const minutes = Number(hours) * 60 + Number(rest)
    return minutes < 5
      ? refuse(reading, line)
      : {
          name,
          as: 'time',
          within,
          ...(notBefore === undefined ? {} : { notBefore }),
          ...(overBy === undefined ? {} : { overBy }),
          minutes,
        }
  }
  const accepted = splitAt(written, WORDINGS).map((wording) => splitAt(wording, WORDING_PLUS))
  return accepted.flat().some((part) => foldWording(part) === '')
    ? refuse(reading, line)
    : { name, as: 'wording', accepted }
}

function readForbidden(as: Forbidden['as'], line: Line, reading: Reading): Forbidden | undefined {
  const wordings = splitAt(line.value, WORDINGS)
  return wordings.length === 0 || wordings.some((wording) => foldWording(wording) === '')
    ? refuse(reading, line)
    : { as, wordings }
}

/** The lines below a mail's heading: its head, what it says, and what is right. */
function partLines(part: FamilyPart): { head: Line[]; text: string; answers: Line[] } {
  const head: Line[] = []
  const text: string[] = []
  const answers: Line[] = []
  let isHead = true
  for (const [i, written] of part.lines.entries()) {
    const line = part.line + 1 + i
    const [, answer, answerValue = ''] = LABELLED.exec(/^-[ \t]+(.*)$/.exec(written)?.[1] ?? '') ?? []
    const [, label, value = ''] = LABELLED.exec(written) ?? []
    if (answer !== undefined && keyOf(MAIL_ANSWER_WORDS, answer)) {
      answers.push({ label: answer, value: answerValue.trim(), line })
      continue
    }
    if (isHead && written.trim() === '') isHead = head.length === 0
    else if (isHead) head.push({ label: label ?? written, value: value.trim(), line })
    if (!isHead) text.push(written)
  }
  return { head, text: text.join('\n').trim(), answers }
}

type Shown = Pick<DeclaredMail, 'from' | 'cc' | 'subject' | 'attachments'>

function readHead(lines: readonly Line[], part: FamilyPart, reading: Reading): Shown | undefined {
  const read: { from?: Mailbox; cc: Mailbox[]; subject?: string; attachments: string[] } = { cc: [], attachments: [] }
  for (const line of lines) {
    const boxes = splitAt(line.value, LIST_COMMA).flatMap((written) => readBox(written) ?? [])
    switch (keyOf(MAIL_HEAD_WORDS, line.label)) {
      case 'from':
        read.from = boxes[0] ?? refuse(reading, line)
        break
      case 'cc':
        if (boxes.length === 0) refuse(reading, line)
        read.cc.push(...boxes)
        break
      case 'subject':
        read.subject = line.value
        break
      case 'files':
        read.attachments.push(...splitAt(line.value, LIST_COMMA))
        break
      default:
        refuse(reading, line)
    }
  }
  const { from, subject } = read
  if (from && subject) return { ...read, from, subject }
  const missing = from ? MAIL_HEAD_WORDS.subject : MAIL_HEAD_WORDS.from
  reading.report(
    { line: part.line, column: 1 },
    error('inbox/mail', say('task.mailPart', { mail: reading.mail, part: missing }), say('advice.writeAsInSample')),
  )
  return undefined
}

type Right = Pick<DeclaredMail, 'act' | 'replyTo' | 'replyCc' | 'replyFiles' | 'facts' | 'forbidden' | 'why'>

function readAnswers(lines: readonly Line[], part: FamilyPart, reading: Reading): Right | undefined {
  let act: MailAct | undefined
  const read = {
    replyTo: [] as string[],
    replyCc: [] as string[],
    replyFiles: [] as string[],
    facts: [] as DeclaredFact[],
    forbidden: [] as Forbidden[],
    why: '',
  }
  const ofReplies: Line[] = []
  for (const line of lines) {
    const listed = splitAt(line.value, LIST_COMMA)
    const label = keyOf(MAIL_ANSWER_WORDS, line.label)
    switch (label) {
      case 'act':
        act =
          (Object.keys(ACT_WORDS) as MailAct[]).find((one) => ACT_WORDS[one].test(line.value)) ?? refuse(reading, line)
        break
      case 'to':
        ofReplies.push(line)
        read.replyTo.push(...listed.filter((one) => one !== SENDER_WORD))
        break
      case 'cc':
        ofReplies.push(line)
        read.replyCc.push(...listed)
        break
      case 'files':
        ofReplies.push(line)
        read.replyFiles.push(...listed.filter((one) => one !== NO_FILES))
        break
      case 'fact': {
        const fact = readFact(line, reading)
        if (fact) read.facts.push(fact)
        break
      }
      case 'mention':
      case 'promise': {
        const forbidden = readForbidden(label, line, reading)
        if (forbidden) read.forbidden.push(forbidden)
        break
      }
      case 'why':
        read.why = line.value
        break
      case undefined:
        break
      default:
        label satisfies never
    }
  }
  const { mail, report } = reading
  if (!act) {
    const at = { line: part.line, column: 1 }
    report(
      at,
      error('inbox/mail', say('task.mailPart', { mail, part: MAIL_ANSWER_WORDS.act }), say('advice.writeAsInSample')),
    )
    return undefined
  }
  for (const { label, line } of act === 'reply' ? [] : ofReplies)
    report(
      { line, column: 1 },
      error('inbox/mail', say('task.mailAnswer', { mail, part: label }), say('advice.actOrLine')),
    )
  return { act, ...read }
}

const TAG = /`([^`]+)`/g
const nameOf = (part: FamilyPart): string => part.title.replace(TAG, '').trim()

function readMail(part: FamilyPart, report: Report): DeclaredMail | undefined {
  const tags = [...part.title.matchAll(TAG)].map(([, tag]) => (tag as string).trim())
  const group = tags.flatMap((tag) => MAIL_TAGS.group.exec(tag)?.[1] ?? [])[0]
  const isSkill = (tag: string) => tag !== MAIL_TAGS.always && tag !== MAIL_TAGS.critical && !MAIL_TAGS.group.test(tag)
  const reading = { mail: nameOf(part), report }
  const { head, text, answers } = partLines(part)
  const shown = readHead(head, part, reading)
  const right = readAnswers(answers, part, reading)
  return (
    shown &&
    right && {
      name: reading.mail,
      always: tags.includes(MAIL_TAGS.always),
      ...(group === undefined ? {} : { group }),
      critical: tags.includes(MAIL_TAGS.critical),
      skills: tags.filter(isSkill),
      ...shown,
      text,
      ...right,
    }
  )
}

/** Plays the model answers, which are made of what the family declares: they must earn everything, and lose nothing. */
function checkModels(family: TaskFamily<InboxBody>, report: Report, source: FamilySource, seeds: number): void {
  const said = new Set<string>()
  for (let trial = 0; trial < Math.min(TRIALS, seeds * TRIALS_PER_SEED); trial++) {
    const locale = source.locale
    let instance: TaskInstance<InboxKey>
    try {
      instance = { ...drawTask(family, { locale, seed: trialSeed(trial) }), hash: '' } as TaskInstance<InboxKey>
    } catch (failure) {
      // what cannot be drawn is reported for every kind
      if (failure instanceof CannotDraw) return
      throw failure
    }
    const { checkpoints, losses } = gradeTask(instance, perfect(instance))
    const wrong = [
      ...checkpoints.filter(({ credit }) => credit < 1).map(({ id }) => ({ mail: /m\d+/.exec(id)?.[0], what: id })),
      ...losses.map(({ field, reason }) => ({ mail: field?.split('.')[0], what: reason })),
    ]
    for (const { mail: id, what } of wrong) {
      const mail = instance.key.mails.find((one) => one.id === id)?.name ?? ''
      if (said.has(mail)) continue
      said.add(mail)
      const part = source.parts.get('mails')?.parts.find((one) => nameOf(one) === mail)
      report(
        part ? { line: part.line, column: 1 } : source.top,
        error('inbox/contradiction', say('task.inboxContradiction', { mail, what }), say('advice.conditionsOfMail')),
      )
    }
  }
}

function checkPool({ body }: TaskFamily<InboxBody>, report: Report, source: FamilySource): void {
  const { mails, declared } = body
  const groups = new Set(declared.flatMap(({ group, always }) => (group === undefined || always ? [] : [group])))
  const sure = declared.filter(({ always }) => always).length + groups.size
  const others = declared.filter(({ always, group }) => !always && group === undefined).length
  if (mails < 2 || mails > 12)
    report(source.top, error('task/value', say('task.sizeOutOfRange', { size: 'mails' }), say('advice.sizesOfOthers')))
  else if (sure > mails || sure + others < mails)
    report(source.top, error('inbox/pool', say('task.mailPool', { mails }), say('advice.mailsOrFixed')))
}

/** Inboxes in Markdown: documents that everybody sees, and mails with what is right for each. */
export const writtenInbox: WrittenKind<InboxBody> = {
  read: (source, report) => {
    const documents = requirePart(source, 'materials', report)
    const mails = requirePart(source, 'mails', report)
    if (!documents || !mails) return undefined
    const options = {
      // documents of an inbox are text and tables
      image: () => error('image/refused', say('task.documentsImage'), say('advice.textOrTable')),
      refuse: (finding: Parameters<Report>[1]) => report({ line: documents.line, column: 1 }, finding),
    }
    return {
      body: {
        mails: source.sizes.mails ?? 0,
        documentsHtml: besideSlots(
          textOf(documents),
          (marked) => renderBlocks(marked, { ...options, prose: true }).html,
        ),
        declared: mails.parts.flatMap((part) => readMail(part, report) ?? []),
      },
    }
  },
  check: (family, report, source, seeds) => {
    checkPool(family, report, source)
    checkModels(family, report, source, seeds)
  },
  bots: inboxBots,
  bounds: { gradeMs: 100 },
}
