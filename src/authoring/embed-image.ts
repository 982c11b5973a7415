import { hash } from 'node:crypto'
import { base64 } from '@scure/base'
import type { Finding } from './diagnostic.ts'
import { badImage, missingImage, strangeImage } from './refuse-markup.ts'
import type { SourceFile } from './source-file.ts'

const LARGEST_IMAGE = 300_000

const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
]

const assetsOf = (files: readonly SourceFile[]) => files.filter(({ path }) => path.startsWith('assets/'))

/** Changes whenever an image may resolve to something else. */
export const assetsPrint = (files: readonly SourceFile[]): string =>
  JSON.stringify(assetsOf(files).map(({ path, content }) => [path, hash('sha256', content)]))

/**
 * Resolves the images of a bank to data URLs: the compiled bank is whole in itself, and the name of a file, which may
 * tell the answer, never reaches candidates. SVG is refused: it can hold scripts and links.
 */
export function imagesOf(files: readonly SourceFile[]): (href: string) => { readonly src: string } | Finding {
  const assets = new Map(assetsOf(files).map((file) => [file.path, file]))
  const made = new Map<string, { readonly src: string } | Finding>()
  return (href) => {
    const known = made.get(href)
    if (known) return known
    const result = embed(href, assets)
    made.set(href, result)
    return result
  }
}

function embed(href: string, assets: ReadonlyMap<string, SourceFile>): { readonly src: string } | Finding {
  const path = decode(href.replace(/^\.\//, ''))
  if (
    path === undefined ||
    !/^assets\/[^\\:?#%]+$/.test(path) ||
    path.split('/').some((part) => part === '..' || part === '.' || part === '')
  )
    return badImage(href)
  const content = assets.get(path)?.content
  if (content === undefined) return missingImage(href)
  if (typeof content === 'string' || content.length > LARGEST_IMAGE) return strangeImage(href)
  const type = SIGNATURES.find(([, bytes]) => bytes.every((byte, i) => content[i] === byte))?.[0]
  return type === undefined ? strangeImage(href) : { src: `data:${type};base64,${base64.encode(content)}` }
}

function decode(href: string): string | undefined {
  try {
    return decodeURIComponent(href)
  } catch {
    return undefined
  }
}
