import { fail, ok, type Result } from '../kernel/result.ts'

/** Keyword of the chunk that holds a credential. Source: Open Badges 3.0, §5.3.1. */
const KEYWORD = 'openbadgecredential'
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

/** CRC-32 as PNG counts it, over a chunk's type and data. Source: PNG, third edition, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
  /** Where the chunk begins and ends in the file. */
  readonly from: number
  readonly to: number
}

/** The chunks of a PNG in their order, up to IEND. Throws if it is no PNG, or is cut off. */
function chunksOf(png: Uint8Array): readonly Chunk[] {
  if (!isPng(png)) throw new Error('not a PNG')
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  for (let from = SIGNATURE.length; chunks.at(-1)?.type !== 'IEND'; ) {
    const to = from + 12 + (from + 12 <= png.length ? view.getUint32(from) : 0)
    if (to > png.length) throw new Error('a PNG that is cut off')
    chunks.push({
      type: String.fromCharCode(...png.subarray(from + 4, from + 8)),
      data: png.subarray(from + 8, to - 4),
      from,
      to,
    })
    from = to
  }
  return chunks
}

const isNamed = (data: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(data.subarray(0, KEYWORD.length + 1)) === `${KEYWORD}\0`

const holdsCredential = ({ type, data }: Chunk): boolean => type === 'iTXt' && isNamed(data)

/** Compressed text: a chunk of its own, or one that says so behind its keyword. */
const isPacked = ({ type, data }: Chunk): boolean =>
  isNamed(data) && (type === 'zTXt' || (type === 'iTXt' && data[KEYWORD.length + 1] !== 0))

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (const [i, character] of [...type].entries()) bytes[4 + i] = character.charCodeAt(0)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A PNG that carries a signed credential, in one uncompressed iTXt chunk before the image data; one that it carried is replaced. */
export function bakePng(png: Uint8Array, jwt: string): Uint8Array<ArrayBuffer> {
  // after the keyword: not compressed, no method, no language, no translated keyword
  const credential = chunk('iTXt', new TextEncoder().encode(`${KEYWORD}\0\0\0\0\0${jwt}`))
  const [header, ...rest] = chunksOf(png).filter((one) => !holdsCredential(one))
  if (header?.type !== 'IHDR') throw new Error('a PNG without its header')
  const slice = ({ from, to }: Chunk) => png.subarray(from, to)
  return join([SIGNATURE, slice(header), credential, ...rest.map(slice)])
}

const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte)

/** Chunks that carry a credential, or what calls itself one; `text` is undefined where it is compressed. Throws if it is no PNG. */
function bakedChunks(png: Uint8Array): readonly { readonly text: string | undefined }[] {
  return chunksOf(png)
    .filter((one) => holdsCredential(one) || isPacked(one))
    .map((one) => ({ text: isPacked(one) ? undefined : textOf(one.data) }))
}

/** The text behind keyword, two flags, language and translated keyword. Source: PNG, third edition, 11.3.3.4. */
function textOf(data: Uint8Array): string | undefined {
  const language = data.indexOf(0, KEYWORD.length + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  return translated < 0 ? undefined : new TextDecoder().decode(data.subarray(translated + 1))
}

/** The credential that a PNG carries; undefined if there is none or it is compressed. Throws if it is no PNG. */
export const unbakePng = (png: Uint8Array): string | undefined => bakedChunks(png)[0]?.text

/**
 * Why a picture gives no credential: it is neither PNG nor SVG or cut off, it holds none, it holds one that is packed, it
 * holds several, or it is an SVG that does more than draw.
 */
export type ImageProblem = 'no-badge' | 'no-credential' | 'packed' | 'several' | 'active'

/** A token in its compact form; whether it means anything is for the verifier to say. */
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** Longer ones are not read by the verifier either. */
const MOST_TOKEN_LENGTH = 32_768

const tokenOf = (text: string): Result<string, ImageProblem> =>
  text.length <= MOST_TOKEN_LENGTH && TOKEN.test(text) ? ok(text) : fail('no-credential')

function readPng(png: Uint8Array): Result<string, ImageProblem> {
  let baked: ReturnType<typeof bakedChunks>
  try {
    baked = bakedChunks(png)
  } catch {
    return fail('no-badge')
  }
  const [first, ...others] = baked
  if (!first) return fail('no-credential')
  if (others.length > 0) return fail('several')
  // nothing is inflated: Open Badges bakes uncompressed, and what is packed may be anything
  return first.text === undefined ? fail('packed') : tokenOf(first.text)
}

/** What an SVG could do besides drawing: it is read as text and never shown, and what is not a badge is said so. */
const ACTIVE = /<!DOCTYPE|<!ENTITY|<script\b|<foreignObject\b|\son[a-z]+\s*=|javascript:/i
const BAKED = /<openbadges:credential\b[^<>]*>/g
const VERIFY = /\sverify="([^"<>&]*)"/

function readSvg(svg: string): Result<string, ImageProblem> {
  if (ACTIVE.test(svg)) return fail('active')
  const [element, ...others] = svg.match(BAKED) ?? []
  if (element === undefined) return fail('no-credential')
  if (others.length > 0) return fail('several')
  return tokenOf(VERIFY.exec(element)?.[1] ?? '')
}

/** The credential that a badge's picture carries, as anybody may have made it. Source: Open Badges 3.0, §5.3. */
export function readBadgeImage(bytes: Uint8Array): Result<string, ImageProblem> {
  if (isPng(bytes)) return readPng(bytes)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fail('no-badge')
  }
  return /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^]{0,2000}?-->\s*)*<(?:svg|!DOCTYPE)\b/i.test(text)
    ? readSvg(text)
    : fail('no-badge')
}
