import type { CountedEventType, CredentialEvent, MarketplaceEvent, PluginEvent } from '../contract/events.ts'
import type {
  Badge,
  CredentialStatus,
  EscrowContract,
  ExamJobs,
  ExamNoticed,
  ModerationCase,
  ModerationReport,
  RankingSignalBody,
  ReviewAggregates,
  Standing,
  WorkerNoticed,
} from '../contract/marketplace.ts'
import type { LaunchClaims, Scope } from '../contract/tokens.ts'
import type { MarketplaceKeys } from './keys.ts'
import type { Store } from './storage.ts'

type Maybe<T> = T | undefined | Promise<T | undefined>

/** Paid work as the marketplace knows it. Clients get opaque names and amounts become ranges before anything is told. */
export interface PaidWork extends Omit<EscrowContract, 'client' | 'amountBucket' | 'refunded' | 'status' | 'worker'> {
  readonly worker: string
  /** Your own id of the client. */
  readonly client: string
  /** Yen, as it was paid. */
  readonly amount: number
  /** Your own word for its state. */
  readonly status: string
  readonly refunded: boolean
}

/** One page of paid work, in the order in which it settled; `next` asks for the one after it, and is null on the last. */
export interface PaidWorkPage {
  readonly contracts: readonly PaidWork[]
  readonly next: string | null
}

/** A case as it was taken in. */
export interface CaseReceipt {
  readonly case: string
  readonly status: string
  readonly version: number
}

/**
 * What the marketplace knows. Only the standing is needed to begin; what is left out is answered with 404, and Kentei does
 * without it. `undefined` as an answer is 404 as well: there is no such worker, contract or case.
 */
export interface Answers {
  /** Standing of a worker. */
  standing(worker: string): Maybe<Standing>
  /** A contract whose money is in, so that the certificate that stood then can be frozen in it. */
  formedContract?(contract: string): Maybe<FormedContract>
  /** Work of a worker whose money was released. */
  paidWork?(of: { readonly worker: string; readonly after: string | undefined }): Maybe<PaidWorkPage>
  /** Reviews of a worker in numbers; hidden answers only as an aggregate of five or more. */
  reviews?(worker: string): Maybe<ReviewAggregates>
  /** Takes a suspicion in. An operator decides; announce `moderation.case_decided` then. */
  openCase?(report: ModerationReport): Maybe<CaseReceipt>
  /** What became of a case. */
  findCase?(id: string): Maybe<ModerationCase>
  /** What a pass changes here, in figures of many. */
  noticed?(exam: string): Maybe<ExamNoticed>
  /** Whether a worker stands on first pages after a pass. */
  workerNoticed?(of: { readonly worker: string; readonly exam: string }): Maybe<WorkerNoticed>
  /** Open jobs for which a certificate of the exam helps. */
  jobs?(exam: string): Maybe<ExamJobs>
}

/** A contract whose money is in. */
export interface FormedContract {
  readonly worker: string
  /** Exam of its category; null where there is none. */
  readonly exam: string | null
  /** RFC 3339. */
  readonly formedAt: string
}

/** A certificate as it may be shown: verified when it came, in the newest state that was told. */
export interface ShownBadge extends Omit<Badge, 'credential'> {
  /** Id of the certificate. */
  readonly credential: string
  /** The signed badge itself. */
  readonly jwt: string
  readonly worker: string
}

/** What a certificate is worth beside reviews, in the newest state that was told. */
export interface KnownSignal extends RankingSignalBody {
  readonly exam: string
  readonly withdrawn: boolean
  /** Whether it counts now: not withdrawn, not ended, with an active badge of the exam behind it, of nobody suspended. */
  readonly counted: boolean
}

/** Ids that an event is about, and the version of what changed. */
export interface EventData {
  readonly worker: string
  /** Rises with every change of the thing: Kentei asks for what is newer than what it has. */
  readonly version: number
  readonly contract?: string
  readonly exam?: string
  readonly review?: string
  readonly case?: string
}

/** What may be told. */
export type EventType = MarketplaceEvent['type'] | CountedEventType

/** An event that is to be sent, or could not be. */
export interface OutgoingEvent {
  readonly id: string
  readonly type: EventType
  readonly worker: string
  /** Tries that failed so far. */
  readonly attempts: number
  /** Why the last one did. */
  readonly error?: string
}

/** How a round of sending went. */
export interface Delivered {
  readonly delivered: number
  /** Failed for now; they are tried again by the contract's table of retries. */
  readonly waiting: number
  /** Given up, until somebody has them sent again. */
  readonly dead: number
}

/** What a marketplace does about an event of Kentei. */
export type Heard = (event: PluginEvent) => void | Promise<void>

/** Who is sent over, and for what: a worker in Japanese unless told otherwise. */
export type Launch = Pick<LaunchClaims, 'sub' | 'name' | 'exam' | 'timeMultiplier' | 'identity' | 'returnUrl'> &
  Partial<Pick<LaunchClaims, 'role' | 'locale'>> & {
    /** Other claims, such as those that Kentei's `KENTEI_OPERATORS` looks for. */
    readonly more?: Readonly<Record<string, unknown>>
  }

