import { type HolderState, holderStory, type Sent } from '../../../src/credential/holder-state.ts'
import type { HeldCertificate } from '../../../src/flows/read-holder-story.ts'
import type { JobFeed } from '../../../src/flows/read-job-feed.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { DAY } from './exams.ts'

/** What the pages show a certificate in: every state, and what the last step waits for. */
export const heldStates = [
  'sending',
  'counting',
  'retrying',
  'undelivered',
  'restricted',
  'shown',
  'renewed',
  'suspended',
  'suspendedThere',
  'revoked',
  'corrected',
  'expired',
] as const satisfies readonly (HolderState | 'counting' | 'suspendedThere')[]
export type HeldState = (typeof heldStates)[number]

const MINUTE = 60_000
const kinds = ['standing', 'badge', 'signal']

/** The chain of a certificate in a state. */
function chainIn(state: HeldState, now: number): readonly Sent[] {
  const taken = { shown: 3, renewed: 3, counting: 2 }[state as string] ?? (state === 'undelivered' ? 1 : 0)
  return kinds.map((kind, i) => {
    const base = { kind, attempts: 0, nextAt: instant(now + 8 * MINUTE) }
    if (i < taken) return { ...base, status: 'delivered', deliveredAt: instant(now - MINUTE) }
    if (state === 'restricted') return { ...base, status: 'held' }
    if (i > taken) return { ...base, status: 'pending' }
    return {
      ...base,
      status: state === 'undelivered' ? 'dead' : 'pending',
      attempts: state === 'retrying' ? 2 : 0,
    }
  })
}

/** A certificate in a state, with the story that is told of it. */
export function heldIn(state: HeldState, now: number): HeldCertificate {
  const status = {
    suspended: 'suspended',
    suspendedThere: 'suspended',
    revoked: 'revoked',
    corrected: 'revoked',
    expired: 'active',
  }[state as string]
  const issuedAt = instant(state === 'expired' ? now - 750 * DAY : now - MINUTE)
  const credential = {
    id: 'crd_01KAVQ7M2X4T9N',
    worker: 'wkr_1',
    holderName: 'みなと',
    exam: 'business-admin',
    level: 3,
    status: status ?? 'active',
    statusCause:
      { suspended: 'case', suspendedThere: 'standing', revoked: 'case', corrected: 'replaced' }[state as string] ??
      null,
    statusChangedAt: instant(now - MINUTE),
    issuedAt,
    validUntil: instant(issuedAt + 730 * DAY),
    givenAt: null,
    jwt: '',
  }
  const followedBy = { renewed: 'renews', corrected: 'replaces' }[state as string] as 'renews' | 'replaces' | undefined
  const known = { credential, chain: chainIn(state, now), followedBy } as Parameters<typeof holderStory>[0]
  return {
    credential: credential as unknown as HeldCertificate['credential'],
    story: holderStory(known, instant(now)),
    band: '80-90',
    ...(followedBy ? { follower: { id: 'crd_01KAVQ7M2X4TAB', relation: followedBy } } : {}),
  }
}

/** Jobs as a marketplace names them. */
export const jobFeed = (now: number): JobFeed => ({
  jobs: [
    {
      id: 'job_1',
      title: '卒業生名簿の入力と重複の確認（約1,800件）',
      url: 'https://market.example/jobs/job_1',
      client: { name: 'つばめ製本', rating: 4.8, reviews: 26 },
      pay: { type: 'per-item', amount: 45 },
      closesAt: new Date(now + 9 * DAY).toISOString(),
      applicants: 3,
      welcomesNewcomers: true,
      areas: ['data-research', 'not-there'],
    },
    {
      id: 'job_2',
      title: '<b>宿の予約台帳</b>を表計算に移す（約600行）',
      url: 'https://market.example/jobs/job_2',
      pay: { type: 'fixed', amount: 12_000 },
      areas: ['spreadsheet'],
    },
    {
      id: 'job_3',
      title: '請求書の宛名と金額の照合（毎月80件）',
      url: 'https://market.example/jobs/job_3',
      client: { name: 'ゆずりは会計' },
      pay: { type: 'hourly', amount: 1_300 },
      applicants: 6,
    },
  ],
  total: 12,
  url: 'https://market.example/jobs?category=business-admin',
})
