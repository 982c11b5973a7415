import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import * as z from 'zod'

const privateJwk = z.looseObject({ kty: z.string(), kid: z.string(), d: z.string() })
const keyFile = z.object({ service: privateJwk, webhook: privateJwk })

async function makeKey(alg: 'ES256' | 'Ed25519'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The sandbox's own signing keys: made on the first run, readable by its owner only, the same ever after. */
export async function openKeys(directory: string): Promise<{ service: JWK; webhook: JWK }> {
  const path = join(directory, 'sandbox-keys.json')
  const kept = await readIfThere(path)
  if (kept !== undefined) return keyFile.parse(JSON.parse(kept)) as { service: JWK; webhook: JWK }
  const made = { service: await makeKey('ES256'), webhook: await makeKey('Ed25519') }
  try {
    await writeFile(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    // another process was first: use its keys
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return openKeys(directory)
    throw error
  }
}
