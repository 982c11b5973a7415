import type { Id, IdKind } from '../kernel/id.ts'
import type { Duration, Instant } from '../kernel/instant.ts'
import type { Seed } from '../kernel/random.ts'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'

/** Another service's answer. It may be endless: its body is read with `platform/http/read-bounded.ts` and by nothing else. */
export type Answer = Pick<Response, 'status' | 'ok' | 'redirected' | 'headers' | 'body'>

/** What images are drawn with. Heavy, so that it is loaded with the first image and not before. */
export interface RenderingAssets {
  /** The table of outlines that `readGlyphTable` reads, as gzip: a Worker has to take up every byte that lies beside it before it answers. */
  glyphs(): Promise<Uint8Array<ArrayBuffer>>
  /** The program that turns SVG into pixels. */
  rasteriser(): Promise<WebAssembly.Module>
}

/** A file of an exam's folder: its path below the folder, and what it holds. */
export interface ExamFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** One thing that the lint says of an exam's files. */
export interface ExamFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `office.ja.md:20:3`. */
  readonly where: string
  readonly message: string
  /** What to do about it. */
  readonly suggestion?: string
  /** The item it is about, where it is about one. */
  readonly item?: string
  /** What mends it for certain: what stands at a place, both counted from 1, and what to write instead. */
  readonly fix?: readonly {
    readonly line: number
    readonly column: number
    readonly was: string
    readonly text: string
  }[]
}

/** How a bank does when it is tried. Shares are 0..1. */
export interface BankTrial {
  /** On one paper. */
  readonly questions: number
  /** Drawn by the blueprint, in all languages, and those that could not be. */
  readonly papers: number
  readonly failed: number
  /** By language: what blind guessing gives, and the best of some strategies that look at the options alone. */
  readonly guessing: readonly { readonly locale: 'ja' | 'en'; readonly chance: number; readonly best: number }[]
}

/** What the files of an exam are made into. */
export interface CompiledFiles {
  /** Of the bank that they make; absent where they make none. */
  readonly hash?: string
  /** The bank itself, as JSON has it, where it was asked for. */
  readonly bank?: unknown
  /** How the bank does, likewise. */
  readonly trial?: BankTrial
  /** `items.lock.json` as it is once that bank is published, likewise. */
  readonly lock?: string
  /** What candidates would see of the item that was asked for: the stem of each language, as JSON has it, and the variables that are drawn. */
  readonly shown?: Readonly<
    Record<string, { readonly stem: unknown; readonly variables: unknown; readonly points: number }>
  >
  /** Markup of the practical task or study sheets that were asked for, as they are read; absent while they cannot be. */
  readonly view?: string
  /** A new item, as it is written over. */
  readonly skeleton?: string
  readonly imported?: ImportedFiles
  readonly findings: readonly ExamFinding[]
}

/** What the questions of another system would make of an exam's files. */
export interface ImportedFiles {
  /** Why the file could not be read at all. */
  readonly problem?: string
  /** The files that would be written, whole. */
  readonly writes: readonly ExamFile[]
  /** What of the file as a whole did not come through, in words. */
  readonly losses: readonly string[]
  readonly items: readonly {
    readonly id?: string
    /** How the other file calls it. */
    readonly source?: string
    readonly outcome: 'whole' | 'changed' | 'left-out'
    readonly losses: readonly string[]
  }[]
}

export interface CompileWish {
  /** In which the findings are said; Japanese unless told. */
  readonly language?: 'ja' | 'en'
  /** Whether the bank is wanted too. */
  readonly bank?: boolean
  /** Practical tasks that are not as they were published: they are drawn on many seeds, all others on one. */
  readonly changedTasks?: readonly string[]
  /** Id of an item to be shown. */
  readonly item?: string
  /** A file of a practical task or of study sheets to be shown, in its language. */
  readonly view?: string
  /** Instead of all else: the form of a new item. */
  readonly skeleton?: { readonly id: string; readonly type: string; readonly locale: 'ja' | 'en' }
  /** Instead of all else: what a file of another system would make of these. */
  readonly import?: {
    readonly name: string
    readonly bytes: Uint8Array
    readonly locale: 'ja' | 'en'
    readonly topic?: string
  }
}

