import { randomUUID } from 'node:crypto'
import {
  type CredentialStatus,
  type Offer,
  type PartId,
  putBadge,
  putSignal,
  type RankingSignalBody,
  withdrawSignal,
} from '../../contract/marketplace.ts'
import { type Instant, instant, minutes, plus, toRfc3339 } from '../../kernel/instant.ts'
import type { Patience } from '../terminal.ts'
import { type MarketCaller, ofContract, type Reply } from './call-market.ts'
import type { DemoMarket } from './demo-market.ts'
import type { KenteiBeside } from './kentei-beside.ts'
import type { PluginDoor, Provocation } from './plugin-door.ts'
import type { PluginIdentity } from './plugin-identity.ts'
import { type SampleBadge, sampleBadge } from './sample-badge.ts'
import { TRACES } from './traces.data.ts'

/** What a run is told about the marketplace at hand. */
export interface BenchSettings extends Patience {
  /** Origin of the marketplace. */
  readonly market: string
  /** A worker of good standing there who may get a badge for an hour. */
  readonly worker: string
  /** Exam of the sample badges; also the category of contracts. */
  readonly exam: string
  /** Exam of the ranking signals; one that nobody really holds where the marketplace goes on living. */
  readonly signalExam: string
  /** A contract and the certificate that stood when it was made, for marketplaces in which the run can form none. */
  readonly standing: { readonly contract: string; readonly credential: string } | undefined
  /** Launch tokens of one person that the marketplace made a moment ago. */
  readonly launchTokens: readonly string[]
  /** Where the public JSON of a worker lies; `{worker}` stands for the id. */
  readonly profile: string
  /** Whether contracts, cases and the like may stay behind. */
  readonly mayLeaveTraces: boolean
  /** Whether the clock of the marketplace may be moved: nobody else lives by it. */
  readonly mayMoveClock: boolean
  /** Path where it takes the events of the trusted Kentei; undefined where nobody knows it. */
  readonly subscriber: string | undefined
  /** `whsec_…` and `whpk_…` keys that may sign webhooks. */
  readonly webhookKeys: readonly string[]
}

/** A certificate that the Kentei beside has issued and the marketplace shows, and whose it is. The run may change it. */
export interface HeldBadge {
  readonly worker: string
  credential: string
}

/** The Kentei of the marketplace, where an operator of it could be signed in. */
export interface Beside {
  readonly kentei: KenteiBeside
  readonly held: HeldBadge
}

/** Everything a check may use. */
export interface Bench extends BenchSettings, MarketCaller {
  /** Whether the marketplace takes the tokens of this run. */
  readonly trusted: boolean
  /** Whether it was meant to: somebody named the keys or the place of the run. */
  readonly claimsTrust: boolean
  readonly offers: ReadonlySet<Offer>
  readonly beside: Beside | undefined
  /** The trusted Kentei as a stranger can play it: its name and public keys, and a private key that is not its own. */
  readonly forgeable: PluginIdentity | undefined
  readonly plugin: PluginIdentity
  /** Undefined where the marketplace calls another door than this run's. */
  readonly door: PluginDoor | undefined
  /** What the sandbox offers beyond the contract; undefined elsewhere. */
  readonly demo: DemoMarket | undefined
  /** Webhooks that this run made the marketplace send; undefined where it can make it send none. */
  readonly provocation: Provocation | undefined
  now(): Instant
  wait(milliseconds: number): Promise<void>
  /** `ahead`: milliseconds by which it is issued after now. `renews`: the one that it renews. */
  newBadge(change?: {
    readonly ahead?: number
    readonly listedAt?: number
    readonly renews?: SampleBadge
  }): Promise<SampleBadge>
  putBadge(
    badge: SampleBadge,
    as: {
      readonly status: CredentialStatus
      readonly version: number
      readonly idempotencyKey?: string
      readonly jwt?: string
      readonly worker?: string
      /** What the certificate rests on; left out as a plugin that knows no parts leaves it out. */
      readonly parts?: readonly PartId[]
    },
  ): Promise<Reply>
  putSignal(change: Partial<RankingSignalBody> & { readonly version: number }): Promise<Reply>
  withdrawSignal(version: number): Promise<Reply>
  /** A version of the signal that is higher than every one before, in this run and in earlier ones. */
  nextSignalVersion(): number
  /** Takes back the badges that the run has shown so far. */
  revokeBadges(): Promise<void>
  /** Takes back what the run has shown. */
  cleanUp(): Promise<void>
}

/** How the run and the marketplace stand to each other. */
export type Relation = Pick<Bench, 'trusted' | 'claimsTrust' | 'offers' | 'beside' | 'forgeable'>

type Parts = Pick<Bench, 'plugin' | 'door' | 'demo' | 'provocation' | 'now' | 'wait' | keyof Relation> & {
  readonly settings: BenchSettings
  readonly caller: MarketCaller
}

const HIGHEST_VERSION = 2_000_000_000

/** Lays out what checks work with. */
export function openBench({ settings, caller, ...parts }: Parts): Bench {
  const { worker, exam, signalExam } = settings
  const shown = new Map<string, SampleBadge>()
  let version = Math.floor(parts.now() / 1_000) % HIGHEST_VERSION
  let signalled = false
  const signal = { worker, exam: signalExam }
  const bench: Bench = {
    ...settings,
    ...parts,
    refusals: caller.refusals,
    takeLast: caller.takeLast,
    call: caller.call,
    tokenFacts: caller.tokenFacts,
    newBadge: ({ ahead = 0, ...change } = {}) => {
      const { origin, ring } = parts.plugin
      return sampleBadge({ origin, ring, exam, now: instant(parts.now() + ahead), ...change })
    },
    putBadge: (badge, as) => {
      const whose = as.worker ?? worker
      if (whose === worker) shown.set(badge.credential, badge)
      const call = ofContract(putBadge, {
        path: { worker: whose, credential: badge.credential },
        body: {
          ...badge.body,
          credential: as.jwt ?? badge.body.credential,
          status: as.status,
          version: as.version,
          ...(as.parts ? { parts: [...as.parts] } : {}),
        },
      })
      return caller.call({ ...call, idempotencyKey: as.idempotencyKey ?? randomUUID() })
    },
    putSignal: (change) => {
      signalled = true
      const body = {
        priorMean: 0.3,
        equivalentReviews: 3,
        validUntil: toRfc3339(plus(parts.now(), minutes(60))),
        explanation: TRACES.explanation,
        ...change,
      }
      return caller.call(ofContract(putSignal, { path: signal, body }))
    },
    withdrawSignal: (at) => caller.call(ofContract(withdrawSignal, { path: signal, body: { version: at } })),
    nextSignalVersion: () => {
      version += 1
      return version
    },
    revokeBadges: async () => {
      // a badge cannot be taken away by the contract: revoked is the most that a plugin can say
      for (const badge of shown.values()) await bench.putBadge(badge, { status: 'revoked', version: HIGHEST_VERSION })
      shown.clear()
    },
    cleanUp: async () => {
      if (signalled) await bench.withdrawSignal(bench.nextSignalVersion())
      await bench.revokeBadges()
    },
  }
  return bench
}

/** A time of the past, in the contract's form. */
export const longAgo = (bench: Bench): string => toRfc3339(instant(bench.now() - 86_400_000))
