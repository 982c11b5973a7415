import type { JWK } from 'jose'
import type { Id } from '../kernel/id.ts'
import type { Duration, Instant } from '../kernel/instant.ts'
import type { Brand } from '../world/brand.ts'
import type { Database } from '../world/database.ts'
import type { Answer } from '../world/world.ts'
import type { DetectorInUse } from './detector/candidate/detector-in-use.ts'
import type { Learner } from './detector/candidate/learning.ts'
import type { Detector } from './detector/judge/detector.ts'
import type { Person } from './people/person.ts'
import type { Plays } from './play/plays.ts'
import type { WorkerBook } from './search/worker-book.ts'

export interface SandboxSettings {
  /** The marketplace's own origin, `https://market.example`, no trailing slash; also the `iss` of its tokens. */
  readonly origin: string
  /** Where the plugin is: its launch page, its webhook door and its published keys. */
  readonly pluginOrigin: string
  /** `iss` of the plugin's service tokens; its origin unless configured otherwise. */
  readonly pluginIssuer: string
  /** How it shows itself. */
  readonly brand: Brand
  readonly keys: {
    /** Private ES256 JWK whose `kid` is its RFC 7638 thumbprint: signs launch and service tokens. */
    readonly service: JWK
    /** Private Ed25519 JWK: signs webhooks as `v1a`. */
    readonly webhook: JWK
  }
  /** `whsec_…`: when set, webhooks also carry a `v1` signature. */
  readonly webhookSecret?: string | undefined
  /** `whsec_…` and `whpk_…` keys that may sign the plugin's own events, besides the Ed25519 keys it publishes. */
  readonly pluginWebhookKeys: readonly string[]
}

/** Kinds of ids that the marketplace makes. */
export type SandboxIdKind =
  | 'evt'
  | 'lse'
  | 'jti'
  | 'ses'
  | 'job'
  | 'apl'
  | 'inv'
  | 'ctr'
  | 'mst'
  | 'ent'
  | 'txn'
  | 'trf'
  | 'rev'
  | 'blk'
  | 'rep'
  | 'cas'
  | 'dec'
  | 'apc'
  | 'ntf'
  | 'aud'
  | 'agg'
  | 'lbl'
  | 'sec'
  | 'smp'
  | 'trn'
  | 'mdl'

/** Everything of the sandbox that is not pure. */
export interface SandboxWorld {
  readonly db: Database
  readonly settings: SandboxSettings
  /** What the detector makes of a job post. */
  readonly detect: Detector['score']
  /** The models behind it; nothing where something else judges. */
  readonly detector?: DetectorInUse | undefined
  /** Trains a model beside the service; nothing where there are no threads, or the training set is not there. */
  readonly learner?: Learner | undefined
  /** The order of the workers, kept in memory and brought up to date before every use. */
  readonly workerBook: WorkerBook
  /** Plays a pass for those who watch: only in a demonstration that holds both services. */
  readonly plays?: Plays | undefined
  /** The marketplace's time: the real one, plus what the test clock was moved by. Every timer goes by it. */
  now(): Instant
  /** The time by which tokens and signatures are judged: the plugin's. The test clock moves it only where the plugin's moves along. */
  trustNow(): Instant
  /** Moves the test clock forward, for good. */
  advance(duration: Duration): Promise<Instant>
  newId<Kind extends SandboxIdKind>(kind: Kind): Id<Kind>
  /** Calls another service without following redirects; gives up after `timeout`. */
  fetch(url: string, init: RequestInit, timeout: Duration): Promise<Answer>
  wait(duration: Duration): Promise<void>
}

export interface SandboxEnv {
  Variables: {
    world: SandboxWorld
    /** Who is signed in; set by the door that read the session. */
    person?: Person | undefined
  }
  Bindings: { clientAddress?: string }
}