/** Compiles the files of an exam away from requests. Everything that the lint says of them comes back. */
export type BankCompiler = (files: readonly ExamFile[], wish?: CompileWish) => Promise<CompiledFiles>

/** Something that happened and is worth counting, without whom it happened to. */
export type Fact =
  | { readonly fact: 'verified'; readonly verdict: string }
  | { readonly fact: 'launch-refused'; readonly reason: string }
  /** A try to deliver a message. `failed`: nobody answered, or nobody who could. */
  | { readonly fact: 'tried'; readonly destination: string; readonly outcome: string; readonly failed: boolean }
  /** How far the clock of who answered is ahead of ours, to the second that its `Date` has. */
  | { readonly fact: 'clock-compared'; readonly aheadMs: number }

/** What a service knows of the machine that it runs on. */
export interface MachineState {
  readonly sweepAgeSeconds: number
  /** Share of the disk of its data. */
  readonly diskTaken?: number
  /** How far the clock of the marketplace is ahead of ours, as it last answered. */
  readonly clockAheadSeconds?: number
  /** Since when what happens is in no backup, where `kentei backup` makes them. */
  readonly notBackedUpSeconds?: number
}

/** Where files of attempts are kept apart from the database; the name of each begins with the attempt's id and a dot. */
export interface Archive {
  /** Keeps a file, whole or not at all, instead of one of that name. Ends when it is safe. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Undefined where there is none of that name. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Changes nothing where there is none. */
  remove(name: string): Promise<void>
  /** Removes whatever is there of an attempt, files that were never finished too. */
  removeOf(attempt: string): Promise<void>
  /** The attempts of which something is there, some at a time; those alone whose ids end with `ending`, of two characters, where it is told. */
  attempts(ending?: string): AsyncIterable<readonly string[]>
}

/** Everything that is not pure, in one value: the clock, ids, entropy, the database, the network and the settings. */
export interface World {
  readonly db: Database
  readonly settings: Settings
  readonly rendering: RenderingAssets
  /** Where the machine has one: the Worker compiles nothing. */
  readonly compileBank?: BankCompiler
  /** Where one is kept. */
  readonly archive?: Archive
  /** The trace that a request came with; calls that it causes go on in it. */
  readonly trace?: { readonly id: string; readonly flags: string }
  /** Told what happened, where somebody counts. */
  readonly note?: (fact: Fact) => void
  /** Where it has a machine. */
  readonly machine?: () => Promise<MachineState>
  now(): Instant
  newId<Kind extends IdKind>(kind: Kind): Id<Kind>
  newSeed(): Seed
  /** A random UUID (version 4). */
  newUuid(): string
  /** 32 bytes that nobody can guess, base64url. */
  newSecret(): string
  /** An integer in `0..bound-1`, not predictable. */
  drawBelow(bound: number): number
  /** Calls another service that the settings name, wherever it is; gives up after `timeout`. */
  fetch(url: string, init: RequestInit, timeout: Duration): Promise<Answer>
  /** Calls a host that a stranger named, which must not lead into our own network whatever its name resolves to. No body is sent. */
  fetchStranger(url: string, init: RequestInit, timeout: Duration): Promise<Answer>
}

/** How much may still be asked of a database: what an invocation at the edge is given is counted, and ends it when it is used up. */
export interface Budget {
  /** Statements that may still be asked. */
  left(): number
}

/** Where nobody counts. */
export const noLimit: Budget = { left: () => Number.POSITIVE_INFINITY }

/** The same budget but for some statements that others are to have. */
export const allBut = (budget: Budget, kept: number): Budget => ({ left: () => budget.left() - kept })

/** A budget that is spent by counting. */
export function countdown(statements: number): Budget & { spend(statements: number): void } {
  let left = statements
  return {
    left: () => left,
    spend: (spent) => {
      left -= spent
    },
  }
}
