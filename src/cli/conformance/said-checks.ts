import * as z from 'zod'
import { readAggregates } from '../../contract/marketplace.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { inShort, must, ofContract, type Reply, succeeded } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { type Deal, finishContract, formContract } from './demo-contracts.ts'
import type { DemoMarket } from './demo-market.ts'
import { TRACES } from './traces.data.ts'

/** Clients whose hidden answers are alike: so many that a batch of them is told. */
const CLIENTS = ['cli_03', 'cli_04', 'cli_05', 'cli_06', 'cli_07'] as const
const LATE_CLIENT = 'cli_08'
const WINDOW = 'P31D'
const UNANIMOUS = { again: 10, safe: 'yes', note: '' } as const
const AMOUNT = 10_000
const POLL_MS = 100

const sides = z.looseObject({
  reviews: z.looseObject({
    client: z.looseObject({ written: z.boolean(), review: z.unknown() }),
    worker: z.looseObject({ written: z.boolean(), review: z.unknown() }),
  }),
})

/** What the aggregates tell of the worker. Whether it has the form of the contract is judged by other checks. */
const aggregates = z.looseObject({
  revealed: z.looseObject({ count: z.number() }),
  hidden: z.looseObject({ n: z.number(), againMean: z.number(), safeShare: z.number() }).nullable(),
  version: z.number(),
})
type Told = z.infer<typeof aggregates>

async function readTold(bench: Bench): Promise<Told> {
  const call = ofContract(readAggregates, { path: {}, query: { worker: bench.worker } })
  return aggregates.parse(must(await bench.call(call)).json)
}

const stars = { quality: 5, schedule: 5, communication: 5, partnership: 5 }

/** It was refused for what it is, not for who asks. */
const isRefusal = ({ status }: Reply): boolean => status >= 400 && status < 500 && status !== 401

/** Reviews the other side of a contract at the sandbox. */
const review = (demo: DemoMarket, { contract, client }: Deal, by: string): Promise<Reply> =>
  demo.as(by, {
    method: 'POST',
    path: `/v1/contracts/${contract}/reviews`,
    body: {
      axes: by === client ? { skill: 5, ...stars } : { request: 5, ...stars },
      comment: TRACES.review,
      hidden: UNANIMOUS,
      sendAnyway: true,
    },
  })

/** What came of reviews of one worker by five clients who say the same in confidence. */
interface Said {
  /** What the worker read of the client's review before writing one. */
  readonly seenBefore: unknown
  /** What the aggregates told before anybody had written, after one side and after both. */
  readonly told: readonly [before: Told, oneSided: Told, both: Told]
  /** What came of a second review of the same contract by the same side. */
  readonly second: Reply
  /** The hidden part after each contract, the first before any. */
  readonly hidden: readonly Told['hidden'][]
}

/** Waits for what the marketplace does by itself. */
async function settled(bench: Bench, is: (told: Told) => boolean): Promise<Told> {
  for (const end = Date.now() + bench.webhookPatience; ; await bench.wait(POLL_MS)) {
    const told = await readTold(bench)
    if (is(told) || Date.now() > end) return told
  }
}

async function letSay(bench: Bench, demo: DemoMarket): Promise<Said | undefined> {
  const before = await readTold(bench)
  const hidden = [before.hidden]
  let first: Pick<Said, 'seenBefore' | 'told' | 'second'> | undefined
  for (const [at, client] of CLIENTS.entries()) {
    const deal = { client, contract: await formContract(bench, demo, { client, amount: AMOUNT }) }
    await finishContract(bench, demo, deal)
    const read = () => demo.as(bench.worker, { method: 'GET', path: `/v1/contracts/${deal.contract}/reviews` })
    if (!first && !sides.safeParse((await read()).json).success) return undefined
    must(await review(demo, deal, client))
    if (!first) {
      const [seen, oneSided] = [sides.parse(must(await read()).json), await readTold(bench)]
      const second = await review(demo, deal, client)
      must(await review(demo, deal, bench.worker))
      const both = await settled(bench, ({ version }) => version > oneSided.version)
      first = { seenBefore: seen.reviews.client.review, told: [before, oneSided, both], second }
    } else must(await review(demo, deal, bench.worker))
    const isLast = at === CLIENTS.length - 1
    const told = isLast ? await settled(bench, (now) => now.hidden?.n !== before.hidden?.n) : await readTold(bench)
    hidden.push(told.hidden)
  }
  return first && { ...first, hidden }
}

