import { base64url } from 'jose'
import type { TokenRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'

/** A token that was read but not yet believed. */
export interface CompactJws {
  readonly alg: 'ES256' | 'RS256'
  readonly kid: string
  readonly typ: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly signed: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Header parameters that are read. Any other (`jwk`, `jku`, `x5c`, `crit`, …) could only be used to mislead. */
const HEADER = new Set(['alg', 'kid', 'typ'])

/** Decodes one part; refuses base64url that is not the one canonical spelling of its bytes. */
function decodePart(part: string): Uint8Array<ArrayBuffer> | undefined {
  // no number of bytes takes one letter more than a multiple of four
  if (!/^[A-Za-z0-9_-]+$/.test(part) || part.length % 4 === 1) return undefined
  const bytes = Uint8Array.from(base64url.decode(part))
  return base64url.encode(bytes) === part ? bytes : undefined
}

function readObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Reads a compact JWS strictly; believes nothing of it. */
export function readCompactJws(token: string, maxBytes: number): Result<CompactJws, TokenRefusal> {
  if (token.length > maxBytes) return fail('too-large')
  const parts = token.split('.')
  const [head, body, signature] = parts.map(decodePart)
  if (parts.length !== 3 || !head || !body || !signature) return fail('malformed')
  const header = readObject(head)
  const payload = readObject(body)
  if (!header || !payload || Object.keys(header).some((name) => !HEADER.has(name))) return fail('malformed')
  const { alg, kid, typ } = header
  if (alg !== 'ES256' && alg !== 'RS256') return fail('algorithm')
  if (typeof typ !== 'string') return fail('type')
  if (typeof kid !== 'string' || kid === '' || kid.length > 512) return fail('key-unknown')
  const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')))
  return ok({ alg, kid, typ, payload, signed, signature })
}
