import { resolve } from 'node:path'
import { didDocument, jwks } from '../../credential/key-documents.ts'
import { openKeyRing } from '../../credential/keys.ts'
import { type ExitCode, type Terminal, UsageError } from '../terminal.ts'
import { type KeyStore, type KeysOptions, writeWhole } from './key-store.ts'

/** Writes the documents that the service publishes: what a mirror or a verifier without a network needs. */
export async function exportPublic(
  { keys }: KeyStore,
  { format, origin, to }: KeysOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (format !== 'jwks' && format !== 'did') throw new UsageError('--format must be jwks or did')
  if (origin === undefined || !URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new UsageError('--origin must be the origin of the service, https://…: it is part of every key id')
  const ring = await openKeyRing(origin, keys)
  const text = JSON.stringify(format === 'jwks' ? jwks(ring) : didDocument(origin, ring), null, 2)
  if (to === undefined) terminal.out(text)
  else await writeWhole(resolve(terminal.cwd, to), `${text}\n`)
  return 0
}
