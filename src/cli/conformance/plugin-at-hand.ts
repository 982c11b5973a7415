import { join, resolve } from 'node:path'
import { decodeJwt } from 'jose'
import * as z from 'zod'
import { readJsonAnswer } from '../../platform/http/read-bounded.ts'
import type { StoredKey } from '../../world/settings.ts'
import { readKeys } from '../keys/key-store.ts'
import type { DemoMarket } from './demo-market.ts'

const MAX_KEY_SET_BYTES = 65_536

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) })

/** The origin of the plugin that a sandbox sends people to; undefined when it sends this worker nowhere. */
export async function originOfPlugin(
  demo: DemoMarket,
  of: { readonly worker: string; readonly exam: string },
): Promise<string | undefined> {
  const token = await demo.launch(of.worker, of.exam)
  const aud = typeof token === 'string' ? decodeJwt(token).aud : undefined
  return typeof aud === 'string' && URL.canParse(aud) ? new URL(aud).origin : undefined
}

async function publishedKids(origin: string): Promise<ReadonlySet<string>> {
  const reply = await fetch(`${origin}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  const read = jwks.safeParse(reply && (await readJsonAnswer(reply, MAX_KEY_SET_BYTES).catch(() => undefined)))
  return new Set(read.data?.keys.map(({ kid }) => kid))
}

/** A plugin that a sandbox trusts and whose keys lie on this machine. */
export interface PluginAtHand {
  readonly origin: string
  readonly folder: string
  readonly keys: readonly StoredKey[]
}

/** Looks whether the keys in this data folder are those of the plugin that the sandbox sends people to. */
export async function findPluginAtHand(
  demo: DemoMarket,
  of: { readonly folder: string; readonly cwd: string; readonly worker: string; readonly exam: string },
): Promise<PluginAtHand | undefined> {
  const keys = await readKeys(join(resolve(of.cwd, of.folder), 'keys.json')).catch(() => [])
  const service = keys.find(({ use, state }) => use === 'service' && state === 'active')?.jwk.kid
  const origin = service === undefined ? undefined : await originOfPlugin(demo, of)
  return origin !== undefined && service !== undefined && (await publishedKids(origin)).has(service)
    ? { origin, folder: of.folder, keys }
    : undefined
}
