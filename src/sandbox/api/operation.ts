import type * as z from 'zod'
import type { SandboxProblem } from '../problem.ts'

/** One call of the sandbox's HTTP API, as its OpenAPI page describes it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Parameters in braces: `/v1/contracts/{id}`. */
  readonly path: string
  readonly tag: 'Demo' | 'Workers' | 'Evidence' | 'Jobs' | 'Escrow' | 'Reviews' | 'Moderation' | 'Operators'
  readonly summary: string
  /** `session`: a person's bearer session of `POST /demo/session`; `service`: the plugin's token. */
  readonly security: 'session' | 'service' | 'either' | 'webhook' | 'none'
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** What the answer of a success holds; more may be added. */
  readonly answer?: z.ZodType
  readonly success: readonly [status: number, description: string]
  /** Where what is asked for was there already. */
  readonly already?: readonly [status: number, description: string]
  readonly refusals: readonly SandboxProblem['code'][]
}
