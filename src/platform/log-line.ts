import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { type Instant, instant, toRfc3339 } from '../kernel/instant.ts'
import { busyReason, sealedSince } from '../world/busy-reason.ts'
import { type Answered, requestId } from './http/observe.ts'
import type { OutageNews } from './outbox/outage.ts'

/** What an operational log line may be about. */
export type LogEvent =
  | 'request-failed'
  | 'database-busy'
  | 'database-moving'
  | 'database-moved-away'
  | 'disk-full'
  | 'database-damaged'
  | 'page-failed'
  | 'work-failed'
  | 'archive-down'
  | 'attempt-not-archived'
  | 'attempt-not-settled'
  | 'database-nearly-full'
  | 'token-not-signed-anew'
  | 'key-file-not-usable'
  | 'bank-is-public'
  | 'settings-wrong'
  | OutageNews
  | 'messages-given-up'
  | 'request'
  | 'tenant-not-open'
  | 'tenant-moved'
  | 'killed-move-ended'
  | 'database-of-later-release'
  | 'service-started'
  | 'service-stopping'
  | 'service-stopped'
  | 'process-failed'
  | 'start-failed'

/** An error without what it says: messages carry values (drizzle's the answer, the worker and the lease). */
export interface FailureShape {
  /** Name of the error's class. */
  readonly error: string
  /** A driver's or Node's own constant, `SQLITE_BUSY` or `ECONNREFUSED`. */
  readonly code?: string
  /** Where in our own code, the innermost call first. */
  readonly at?: readonly string[]
  readonly cause?: FailureShape
}

/** A line of the operational log: these fields and no others, so that no answer, name, token, lease or key can be among them. */
export interface LogLine extends Partial<FailureShape> {
  readonly time: string
  readonly level: 'info' | 'warn' | 'error'
  readonly event: LogEvent
  /** Whose it is, where a process serves several marketplaces: a name that its operator gave. */
  readonly tenant?: string
  readonly method?: string
  /** The template of the route, `/api/attempts/:id`: never the path, which has ids and may have tokens. */
  readonly route?: string
  readonly status?: number
  /** How long a request took. */
  readonly ms?: number
  /** Id of a request: hexadecimal digits, which a caller may have given. */
  readonly request?: string
  /** Id of a trace (W3C), likewise. */
  readonly trace?: string
  /** Where messages go: `marketplace`, or a subscriber by the name that the settings give it. */
  readonly destination?: string
  /** Whole seconds that something has lasted. */
  readonly seconds?: number
  /** Tries that failed. */
  readonly failures?: number
  /** Messages that were given up. */
  readonly messages?: number
  /** Id of an attempt, a certificate or an exam of ours. */
  readonly about?: string
  /** A reason in words of ours. */
  readonly reason?: string
}

/** An error whose message was composed of our own words, and may be told. */
export class ToldError extends Error {}

/** What is wrong with the settings, by name and without their values. Where in the code that was noticed helps nobody. */
export class SettingsError extends ToldError {}

/** An archive that did not do what it was asked: trying again later helps. */
export class ArchiveDown extends ToldError {}

/** How much an event matters, where it is no failure of ours. */
const LEVELS: Readonly<Partial<Record<LogEvent, LogLine['level']>>> = {
  request: 'info',
  'service-started': 'info',
  'tenant-moved': 'info',
  'database-moving': 'warn',
  'killed-move-ended': 'warn',
  'service-stopping': 'info',
  'service-stopped': 'info',
  'destination-up': 'info',
  'destination-down': 'warn',
  'destination-still-down': 'warn',
  'messages-given-up': 'warn',
  'database-of-later-release': 'warn',
  'archive-down': 'warn',
  'attempt-not-archived': 'warn',
  'database-nearly-full': 'warn',
}

const MOST_FRAMES = 12
const MOST_CAUSES = 4

/** Constants of SQLite, D1, Node and its HTTP client; no other text can pass for one. */
const CODE = /^(?:SQLITE|DATABASE|D1|ERR|UND_ERR|HRANA|SERVER|CLIENT|URL|E)(?:_?[A-Z0-9]+)(?:_[A-Z0-9]+)*$/
const codeOf = (error: Error): string | undefined => {
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.length <= 40 && CODE.test(code) ? code : undefined
}

const classOf = (error: Error): string => {
  const name = error.constructor?.name ?? 'Error'
  return /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error'
}

/** A call: of its place the folder, the file, the line and the column; not the name of what is called, which may be computed. */
const FRAME = /^\s+at .*?([a-z0-9@._-]+\/[a-z0-9._-]+\.(?:[cm]?js|tsx?):\d+:\d+)\)?$/

/** The calls of a stack. Its head repeats the message, of any number of lines: where the head cannot be told from the calls, none is kept. */
function framesOf({ stack = '', message }: Error): string[] {
  const [head = ''] = /^[A-Za-z]{1,40}(?: \[[A-Z0-9_]{1,40}\])?(?:: )?/.exec(stack) ?? []
  if (head === '' || !stack.startsWith(message, head.length)) return []
  return stack
    .slice(head.length + message.length)
    .split('\n')
    .map((line) => FRAME.exec(line)?.[1])
    .filter((place) => place !== undefined)
    .slice(0, MOST_FRAMES)
}

