import { type Entries, type TaskField, valueIn } from '../present.ts'
import { type Checkpoint, type Loss, scoreTask, type TaskGrade } from '../task.ts'
import { openComputed, openComputedDates } from './computed.ts'
import type { Forbidden } from './family.ts'
import type { FactKey, InboxKey, MailKey } from './key.ts'
import { EXCUSES, PROMISED } from './patterns.data.ts'
import { LEAST_BODY, type MailPart, mailField } from './present.ts'
import { foldWording, type ReadText, rangesIn, readText, withoutCopies } from './read-text.ts'

/** Damage, in points. */
const DISCLOSED = 2
const INVENTED = 1
const CRITICAL = 4
/** So many inventions in one mail are counted. */
const MOST_INVENTED = 10

/** What was shown, as it is read. */
interface Known {
  readonly all: ReadText
  readonly common: ReadText
  readonly threads: ReadonlyMap<MailKey, ReadText>
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
}

/** What a candidate did with a mail. */
interface Work {
  readonly act: string
  readonly picked: (part: MailPart) => readonly string[]
  readonly body: string
  /** Subject and text, without what was already in the subject. */
  readonly written: string
}

const ONE_DATE = /^⟦\d{1,2}\/(\d{1,2})⟧$/

function stands(wording: string, { folded, days }: ReadText): boolean {
  const looked = foldWording(wording)
  const day = ONE_DATE.exec(looked)?.[1]
  return (looked !== '' && folded.includes(looked)) || (day !== undefined && days.has(Number(day)))
}

/** Of a wording with parts all must stand in one sentence, in any order. */
function isAccepted(parts: readonly string[], text: ReadText): boolean {
  if (parts.length === 1) return stands(parts[0] as string, text)
  const looked = parts.map(foldWording)
  return text.sentences.some((sentence) => looked.every((part) => part !== '' && sentence.includes(part)))
}

/** One beginning is named, and it is one that fits. */
function isTimely({ spans, minutes }: FactKey & { readonly as: 'time' }, { times }: ReadText): boolean {
  const begun = new Set(times.filter(({ as }) => as === 'begin').map(({ at }) => at))
  const fits = (at: number) => spans.some(({ earliest, latest }) => at >= earliest && at <= latest)
  const at = (hours: number) => (hours < 8 * 60 && !fits(hours) ? hours + 12 * 60 : hours)
  const begins = new Set([...begun].map(at))
  const [first] = [...begins].sort((a, b) => a - b)
  if (first === undefined || !fits(first)) return false
  return [...begins].every((one) => one === first || one === first + minutes)
}

const isMet = (fact: FactKey, text: ReadText): boolean =>
  fact.as === 'time' ? isTimely(fact, text) : fact.accepted.some((parts) => isAccepted(parts, text))

/** A mention stands anywhere; a promise in a sentence that neither asks nor refuses. */
function isBroken({ as, wordings }: Forbidden, text: ReadText): boolean {
  if (as === 'mention') return wordings.some((wording) => stands(wording, text))
  const looked = wordings.map(foldWording).filter((wording) => wording !== '')
  // what stands in the promise itself excuses nothing: 「いただきません」 promises too
  return text.sentences.some((sentence) =>
    looked.some((wording) => sentence.includes(wording) && !EXCUSES.test(sentence.replaceAll(wording, PROMISED))),
  )
}

/** Whether something stands in a mail to somebody outside that belongs to others: a firm, an address, an amount of another mail. */
function isOthers(mail: MailKey, text: ReadText, { common, threads }: Known): boolean {
  const own = [common, threads.get(mail) as ReadText]
  const isOwn = (of: 'addresses' | 'amounts', one: string) => own.some((read) => read[of].has(one))
  return [...threads].some(([other, theirs]) => {
    if (other === mail) return false
    const party = other.party === undefined ? '' : foldWording(other.party)
    return (
      [...theirs.addresses].some((address) => text.addresses.has(address) && !isOwn('addresses', address)) ||
      [...theirs.amounts].some((amount) => text.amounts.has(amount) && !isOwn('amounts', amount)) ||
      (party !== '' && text.folded.includes(party) && !own.some(({ folded }) => folded.includes(party)))
    )
  })
}

/** Dates, times, amounts and addresses that nobody gave, and amounts that do not come of given ones. */
function inventedIn(text: ReadText, mail: MailKey, known: Known): number {
  const { facts, thread } = mail
  const asked = readText(facts.flatMap((fact) => (fact.as === 'time' ? [] : fact.accepted.flat())).join('\n'))
  const knows = (of: 'dates' | 'amounts' | 'addresses', one: string) => known.all[of].has(one) || asked[of].has(one)
  const given = [known.threads.get(mail) as ReadText, known.common, asked]
  const isComputed = openComputed(given, thread)
  const isComputedDate = openComputedDates(given, text)
  const moments = new Set([...known.all.times, ...asked.times].map(({ at }) => at))
  const isKnownTime = (at: number) =>
    [at, at + 12 * 60].some((one) => moments.has(one) || known.ranges.some(({ from, to }) => from <= one && one <= to))
  return (
    [...text.dates].filter((date) => !knows('dates', date) && !isComputedDate(date)).length +
    [...text.amounts].filter((amount) => !knows('amounts', amount) && !isComputed(amount)).length +
    [...text.addresses].filter((address) => !knows('addresses', address)).length +
    new Set(text.times.filter(({ at }) => !isKnownTime(at)).map(({ at }) => at)).size
  )
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value))

