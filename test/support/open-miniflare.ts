import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { quickFolder } from './quick-folder.ts'

type Options = Parameters<typeof convertV4MiniflareOptions>[0]

/** workerd whose databases lie in memory: Miniflare lays them out where temporary files go, and clears them away itself. */
export function openMiniflare(options: Options): Miniflare {
  const { TMPDIR } = process.env
  process.env.TMPDIR = quickFolder
  try {
    return new Miniflare(convertV4MiniflareOptions(options))
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