/** What of a thrown value may be written down. */
export function shapeOf(thrown: unknown, depth = 0): FailureShape {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const [code, at] = [codeOf(thrown), framesOf(thrown)]
  return {
    error: classOf(thrown),
    ...(code === undefined ? {} : { code }),
    ...(at.length === 0 ? {} : { at }),
    ...(thrown.cause === undefined || depth === MOST_CAUSES ? {} : { cause: shapeOf(thrown.cause, depth + 1) }),
  }
}

/** A thrown value in a few words: the classes of its errors and their constants. For columns that staff pages show. */
export function namesOf(thrown: unknown): string {
  const { error, code, cause } = shapeOf(thrown)
  const own = code === undefined ? error : `${error} ${code}`
  return cause === undefined || !(thrown instanceof Error) ? own : `${own}, ${namesOf(thrown.cause)}`
}

/** What SQLite says of its own place, and what to do about it: where in the code that was noticed helps nobody. */
const OF_THE_PLACE = [
  [/^SQLITE_FULL/, 'disk-full', 'the disk of the database is full: make room (src/docs/en/watch.md#disk)'],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'database-damaged',
    'the database is damaged: put a backup back (src/docs/en/watch.md#damaged)',
  ],
] as const

/** Whoever serves a database that is moved has gone after it by then. */
const FOLLOWED_WITHIN_MS = 60_000
const MOVING = ['database-moving', 'writes wait while the database is moved (src/docs/en/tenants.md#move)'] as const
const MOVED_AWAY = [
  'database-moved-away',
  'the database was moved to another engine, and this service has the old one still: restart it (src/docs/en/tenants.md#move)',
] as const

/** The event of what a database says of its place, and what is said of it. */
const ofThePlace = (thrown: unknown, now: Instant) => {
  const sealed = sealedSince(thrown)
  if (sealed !== undefined) return now - sealed > FOLLOWED_WITHIN_MS ? MOVED_AWAY : MOVING
  for (let e: unknown = thrown; e instanceof Error; e = e.cause) {
    const code = codeOf(e) ?? ''
    const [, ...found] = OF_THE_PLACE.find(([codes]) => codes.test(code)) ?? []
    if (found[0]) return found
  }
}

/** Causes of which nothing was done, and it may well be when it is asked for again. */
const PASSING = ['database-busy', 'database-moving', 'database-moved-away', 'disk-full', 'archive-down'] as const
type OuterCause = (typeof PASSING)[number] | 'settings-wrong' | 'database-damaged'

export const isPassing = (cause: OuterCause | undefined): boolean => PASSING.some((one) => one === cause)

/** What a failure comes to whose cause is not in the work itself; undefined for what is. */
export function outerCause(thrown: unknown, now: Instant = instant(Date.now())): OuterCause | undefined {
  if (thrown instanceof SettingsError) return 'settings-wrong'
  if (thrown instanceof ArchiveDown) return 'archive-down'
  const [event] = ofThePlace(thrown, now) ?? []
  return event ?? (busyReason(thrown) === undefined ? undefined : 'database-busy')
}

/** A line about work of ours that failed, in a sweep or a delivery: by itself, or because the database was busy. */
export const workLine = (thrown: unknown, now: Instant = instant(Date.now())): LogLine =>
  logLine(outerCause(thrown, now) ?? 'work-failed', thrown, {}, now)

/** A line about what went wrong. This is the only maker of lines: requests, sweeps and processes of both services come here. */
export function logLine(
  event: LogEvent,
  thrown: unknown,
  about: Partial<Omit<LogLine, 'time' | 'level' | 'event'>> = {},
  now: Instant = instant(Date.now()),
): LogLine {
  const [place, said] = ofThePlace(thrown, now) ?? []
  const told = thrown instanceof ToldError ? thrown.message : place === event ? said : undefined
  const isPlain = thrown instanceof SettingsError || thrown instanceof ArchiveDown
  const isShaped = thrown !== undefined && !isPlain && place !== event
  return {
    time: toRfc3339(now),
    level: LEVELS[event] ?? 'error',
    event,
    ...about,
    ...(told === undefined ? {} : { reason: told }),
    ...(isShaped ? shapeOf(thrown) : {}),
  }
}

/** What may be told of a request that failed. */
export function failedRequest(c: Context, status: number): Pick<LogLine, 'method' | 'route' | 'status' | 'request'> {
  const request = requestId(c)
  return { method: c.req.method, route: routePath(c, -1), status, ...(request === undefined ? {} : { request }) }
}

/** A line about a request that was answered. */
export const requestLine = (
  { method, route, status, milliseconds, request, trace }: Answered,
  now?: Instant,
): LogLine =>
  logLine(
    'request',
    undefined,
    { method, route, status, ms: Math.round(milliseconds * 10) / 10, request, ...(trace ? { trace: trace.id } : {}) },
    now,
  )