const said = new WeakMap<Bench, Promise<Said | undefined>>()

/** Tries something on what five clients and a worker said, once per run. */
async function withSaid(bench: Bench, judge: (said: Said) => Finding): Promise<Finding> {
  const { demo } = bench
  if (!demo) return notTried((t) => t('conformance.came.nobodyActs'))
  if (!bench.mayLeaveTraces) return notTried((t) => t('conformance.came.contractStays'))
  const under = said.get(bench) ?? letSay(bench, demo)
  said.set(bench, under)
  const found = await under
  return found ? judge(found) : notTried((t) => t('conformance.came.reviewsUnseen'))
}

/** A mean that only a unanimous answer has shows what each of them said. */
const showsAll = ({ againMean, safeShare }: NonNullable<Told['hidden']>): boolean =>
  [0, 10].includes(againMean) || [0, 1].includes(safeShare)

const inNumbers =
  (hidden: Told['hidden']): Say =>
  () =>
    hidden ? `n ${hidden.n}, againMean ${hidden.againMean}, safeShare ${hidden.safeShare}` : 'null'

export const saidChecks = checksOf(
  'behaviour',
  [
    {
      id: 'review.one-sided',
      run: (bench) =>
        withSaid(bench, ({ seenBefore, told }) => {
          if (seenBefore !== null && seenBefore !== undefined)
            return fails((t) => t('conformance.came.seenBefore', { review: JSON.stringify(seenBefore).slice(0, 120) }))
          const [before, oneSided, both] = told.map(({ revealed }) => revealed.count) as [number, number, number]
          const counted: Say = (t) => t('conformance.came.counted3', { before, oneSided, both })
          // of a client who has reviewed this worker before, the newest review may count alone
          const isTold = told[2].version > told[1].version && both >= before
          return oneSided === before && isTold ? holds(counted) : fails(counted)
        }),
    },
    {
      id: 'review.once',
      run: (bench) =>
        withSaid(bench, ({ second }) => (isRefusal(second) ? holds(inShort(second)) : fails(inShort(second)))),
    },
    {
      id: 'review.batches',
      run: (bench) =>
        withSaid(bench, ({ hidden }) => {
          const counts = hidden.map((one) => one?.n ?? 0)
          const told: Say = () => counts.join(', ')
          const grown = counts.slice(1).map((n, at) => n - (counts[at] ?? 0))
          return grown.every((more) => more === 0 || more >= CLIENTS.length) && grown.some((more) => more > 0)
            ? holds(told)
            : fails(told)
        }),
    },
    {
      id: 'review.blurred',
      run: (bench) =>
        withSaid(bench, ({ hidden }) => {
          const last = hidden.at(-1) ?? null
          if (last === null) return notTried((t) => t('conformance.came.reviewsUnseen'))
          return showsAll(last) ? fails(inNumbers(last)) : holds(inNumbers(last))
        }),
    },
  ],
  'reviews',
)

/** Moves the clock of the marketplace, so that nothing else is tried afterwards that goes by it. */
export const lateChecks = checksOf(
  'behaviour',
  [
    {
      id: 'review.late',
      run: async (bench) => {
        const { demo } = bench
        if (!demo || !bench.mayMoveClock) return notTried((t) => t('conformance.came.clockStays'))
        const deal = {
          client: LATE_CLIENT,
          contract: await formContract(bench, demo, { client: LATE_CLIENT, amount: AMOUNT }),
        }
        await finishContract(bench, demo, deal)
        if (!succeeded(await demo.moveClock(WINDOW))) return notTried((t) => t('conformance.came.clockStays'))
        const reply = await review(demo, deal, LATE_CLIENT)
        return isRefusal(reply) ? holds(inShort(reply)) : fails(inShort(reply))
      },
    },
  ],
  'reviews',
)
