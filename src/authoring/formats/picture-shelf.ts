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

/** Where a picture stands under a name that says nothing but which bytes it has. */
export function pathOfPicture({ path, content }: SourceFile): string {
  const kind = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return `assets/${sha256(Buffer.from(content).toString('base64')).slice(0, 12)}.${kind}`
}

export function pictureShelf(): PictureShelf {
  const shelf = new Map<string, SourceFile>()
  return {
    take: (name, content, kept) => {
      const kind = /\.(png|jpe?g|gif|webp)$/i.exec(name)?.[1]?.toLowerCase()
      if (!kind || content.length > LARGEST_PICTURE) return undefined
      const there = kept === undefined ? undefined : shelf.get(kept)
      // two of one file may have one name
      const isFree = !there || Buffer.from(there.content).equals(content)
      const path = kept !== undefined && isFree ? kept : pathOfPicture({ path: name, content })
      shelf.set(path, { path, content })
      return path
    },
    taken: () => [...shelf.values()],
  }
}
