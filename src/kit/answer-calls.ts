import type * as z from 'zod'
import * as contract from '../contract/marketplace.ts'

/** A call that Kentei makes, and what stands in its path. */
export interface Matched {
  readonly call: (typeof contract.marketplaceCalls)[number]
  readonly path: Readonly<Record<string, string>>
}

/** What a path fills into a pattern such as `/v1/workers/{worker}/standing`; undefined where it is another path. */
function fill(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const filled: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    const value = given[at] as string
    if (name === undefined ? part !== value : value === '') return undefined
    if (name !== undefined) filled[name] = value
  }
  try {
    return Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    return undefined
  }
}

/** The call that a request makes, if it is one of Kentei's; `methods` are those that its path takes at all. */
export function matchCall(method: string, path: string): Matched | { readonly methods: readonly string[] } | undefined {
  const onPath = contract.marketplaceCalls.flatMap((call) => {
    const filled = fill(call.path, path)
    return filled ? [{ call, path: filled }] : []
  })
  if (onPath.length === 0) return undefined
  return (
    onPath.find(({ call }) => call.method === method.toLowerCase()) ?? {
      methods: onPath.map(({ call }) => call.method.toUpperCase()),
    }
  )
}

/** The schemas of a call, whichever it has. */
export const schemasOf = (call: Matched['call']) => ({
  query: 'query' in call ? (call.query as z.ZodType) : undefined,
  body: 'body' in call ? (call.body as z.ZodType) : undefined,
  answer: 'answer' in call ? (call.answer as z.ZodType) : undefined,
})

/** Where the ranges of amounts begin, in yen. */
const FLOORS = [1, 5_000, 20_000, 50_000, 200_000, 1_000_000] as const

/** The range that an amount of yen is told in: `5000-19999`, the last one open: `1000000-`. */
export function amountRange(yen: number): string {
  const at = Math.max(
    0,
    FLOORS.findLastIndex((floor) => floor <= yen),
  )
  const next = FLOORS[at + 1]
  return `${FLOORS[at]}-${next === undefined ? '' : next - 1}`
}

/**
 * A name for a client that is the same for ever, tells nobody who it is, and is another one to another Kentei. `secret`:
 * base64url; `kentei`: its origin.
 */
export async function clientName(
  secret: string,
  { client, kentei }: { readonly client: string; readonly kentei: string },
): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const how = { name: 'HMAC', hash: 'SHA-256' } as const
  const key = await crypto.subtle.importKey('raw', encode(`client/${kentei}/${secret}`), how, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(client)))
  return `clp_${[...mac.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
