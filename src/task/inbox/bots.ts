import type { Random } from '../../kernel/random.ts'
import type { Entries } from '../present.ts'
import type { TaskInstance } from '../task.ts'
import type { Bot } from '../task-kind.ts'
import type { FactKey, InboxKey, MailKey } from './key.ts'
import { STOP } from './patterns.data.ts'
import {
  type InboxMaterials,
  LEAST_BODY,
  MAIL_ACTS,
  type MailAct,
  type MailPart,
  MOST_BODY,
  mailField,
} from './present.ts'
import { AND, inOtherWidth, MODEL_CLOSING, MODEL_OPENING, POLITE_TEMPLATE, sayRange } from './words.data.ts'

type InboxInstance = TaskInstance<InboxKey>

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** The first accepted way of saying what had to be said. */
function modelFact(fact: FactKey): string {
  return fact.as === 'time'
    ? clock(fact.spans[0]?.earliest as number)
    : (fact.accepted[0] as readonly string[]).join(AND)
}

/** The last one, in another width, other dates, other times. */
function otherFact(fact: FactKey): string {
  if (fact.as === 'wording') return inOtherWidth([...(fact.accepted.at(-1) as readonly string[])].reverse().join(' '))
  const at = fact.spans.at(-1)?.latest as number
  return sayRange(at, at + fact.minutes)
}

const padded = (text: string): string =>
  [...text].length >= LEAST_BODY ? text : `${MODEL_OPENING}\n${text}\n${MODEL_CLOSING}`

const bodyOf = (said: readonly string[]): string =>
  padded(said.map((one) => `${one}${STOP}`).join('\n')).slice(0, MOST_BODY)

type Done = Partial<Record<MailPart, string>>

const entriesOf = ({ presented, key }: InboxInstance, work: (mail: MailKey, i: number) => Done): Entries => {
  const initial = new Map(presented.fields.map((field) => [field.name, field.initial]))
  return Object.fromEntries(
    key.mails.flatMap((mail, i) =>
      Object.entries(work(mail, i))
        .map(([part, value]): [string, string] => [mailField(mail.id, part as MailPart), value])
        .filter(([name, value]) => initial.has(name) && value !== initial.get(name)),
    ),
  )
}

const sending = ({ act, to, cc, files }: MailKey): Done =>
  act === 'reply' ? { act, to: to.join(' '), cc: cc.join(' '), files: files.join(' ') } : { act }

const isWritten = ({ act }: MailKey) => act === 'reply' || act === 'report'

const done = (mail: MailKey, body: string): Done => (isWritten(mail) ? { ...sending(mail), body } : sending(mail))

/** The model answers: everything right, in the first wording that the family declares. */
export const perfect = (instance: InboxInstance): Entries =>
  entriesOf(instance, (mail) => done(mail, bodyOf(mail.facts.map(modelFact))))

const otherWordings = (instance: InboxInstance): Entries =>
  entriesOf(instance, (mail) => done(mail, bodyOf([...mail.facts].reverse().map(otherFact))))

const half = (instance: InboxInstance, random: Random): Entries => {
  const kept = new Set(random.shuffle(instance.key.mails).slice(0, Math.ceil(instance.key.mails.length / 2)))
  return entriesOf(instance, (mail) => (kept.has(mail) ? done(mail, bodyOf(mail.facts.map(modelFact))) : {}))
}

/** Does the same with every mail; of the four, what is right most often. Who is answered stands in the mail. */
const constantVerdict = (instance: InboxInstance): Entries => {
  const count = (act: MailAct) => instance.key.mails.filter((mail) => mail.act === act).length
  const [act] = [...MAIL_ACTS].sort((a, b) => count(b) - count(a)) as [MailAct]
  return entriesOf(instance, () => ({ act, to: 'a1' }))
}

/** Answers every sender with a text that suits everything. */
const politeTemplate = (instance: InboxInstance): Entries =>
  entriesOf(instance, () => ({ act: 'reply', to: 'a1', body: POLITE_TEMPLATE }))

const quoted = (instance: InboxInstance, act: MailAct): Entries =>
  entriesOf(instance, (_, i) => {
    const { mails } = instance.presented.materials as InboxMaterials
    return { act, to: 'a1', body: `${mails[i]?.text}\n${MODEL_OPENING}`.slice(0, MOST_BODY) }
  })

/** Everything that any mail asks for, put into every text. */
const stuffed = (instance: InboxInstance): Entries => {
  const all = instance.key.mails.flatMap(({ facts }) => facts.map(modelFact))
  return entriesOf(instance, (mail) => done(mail, bodyOf(all)))
}

/** Everything right, and everybody in the copy. */
function allCopied(instance: InboxInstance): Entries {
  const everybody = (mail: MailKey): string => {
    const field = instance.presented.fields.find(({ name }) => name === mailField(mail.id, 'cc'))
    return field?.as === 'many' ? field.options.map(({ value }) => value).join(' ') : ''
  }
  return entriesOf(instance, (mail) => ({ ...done(mail, bodyOf(mail.facts.map(modelFact))), cc: everybody(mail) }))
}

/** Simulated candidates of inboxes, and what their scores must be. */
export const inboxBots: readonly Bot<InboxKey>[] = [
  { name: 'perfect', play: perfect, each: { least: 1 } },
  { name: 'other-wordings', play: otherWordings, each: { least: 1 } },
  { name: 'untouched', play: () => ({}), each: { most: 0 } },
  { name: 'half', play: half },
  { name: 'constant-verdict', play: constantVerdict, each: { most: 0.35 } },
  { name: 'polite-template', play: politeTemplate, each: { most: 0.35 } },
  { name: 'quoted-thread', play: (instance) => quoted(instance, 'reply'), each: { most: 0.35 } },
  { name: 'quoted-report', play: (instance) => quoted(instance, 'report'), each: { most: 0.35 } },
  // what knowing what to do is worth without writing a word that counts
  { name: 'right-acts', play: (instance) => entriesOf(instance, (mail) => done(mail, POLITE_TEMPLATE)) },
  { name: 'stuffed-phrases', play: stuffed },
  { name: 'all-copied', play: allCopied },
]