function checkpointsOf(mail: MailKey, work: Work): Checkpoint[] {
  const { id, actSkill, factSkill } = mail
  const isRight = work.act === mail.act
  const length = [...work.body.trim()].length
  const point = (name: string, skill: string, isEarned: boolean): Checkpoint => ({
    id: name,
    skill,
    weight: 1,
    credit: isEarned ? 1 : 0,
  })
  const isSent = isRight && length > 0
  const hasRecipients = isSame(work.picked('to'), mail.to) && isSame(work.picked('cc'), mail.cc)
  // an answer that only repeats the mail answers nothing; a report may hand on what it says
  const told = readText(mail.act === 'reply' ? withoutCopies(work.written, mail.thread) : work.written)
  return [
    point(`act:${id}`, actSkill, isRight),
    ...(mail.act === 'reply'
      ? [
          point(`recipients:${id}`, actSkill, isSent && hasRecipients),
          point(`files:${id}`, actSkill, isSent && isSame(work.picked('files'), mail.files)),
        ]
      : []),
    ...mail.facts.map((fact, i) =>
      point(`fact:${id}.${i + 1}`, factSkill, isRight && length >= LEAST_BODY && isMet(fact, told)),
    ),
  ]
}

interface Damage {
  readonly losses: readonly Loss[]
  readonly critical?: string
}

function damageOf(mail: MailKey, work: Work, known: Known): Damage {
  const isReply = work.act === 'reply'
  if (!isReply && work.act !== 'report') return { losses: [] }
  const field = mailField(mail.id, 'body')
  // what a mail says may be said back to it
  const text = readText(withoutCopies(work.written, mail.thread))
  // a rule of an answer binds whoever answers; a report hands over what the client may know
  const broken = isReply || mail.act === work.act ? mail.forbidden.filter((one) => isBroken(one, text)) : []
  const said = broken.map(({ as }) => (as === 'promise' ? 'promised' : 'disclosed'))
  if (isReply && said.length === 0 && isOthers(mail, text, known)) said.push('disclosed')
  if (isReply && work.picked('files').some((file) => mail.received.includes(file))) said.push('disclosed')
  const isNeedless = isReply && mail.act !== 'reply'
  const critical = !mail.critical ? undefined : isNeedless ? 'replied' : said[0]
  const lost: readonly Loss[] =
    critical === undefined
      ? said.map((reason) => ({ reason, weight: DISCLOSED, field }))
      : [{ reason: critical, weight: CRITICAL, field }]
  const invented = Math.min(MOST_INVENTED, inventedIn(text, mail, known))
  return {
    losses: [...lost, ...Array.from({ length: invented }, () => ({ reason: 'invented', weight: INVENTED, field }))],
    ...(critical === undefined ? {} : { critical }),
  }
}

/**
 * The first grader of inboxes. A mail earns a point for what is done with it; an answer one for its recipients and one for its
 * files (neither more nor fewer), and every fact that had to be written one, in a text of at least 60 characters. Losses: a
 * disclosure or a promise 2, a date, time, amount or address that nobody gave 1; where the mail is critical, a disclosure or
 * a needless answer 4, and the task is held at one half. Nothing is said of tone.
 */
export function gradeInbox1(key: InboxKey, fields: readonly TaskField[], entries: Entries): TaskGrade {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const shown = [key.common, ...key.mails.map(({ thread }) => thread)].join('\n\n')
  const known: Known = {
    all: readText(shown),
    common: readText(key.common),
    threads: new Map(key.mails.map((mail) => [mail, readText(mail.thread)])),
    ranges: rangesIn(shown),
  }
  const checkpoints: Checkpoint[] = []
  const losses: Loss[] = []
  let critical: string | undefined
  for (const mail of key.mails) {
    const value = (part: MailPart): string => {
      const field = byName.get(mailField(mail.id, part))
      return field ? valueIn(field, entries).slice(0, field.max) : ''
    }
    const subject = byName.get(mailField(mail.id, 'subject'))
    const work: Work = {
      act: value('act'),
      picked: (part) => value(part).split(' ').filter(Boolean),
      body: value('body'),
      written: `${value('subject') === subject?.initial ? '' : value('subject')}\n\n${value('body')}`,
    }
    checkpoints.push(...checkpointsOf(mail, work))
    const damage = damageOf(mail, work, known)
    losses.push(...damage.losses)
    critical ??= damage.critical
  }
  return scoreTask(checkpoints, losses, critical)
}