/** A certificate as Kentei has it on record. */
export interface CredentialOnRecord {
  readonly id: string
  readonly exam: string
  readonly level: number
  readonly title: Readonly<Record<string, string>>
  readonly status: CredentialStatus
  readonly issuedAt: string
  readonly validUntil: string
  readonly version: number
  readonly url: string
  /** The signed badge. */
  readonly credential: string
  /** Paid, reviewed work that stands behind it. */
  readonly evidence: { readonly contracts: number; readonly clients: number }
}

/** What a marketplace asks of Kentei. Each call rejects with a `KenteiError` where Kentei refuses, and with what the network throws. */
export interface KenteiClient {
  /** Every certificate of a worker, whatever its state. */
  credentialsOf(
    worker: string,
  ): Promise<{ readonly worker: string; readonly credentials: readonly CredentialOnRecord[] }>
  /** Erases a worker for good: their certificates then answer 410. Again with the same answer. */
  erase(worker: string): Promise<{ readonly worker: string; readonly erased: boolean }>
  /** Events after a cursor, from the oldest on; `'0'` for all. */
  eventsAfter(after: string): Promise<{
    readonly events: readonly (Omit<CredentialEvent, 'type' | 'data'> & {
      readonly cursor: string
      readonly type: PluginEvent['type']
      readonly data: PluginEvent['data']
    })[]
    readonly next: string
  }>
  /** Stands by an exam, with an Open Badges EndorsementCredential of a key of your JWKS. */
  endorse(exam: string, endorsement: string): Promise<{ readonly exam: string; readonly endorsed: boolean }>
  withdrawEndorsement(exam: string): Promise<{ readonly exam: string; readonly endorsed: boolean }>
}

export interface MarketplaceOptions {
  /** Your own origin, `https://market.example`: `iss` of your tokens, and where Kentei calls. */
  readonly origin: string
  /** Origin of Kentei, `https://kentei.example`. */
  readonly kentei: string
  readonly keys: MarketplaceKeys
  /** Keys that signed until a moment ago, to be published until what they signed has ended. */
  readonly retired?: readonly MarketplaceKeys['tokens'][]
  readonly store: Store
  /** What you know. */
  readonly answers: Answers
  /** What to do about an event of Kentei, once each; again where that failed, the process ended meanwhile, or it took over a minute. Badges and signals come by calls of their own, so that nothing need be done. */
  readonly heard?: Heard
  /** `whsec_…` that Kentei signs its events with, where its `SUBSCRIBERS` name one; its published keys are known. */
  readonly webhookSecrets?: readonly string[]
  /** Path of your public JSON of a worker, such as `/api/workers/{worker}`, for `kentei conformance`: `{badges, signals}`. */
  readonly profile?: string
  /** Told what failed here: a bug of an answer, or a store that does not answer. */
  readonly report?: (error: unknown) => void
  /** The network, in place of the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A marketplace as Kentei sees it, and Kentei as the marketplace does. */
export interface Marketplace {
  /** Whether a request is one that `fetch` answers: everything else is your own site's. */
  serves(request: Request): boolean
  /** Answers Kentei's calls and events, and publishes your keys. Never throws. */
  fetch(request: Request): Promise<Response>
  /** The address that sends a signed-in person over: for one use, within five minutes. */
  launchUrl(launch: Launch): Promise<string>
  /** The token in it alone. */
  launchToken(launch: Launch): Promise<string>
  /** A service token for a call of Kentei that you make yourself. */
  serviceToken(scope: Scope): Promise<string>
  /** What you ask of Kentei. */
  readonly kentei: KenteiClient
  /** Certificates of a worker as they may be shown, revoked and expired ones too. */
  badgesOf(worker: string): Promise<ShownBadge[]>
  /** What a worker's certificates are worth beside reviews. Rank by those that are `counted`. */
  signalsOf(worker: string): Promise<KnownSignal[]>
  /** Id of the certificate that stood when a contract was made; undefined where none did. */
  certificateOf(contract: string): Promise<string | undefined>
  /** Puts an event into the row of those that are to be sent; `deliver` sends it. @returns its id. */
  announce(type: EventType, data: EventData): Promise<string>
  /** Sends what is due, in order for each worker. Call it every second, or from a cron trigger. */
  deliver(): Promise<Delivered>
  /** Events that wait, and those that were given up after the last try. */
  undelivered(): Promise<{ readonly waiting: readonly OutgoingEvent[]; readonly dead: readonly OutgoingEvent[] }>
  /** After an outage: has all of them sent again. @returns how many. */
  resend(): Promise<number>
  /** After an outage of your own: asks Kentei for the events since the last time, and applies each once. @returns how many were new. */
  catchUp(): Promise<number>
  /** `whpk_…` for Kentei's `MARKETPLACE_WEBHOOK_KEYS`. */
  readonly webhookKey: string
}
