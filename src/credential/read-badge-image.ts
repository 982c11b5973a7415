import { fail, ok, type Result } from '../kernel/result.ts'
import { bakedChunks, isPng } from './bake-png.ts'

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
