import { Hono } from 'hono'
import type { SandboxEnv } from '../sandbox-world.ts'
import type { PluginKeys } from '../trust/plugin-keys.ts'
import type { Operation } from './operation.ts'

export const escrowOperations: readonly Operation[] = []

/** Mounted at `/v1`. */
export function escrowApi(_keys: PluginKeys): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>()
}
