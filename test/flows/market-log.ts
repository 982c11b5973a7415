import { type Random, randomFrom } from '../../src/kernel/random.ts'

export const WORKERS = Array.from({ length: 12 }, (_, n) => `w-${String(n + 1).padStart(2, '0')}`)
/** Workers whose certificates come under review. */
const REVIEWED = WORKERS.slice(0, 8)
/** Workers whose certificates an operator suspends and reinstates. */
const OPERATED = WORKERS.slice(8, 10)

export type CaseAction = 'no-action' | 'suspend-credential' | 'revoke-credential' | 'restrict'

/** What happens at the marketplace, and is announced. */
export type MarketAct =
  | { readonly act: 'standing'; readonly worker: string; readonly status: 'good' | 'restricted' | 'suspended' }
  | {
      readonly act: 'form'
      readonly contract: string
      readonly worker: string
      readonly certified: boolean
      readonly client: number
    }
  | { readonly act: 'release' | 'reveal' | 'refund'; readonly contract: string }
  | { readonly act: 'decide'; readonly worker: string; readonly action: CaseAction }
  | {
      readonly act: 'appeal'
      readonly worker: string
      readonly outcome: 'uphold' | 'reverse' | 'modify'
      readonly decided: CaseAction
    }
  | { readonly act: 'finish'; readonly worker: string; readonly decided: CaseAction }

/** What operators of the plugin do. */
export type StaffAct =
  | { readonly act: 'suspect'; readonly worker: string }
  | { readonly act: 'status'; readonly worker: string; readonly status: 'active' | 'suspended' }

export type Act = MarketAct | StaffAct

export const isAnnounced = (act: Act): act is MarketAct => act.act !== 'suspect' && act.act !== 'status'

export const seedOf = (n: number) => n.toString(16).padStart(32, '7')

/** What has come about, and may go on from there. */
interface Open {
  formed: string[]
  released: string[]
  reviewed: string[]
  unsuspected: string[]
  suspected: string[]
  decided: { worker: string; action: CaseAction }[]
}

function drawAct(random: Random, open: Open, n: number): Act {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T
  const take = <T>(from: T[]): T => from.splice(random.below(from.length), 1)[0] as T
  const worker = pick(WORKERS)
  const contract = `c-${String(n).padStart(3, '0')}`
  if (random.below(20) === 0) return { act: 'status', worker: pick(OPERATED), status: pick(['suspended', 'active']) }
  if (open.unsuspected.length > 0 && random.below(8) === 0) {
    const suspect = take(open.unsuspected)
    open.suspected.push(suspect)
    return { act: 'suspect', worker: suspect }
  }
  const standing = (): Act => ({ act: 'standing', worker, status: pick(['good', 'good', 'restricted', 'suspended']) })
  const form = (): Act => {
    open.formed.push(contract)
    return { act: 'form', contract, worker, certified: random.below(4) > 0, client: random.below(5) }
  }
  const on = (act: 'release' | 'reveal' | 'refund', from: string[], to?: string[]) => (): Act => {
    const moved = take(from)
    to?.push(moved)
    return { act, contract: moved }
  }
  const decide = (): Act => {
    const suspect = take(open.suspected)
    const action = pick([
      'no-action',
      'suspend-credential',
      'revoke-credential',
      'revoke-credential',
      'restrict',
    ] as const)
    if (action !== 'no-action') open.decided.push({ worker: suspect, action })
    return { act: 'decide', worker: suspect, action }
  }
  const appeal = (): Act => {
    const { worker: appellant, action: decided } = take(open.decided)
    return { act: 'appeal', worker: appellant, outcome: pick(['uphold', 'reverse', 'modify']), decided }
  }
  const finish = (): Act => {
    const { worker: silent, action: decided } = take(open.decided)
    return { act: 'finish', worker: silent, decided }
  }
  const choices = [
    standing,
    form,
    form,
    ...(open.formed.length > 0
      ? [on('release', open.formed, open.released), on('release', open.formed, open.released)]
      : []),
    ...(open.released.length > 0 ? [on('reveal', open.released, open.reviewed), on('refund', open.released)] : []),
    ...(open.reviewed.length > 0 ? [on('refund', open.reviewed)] : []),
    ...(open.suspected.length > 0 ? [decide] : []),
    ...(open.decided.length > 0 ? [appeal, finish] : []),
  ]
  return pick(choices)()
}

/** A log of what happened, of which `announced` acts are announced by the marketplace. The same seed gives the same log. */
export function drawLog(seed: number, announced: number): Act[] {
  const random = randomFrom(seedOf(seed))
  const open: Open = { formed: [], released: [], reviewed: [], unsuspected: [...REVIEWED], suspected: [], decided: [] }
  const log: Act[] = []
  while (log.filter(isAnnounced).length < announced) log.push(drawAct(random, open, log.length))
  return log
}
