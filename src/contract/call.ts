import type * as z from 'zod'
import type { Scope } from './tokens.ts'

/** Who may make a call, and how they show it. */
export type Security =
  | 'none'
  /** A person, by the bearer session or the cookie. */
  | 'session'
  /** The other side, by a service token. */
  | 'service'
  /** Either of the two. */
  | 'either'
  /** Whoever signs webhooks. */
  | 'webhook'

/** A body that is not JSON of a fixed form: a sample of it by media type. `picture` stands for bytes that nobody reads as text. */
export type Media = Readonly<Record<string, string>>

/** Headers that answers may carry, besides those that every answer and every refusal has. */
export type AnswerHeader =
  | 'Cache-Control'
  /** Brings `If-None-Match` and the answer 304 with it. */
  | 'ETag'
  | 'Content-Disposition'
  | 'Link'
  | 'Location'
  | 'Set-Cookie'
  | 'X-Total-Count'

/** An answer that is neither a success nor a problem document alone. */
export interface FurtherAnswer {
  readonly description: string
  readonly media?: Media
  /** Its body, where it is JSON. */
  readonly answer?: z.ZodType
}

/** One call of a public HTTP contract. Its route, what is read of a request, its place in the OpenAPI document and how a program makes it come from here. */
export interface Call<Code extends string = string> {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Parameters in braces: `/api/attempts/{id}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly security: Security
  /** Of a person: who else is refused. */
  readonly roles?: readonly string[]
  /** Of the service token. */
  readonly scope?: Scope
  readonly query?: z.ZodType<object>
  readonly body?: z.ZodType
  /** The body is kept as it was typed, whatever characters it holds. */
  readonly keepsAsTyped?: true
  /** Media type of the body, where it is not JSON. */
  readonly bodyType?: string
  readonly success: readonly [status: number, description: string]
  /** Where what is asked for was there already. */
  readonly already?: readonly [status: number, description: string]
  /** The body of a success, where it is JSON of a fixed form; fields may be added. */
  readonly answer?: z.ZodType
  /** Media types of that JSON, where it is not `application/json`. */
  readonly jsonTypes?: readonly string[]
  /** What a success is where it is not JSON, or not JSON alone. */
  readonly media?: Media
  readonly headers?: readonly AnswerHeader[]
  /** By status: what else is answered, and refusals that people read as a page. */
  readonly further?: Readonly<Record<number, FurtherAnswer>>
  readonly refusals: readonly Code[]
}

/** A call's name for programs, such as those that are made from the OpenAPI document. */
export const nameOf = ({ method, path }: Call): string =>
  [method, ...path.split(/[^A-Za-z0-9]+/)].filter(Boolean).join('_')

/** The parameters that a path names in braces. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never
export type ParametersOf<C extends Call> = Readonly<Record<ParameterOf<C['path']>, string>>

/** Of an object that may hold anything besides, what it holds for sure: an interface is one, too. */
type KnownName<T, Name extends keyof T> = string extends Name ? (unknown extends T[Name] ? never : Name) : Name

type ReadOnly<T> = T extends readonly (infer Each)[]
  ? readonly ReadOnly<Each>[]
  : T extends object
    ? { readonly [Name in keyof T as KnownName<T, Name>]: ReadOnly<T[Name]> }
    : T

/** What a route reads of a request. */
export interface Asked<C extends Call> {
  readonly path: ParametersOf<C>
  readonly query: C extends { readonly query: infer Query extends z.ZodType } ? z.output<Query> : undefined
  readonly body: C extends { readonly body: infer Body extends z.ZodType } ? z.output<Body> : undefined
}

/** What a route gives back. */
export type AnswerOf<C extends Call> = C extends { readonly answer: infer Answer extends z.ZodType }
  ? ReadOnly<z.input<Answer>>
  : object

/** Whether people are answered in pages, of failures too. */
export const givesPages = ({ media, further = {} }: Call): boolean =>
  [media, ...Object.values(further).map((one) => one.media)].some((one) => one && Object.hasOwn(one, 'text/html'))

/** A call may be repeated under an `Idempotency-Key`. */
export const isRepeatable = ({ refusals }: Call): boolean => refusals.includes('idempotency-mismatch')

/** The parts of an address, what is filled in escaped. */
export const pathOf = <C extends Call>({ path }: C, parameters: ParametersOf<C>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((parameters as Readonly<Record<string, string>>)[name] ?? ''),
  )

/** The same as a pattern of the router: `/api/attempts/:id`. */
export const patternOf = ({ path }: Pick<Call, 'path'>): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** A body as it is written; a `version` may be left out where it is added when the request is sent. */
type Written<Body> = ReadOnly<Body> | ('version' extends keyof Body ? ReadOnly<Omit<Body, 'version'>> : never)

/** What a program fills in when it makes a call. */
export interface Filled<C extends Call> {
  readonly path: ParametersOf<C>
  readonly query?: C extends { readonly query: infer Query extends z.ZodType } ? z.input<Query> : never
  readonly body?: C extends { readonly body: infer Body extends z.ZodType } ? Written<z.input<Body>> : never
}

/** A call as a request that waits to be sent: `path` with its query. */
export interface FilledRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** Fills a call in. */
export function requestOf<const C extends Call>(call: C, { path, query, body }: Filled<C>): FilledRequest {
  const asked = new URLSearchParams(
    Object.entries((query ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
  return {
    method: call.method.toUpperCase() as FilledRequest['method'],
    path: pathOf(call, path) + (asked.size > 0 ? `?${asked}` : ''),
    ...(body === undefined ? {} : { body: body as Readonly<Record<string, unknown>> }),
  }
}
