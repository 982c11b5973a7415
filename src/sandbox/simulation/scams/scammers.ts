import type { Random } from '../../../kernel/random.ts'
import type { Post } from '../../detector/read/features.ts'
import { between, chance, pick } from '../draw.ts'
import { filler, type Scam } from './scams.data.ts'

/** Ways in which scammers word and place a post: as it is, among lawful sentences, reworded, with signs between letters, as a copy of what was taken down, or from an account that has waited. */
export const tactics = ['plain', 'dilute', 'reword', 'disguise', 'copy', 'wait'] as const
export type Tactic = (typeof tactics)[number]

/** How much more or less a tactic is tried after it went well or badly, and the least that is left of any. */
const LEARNS = { well: 1.6, badly: 0.55, least: 0.04 } as const
/** Characters of lawful text around a scam. */
const DILUTED = [400, 800, 2_000] as const
/** Days for which an account is left alone. */
const WAITS = { least: 20, most: 40 } as const
/** Letters between two signs. */
const DISGUISED_EVERY = 2
const SIGNS = ['・', '★', '🙂', '*'] as const
const MOST_BODY = 5_000

/** One author of scams, with the account of now. */
export interface Scammer {
  readonly id: number
  readonly scam: Scam
  /** Day of the first post. */
  readonly from: number
  readonly weights: Record<Tactic, number>
  /** How many accounts there were. */
  accounts: number
  /** The day on which the account was opened. */
  joined: number
  /** The day before which nothing is posted from it. */
  rests: number
  /** Whether the account was left alone so that it is older. */
  waited: boolean
  /** Posts of the account that were taken down. */
  strikes: number
  /** What was taken down last. */
  taken: Pick<Post, 'title' | 'body'> | undefined
}

export const newScammer = (id: number, scam: Scam, from: number): Scammer => ({
  ...{ id, scam, from, accounts: 1, joined: from, rests: from, waited: false, strikes: 0, taken: undefined },
  weights: { plain: 1, dilute: 1, reword: 1, disguise: 1, copy: 1, wait: 1 },
})

/** The client by whom a scammer posts now. */
export const accountOf = ({ id, accounts }: Scammer): string => `scam ${id} ${accounts}`

/** What was used of late is used more, or less. */
export function learn({ weights }: Scammer, tactic: Tactic, wentWell: boolean): void {
  weights[tactic] = Math.max(LEARNS.least, weights[tactic] * (wentWell ? LEARNS.well : LEARNS.badly))
}

/** Leaves an account behind and opens another on a day; it is used from then on, or left alone for so many days. */
export function openAccount(scammer: Scammer, day: number, alone = 0): void {
  scammer.accounts += 1
  scammer.joined = day
  scammer.rests = day + alone
  scammer.waited = alone > 0
  scammer.strikes = 0
}

/** Chooses by what went well. Without anything to copy there is no copy, and an account that has waited is used. */
export function chooseTactic(scammer: Scammer, random: Random): Tactic {
  if (scammer.waited) return 'wait'
  const open = tactics.filter((one) => one !== 'copy' || scammer.taken !== undefined)
  let at = random.unit() * open.reduce((sum, one) => sum + scammer.weights[one], 0)
  for (const one of open) {
    at -= scammer.weights[one]
    if (at < 0) return one
  }
  return 'plain'
}

/** How long an account is left alone by whoever chose to wait. */
export const restsFor = (random: Random): number => between(random, WAITS.least, WAITS.most)

/** Says a text in one of its ways: the first of each, or one by lot. */
const say = (text: string, random: Random | undefined, asks: number): string =>
  text
    .replace(/\{([^{}]*)\}/g, (_, ways: string) => {
      const all = ways.split('|')
      return (random ? pick(random, all) : all[0]) ?? ''
    })
    .replaceAll('#', asks.toLocaleString('en'))

function disguised(text: string, random: Random): string {
  const sign = pick(random, SIGNS)
  return [...text].map((letter, at) => (at % DISGUISED_EVERY === 1 ? `${letter}${sign}` : letter)).join('')
}

/** Puts sentences of others before and behind, until there are about as many characters as were asked for. */
function diluted(body: string, random: Random, lawful: readonly string[]): string {
  const most = pick(random, DILUTED)
  const [before, behind]: [string[], string[]] = [[], []]
  for (let added = 0; added < most; ) {
    const sentence = pick(random, lawful.length > 0 && chance(random, 0.8) ? lawful : filler)
    ;(chance(random, 0.5) ? before : behind).push(sentence)
    added += sentence.length
  }
  return [...before, body, ...behind].join('\n').slice(0, MOST_BODY)
}

/** Writes a post by a tactic. `lawful` are sentences that others have published. */
export function writeScam(
  { scam, taken }: Scammer,
  tactic: Tactic,
  { random, lawful }: { readonly random: Random; readonly lawful: readonly string[] },
): Pick<Post, 'title' | 'body'> {
  if (tactic === 'copy' && taken) return taken
  const ways = tactic === 'reword' || tactic === 'wait' ? random : undefined
  const title = say(scam.title, ways, scam.asks)
  const body = scam.body.map((line) => say(line, ways, scam.asks)).join('\n')
  if (tactic === 'dilute') return { title, body: diluted(body, random, lawful) }
  if (tactic === 'disguise') return { title, body: disguised(body, random) }
  return { title, body }
}
