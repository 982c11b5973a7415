import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { quickFolder } from './quick-folder.ts'

/** workerd whose databases lie in memory: Miniflare lays them out where temporary files go, and clears them away itself. */
export function openMiniflare(options: Parameters<typeof convertV4MiniflareOptions>[0]): Miniflare {
  const { TMPDIR } = process.env
  process.env.TMPDIR = quickFolder
  try {
    return new Miniflare(convertV4MiniflareOptions(options))
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
