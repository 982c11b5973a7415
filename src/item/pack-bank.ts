import { gunzipSync } from 'fflate'
import type { Bank } from './bank.ts'

/** D1 keeps at most 2 MB in a row and in a parameter: a bank of some hundred items in two languages comes near it. */
const PACKED_FROM = 500_000
const MARK = 'gzip:'

async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { writable, readable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const [read] = await Promise.all([new Response(readable).arrayBuffer(), writer.write(bytes), writer.close()])
  return new Uint8Array(read)
}

const CHUNK = 32_768

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  // asking a function for each takes twenty times as long
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** A long text as it is stored. */
export const packText = async (text: string): Promise<string> =>
  `${MARK}${toBase64(await packed(new TextEncoder().encode(text)))}`

/** The text that was stored. @NOTE the tasks of a paper are read with every save of it: a stream of the platform takes eight times as long for one. */
export const unpackText = (stored: string): string =>
  stored.startsWith(MARK) ? new TextDecoder().decode(gunzipSync(fromBase64(stored.slice(MARK.length)))) : stored

/** Some eleven hundred items in two languages; packed, a bank of this size still fits into a row of D1. */
export const MAX_BANK_BYTES = 5_500_000

/** How long a bank's JSON is, in UTF-8. */
export const bankBytes = (bank: Bank): number => new TextEncoder().encode(JSON.stringify(bank)).length

/** A bank as it is stored: its JSON, packed where that is long. */
export async function packBank(bank: Bank): Promise<string> {
  const json = JSON.stringify(bank)
  return json.length < PACKED_FROM ? json : packText(json)
}

export const unpackBank = (stored: string): Bank => JSON.parse(unpackText(stored)) as Bank
