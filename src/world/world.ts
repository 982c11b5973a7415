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

/**
 * Compiles the files of an exam away from requests.
 * @returns the hash of the bank that they make, absent where they make none, and everything that the lint says of them.
 */
export type BankCompiler = (files: readonly ExamFile[]) => Promise<{
  readonly hash?: string
  readonly findings: readonly {
    readonly rule: string
    readonly severity: 'error' | 'warning'
    readonly where: string
    readonly message: string
    readonly item?: string
  }[]
}>

/** Everything that is not pure, in one value: the clock, ids, entropy, the database, the network and the settings. */
export interface World {
  readonly db: Database
  readonly settings: Settings
  readonly rendering: RenderingAssets
  /** Where the machine has one: the Worker compiles nothing. */
  readonly compileBank?: BankCompiler
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
