import type { Context } from 'hono'
import {
  answerOnce as once,
  type RepeatableRequest,
  repeatableRequest,
} from '../../platform/http/replay/answer-once.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'

/** Answers a repeated request with the first reply. Keys belong to the person who is signed in; those of the plugin, and of who needs no name, stand alone. */
export const answerOnce = once<SandboxEnv>({
  place: (c) => c.get('world'),
  caller: (c) => ({ caller: c.get('person')?.id ?? '' }),
  refuse: (_, problem) => problemResponse(problem),
})

/** The request as what it brings about keeps it, so that it is known again even where its answer was lost. */
export async function requestOf(c: Context<SandboxEnv>): Promise<RepeatableRequest | undefined> {
  const request = await repeatableRequest(c)
  return request === undefined || request === 'malformed'
    ? undefined
    : { ...request, key: `${c.get('person')?.id ?? ''}/${request.key}` }
}

/** The same in one word, which is the same for the same request only. */
export async function requestKeyOf(c: Context<SandboxEnv>): Promise<string | undefined> {
  const request = await requestOf(c)
  return request && `${request.key}/${request.fingerprint}`
}
