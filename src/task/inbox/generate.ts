import { decodeText } from '../../item/markup/compiled-html.ts'
import type { Random } from '../../kernel/random.ts'
import type { FieldOption, TaskField } from '../present.ts'
import { fillMarkup, fillText, type SlotValues } from '../slots.ts'
import { CannotDraw, type Drawn, type FamilyDraw, type KindShapes } from '../task-kind.ts'
import type { DeclaredFact, DeclaredMail, InboxBody } from './family.ts'
import type { FactKey, InboxKey, MailKey } from './key.ts'
import {
  type InboxMaterials,
  MAIL_ACTS,
  type Mailbox,
  type MailPart,
  MOST_BODY,
  mailField,
  type ShownMail,
} from './present.ts'
import { rangesIn, readText } from './read-text.ts'
import { ACT_LABELS, FILE_NAME, fieldLabel, NAME_GAP } from './words.data.ts'

export interface InboxShapes extends KindShapes {
  readonly body: InboxBody
  readonly materials: InboxMaterials
  readonly key: InboxKey
}

const LONGEST_SUBJECT = 120
/** More addresses than these no mail offers. */
const MOST_OPTIONS = 20
/** A firm's name has so many characters at least: a shorter one could be anybody's. */
const LEAST_PARTY = 4

/** The mails of one inbox, in the order in which they came in. Which ones they are does not depend on what is right. */
function drawMails({ declared, mails }: InboxBody, stream: (purpose: string) => Random): DeclaredMail[] {
  const random = stream('mails')
  const always = declared.filter((mail) => mail.always)
  const groups = [...new Set(declared.flatMap(({ group }) => group ?? []))].map((group) => {
    const open = declared.filter((mail) => mail.group === group && !mail.always)
    return open.length === 0 ? [] : [open[random.below(open.length)] as DeclaredMail]
  })
  const others = random.shuffle(declared.filter((mail) => !mail.always && mail.group === undefined))
  const sure = [...always, ...groups.flat()]
  const drawn = [...sure, ...others.slice(0, Math.max(0, mails - sure.length))]
  if (drawn.length !== mails) throw new CannotDraw(`${drawn.length} mails cannot be ${mails}`)
  return stream('order').shuffle(drawn)
}

/** When so many mails came in on one morning. */
function drawTimes(count: number, random: Random): string[] {
  let minutes = 8 * 60 + 30
  return Array.from({ length: count }, () => {
    minutes += 4 + random.below(20)
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  })
}

const filledBox = ({ name, address }: Mailbox, slots: SlotValues): Mailbox => ({
  name: fillText(name, slots),
  address: fillText(address, slots),
})

function showMail(mail: DeclaredMail, place: number, at: string, slots: SlotValues): ShownMail {
  return {
    id: `m${place}`,
    at,
    from: filledBox(mail.from, slots),
    cc: mail.cc.map((box) => filledBox(box, slots)),
    subject: fillText(mail.subject, slots),
    attachments: mail.attachments.map((file) => fillText(file, slots)),
    text: fillText(mail.text, slots),
  }
}

const BLOCK = /<\/?(?:p|br|li|ul|ol|tr|td|th|table|thead|tbody|blockquote|pre|h[1-6])(?:\s[^>]*)?>/g
const textIn = (html: string): string => decodeText(html.replace(BLOCK, '\n').replace(/<[^>]*>/g, ''))

const threadOf = ({ at, from, cc, subject, attachments, text }: ShownMail): string =>
  [at, ...[from, ...cc].map(({ name, address }) => `${name} <${address}>`), subject, ...attachments, text].join('\n')

/** Everybody who can be written to: first those of the mail's head, then who is named in it or in the documents. */
function recipientsOf({ from, cc, text }: ShownMail, documents: string): Mailbox[] {
  const named = [text, documents].flatMap((where) => [...readText(where).addresses])
  const boxes = [from, ...cc, ...named.filter((one) => one.includes('@')).map((address) => ({ name: '', address }))]
  const isFirst = (box: Mailbox, i: number) => boxes.findIndex(({ address }) => address === box.address) === i
  return boxes.filter(isFirst).slice(0, MOST_OPTIONS)
}

const filesOf = ({ attachments }: ShownMail, documents: string): string[] =>
  [...new Set([...(documents.match(FILE_NAME) ?? []), ...attachments])].slice(0, MOST_OPTIONS)

const optionsOf = (sign: string, labels: readonly string[]): FieldOption[] =>
  labels.map((label, i) => ({ value: `${sign}${i + 1}`, label }))

interface Choices {
  readonly boxes: readonly Mailbox[]
  readonly files: readonly string[]
}

