import { sha256 } from '../content-hash.ts'
import type { SourceFile } from '../source-file.ts'

/** Pictures of a file that items show, each once. */
export interface PictureShelf {
  /** Where a picture will stand, below `assets/`: under `kept`, or a name that tells nothing. Undefined for what no item of ours can show. */
  take(name: string, content: Uint8Array, kept?: string): string | undefined
  taken(): SourceFile[]
}

/** Larger ones are refused by the compiler. */
const LARGEST_PICTURE = 300_000

export function pictureShelf(): PictureShelf {
  const shelf = new Map<string, SourceFile>()
  return {
    take: (name, content, kept) => {
      const kind = /\.(png|jpe?g|gif|webp)$/i.exec(name)?.[1]?.toLowerCase()
      if (!kind || content.length > LARGEST_PICTURE) return undefined
      const path = kept ?? `assets/${sha256(Buffer.from(content).toString('base64')).slice(0, 12)}.${kind}`
      shelf.set(path, { path, content })
      return path
    },
    taken: () => [...shelf.values()],
  }
}
