import type { SandboxWorld } from './sandbox-world.ts'

/** One answered call on the wire between plugin and marketplace. */
export interface WireCall {
  readonly to: 'plugin' | 'marketplace'
  readonly method: string
  readonly path: string
  readonly sent: string
  readonly status: number
  readonly received: string
}

export interface PairPlace {
  /** Where both keep their data; it is the caller's to remove. */
  readonly directory: string
  /** Folder with `exams/` and `migrations/`. */
  readonly root: string
  /** What the clock of both shows at first, RFC 3339. It moves only with the test clock. */
  readonly startsAt: string
  readonly detect: SandboxWorld['detect']
  /** Seeds of exam papers, in order. */
  readonly nextSeed: () => string
  /** Whether the next event of the marketplace gets lost although it is answered as taken. */
  readonly losesEvent: () => boolean
  /** Sees every call between the two. */
  readonly watch: (call: WireCall) => void
}

/** A question of a paper as the plugin presents it, as far as an answer needs it. */
export interface PaperItem {
  readonly ref: string
  readonly type: string
}

/** A marketplace and a plugin in this process, on one clock; they talk HTTP with each other. */
export interface JoinedPair {
  readonly market: SandboxWorld
  /** Calls the marketplace, as a browser or a program outside would. */
  callMarket(path: string, init: RequestInit): Promise<Response>
  callPlugin(path: string, init: RequestInit): Promise<Response>
  /** Lets both deliver what they have to tell each other, until nothing is left. */
  deliver(): Promise<void>
  /** Does what is due in the plugin, and delivers. */
  tend(): Promise<void>
  /** A night's reconciliation, to its end. */
  reconcile(): Promise<void>
  /** The right response to an item of an exam's paper, or one that earns nothing. */
  answer(exam: string, item: PaperItem, right: boolean): unknown
  /** The response to a practical task of an open attempt; `right` is asked of each correction. */
  work(attempt: string, ref: string, right: () => boolean): Promise<unknown>
}

/** The same, with databases that nobody else has. */
export interface Pair extends JoinedPair {
  /** Files of the plugin's database. */
  readonly pluginFiles: readonly string[]
  close(): Promise<void>
}

export type OpenPair = (place: PairPlace) => Promise<Pair>