function fieldsOf(mail: ShownMail, { boxes, files }: Choices, place: number, locale: 'ja' | 'en'): TaskField[] {
  const people = optionsOf(
    'a',
    boxes.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)),
  )
  const field = (part: MailPart) => ({
    name: mailField(mail.id, part),
    label: fieldLabel(locale, place, part),
    initial: '',
  })
  const acts = MAIL_ACTS.map((act) => ({ value: act, label: ACT_LABELS[locale][act] }))
  return [
    { ...field('act'), max: 20, as: 'one', options: acts },
    { ...field('to'), max: 200, as: 'many', options: people },
    { ...field('cc'), max: 200, as: 'many', options: people },
    { ...field('subject'), max: LONGEST_SUBJECT, initial: `Re: ${mail.subject}`, as: 'line' },
    ...(files.length === 0
      ? []
      : [{ ...field('files'), max: 200, as: 'many' as const, options: optionsOf('f', files) }]),
    { ...field('body'), max: MOST_BODY, as: 'lines' },
  ]
}

const hour = (written: string | undefined, slots: SlotValues, missing: number): number =>
  written === undefined ? missing : Number(fillText(written, slots)) * 60

function factOf(fact: DeclaredFact, slots: SlotValues, mail: string): FactKey {
  if (fact.as === 'wording') {
    const accepted = fact.accepted.map((parts) => parts.map((part) => fillText(part, slots)))
    return { name: fact.name, as: fact.as, accepted }
  }
  const { minutes } = fact
  const spans = rangesIn(fillText(fact.within, slots)).flatMap(({ from, to }) => {
    const earliest = Math.max(from, hour(fact.notBefore, slots, 0))
    const latest = Math.min(to, hour(fact.overBy, slots, 24 * 60)) - minutes
    return earliest <= latest ? [{ earliest, latest }] : []
  })
  if (spans.length === 0) throw new CannotDraw(`${mail}: no time fits into ${fillText(fact.within, slots)}`)
  return { name: fact.name, as: fact.as, spans, minutes }
}

/** The values of the options that the family names. @throws where one is not offered. */
function valuesOf(sign: string, names: readonly string[], offered: readonly string[], mail: string): string[] {
  return names.map((name) => {
    const at = offered.indexOf(name)
    if (at < 0) throw new CannotDraw(`${mail}: ${name} stands neither in the mail nor in the documents`)
    return `${sign}${at + 1}`
  })
}

function keyOf(mail: DeclaredMail, shown: ShownMail, { boxes, files }: Choices, slots: SlotValues): MailKey {
  const filled = (texts: readonly string[]) => texts.map((text) => fillText(text, slots))
  const addresses = boxes.map(({ address }) => address)
  const party = shown.from.name.split(NAME_GAP)[0] as string
  const to = mail.act !== 'reply' ? [] : mail.replyTo.length > 0 ? filled(mail.replyTo) : [shown.from.address]
  return {
    id: shown.id,
    name: mail.name,
    act: mail.act,
    to: valuesOf('a', to, addresses, mail.name),
    cc: valuesOf('a', filled(mail.replyCc), addresses, mail.name),
    files: valuesOf('f', filled(mail.replyFiles), files, mail.name),
    received: valuesOf('f', shown.attachments, files, mail.name),
    facts: mail.facts.map((fact) => factOf(fact, slots, mail.name)),
    forbidden: mail.forbidden.map(({ as, wordings }) => ({ as, wordings: filled(wordings) })),
    critical: mail.critical,
    actSkill: mail.skills[0] ?? '',
    factSkill: mail.skills.at(-1) ?? '',
    thread: threadOf(shown),
    ...(party.length < LEAST_PARTY ? {} : { party }),
    why: fillText(mail.why, slots),
  }
}

/** Draws an inbox: which mails came in and in which order, then what they say. */
export function generateInbox({ family, locale, slots, stream }: FamilyDraw<InboxBody>): Drawn<InboxShapes> {
  const drawn = drawMails(family.body, stream)
  const times = drawTimes(drawn.length, stream('times'))
  const documentsHtml = fillMarkup(family.body.documentsHtml, slots, 'ja')
  const documents = textIn(documentsHtml)
  const mails = drawn.map((mail, i) => showMail(mail, i + 1, times[i] as string, slots))
  const choices = mails.map((mail) => ({
    boxes: recipientsOf(mail, documents),
    files: filesOf(mail, documents),
  }))
  // mails and documents are Japanese: what brief and rules say of them is read in Japanese too
  const wording = family.wordings.ja ?? family.wordings[locale]
  const told = [wording?.briefHtml, wording?.rulesHtml].map((html) => html && textIn(fillMarkup(html, slots, 'ja')))
  return {
    materials: { documentsHtml, mails },
    fields: mails.flatMap((mail, i) => fieldsOf(mail, choices[i] as Choices, i + 1, locale)),
    key: {
      common: [...told, documents].join('\n\n'),
      mails: drawn.map((mail, i) => keyOf(mail, mails[i] as ShownMail, choices[i] as Choices, slots)),
    },
  }
}
