/** What the compiler takes of a picture, see `embed-image.ts`. */
export const MOST_BYTES = 300_000
/** More pixels than this no phone shows, and no browser decodes without a pause. */
const LONGEST_SIDE = 1_600
/** A file beyond this is not even read. */
const LARGEST_FILE = 60_000_000

const KINDS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

export type Shrunk =
  | { readonly is: 'picture'; readonly bytes: Blob; readonly ending: string }
  | { readonly is: 'unreadable' | 'too-large' }

const drawn = (picture: ImageBitmap, side: number, quality: number): Promise<Blob> => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/webp', quality })
}

/**
 * A picture that the bank format takes: as it is where it is small enough, else drawn anew, smaller and smaller. What it showed of a
 * camera or a place is gone with that. SVG is none of its formats: it can hold scripts and links.
 */
export async function shrinkPicture(file: File): Promise<Shrunk> {
  if (!KINDS.includes(file.type)) return { is: 'unreadable' }
  if (file.size > LARGEST_FILE) return { is: 'too-large' }
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return { is: 'unreadable' }
  try {
    const isSmall = file.size <= MOST_BYTES && Math.max(picture.width, picture.height) <= LONGEST_SIDE
    if (isSmall) return { is: 'picture', bytes: file, ending: ENDINGS[file.type] as string }
    for (const [side, quality] of [
      [LONGEST_SIDE, 0.85],
      [1_200, 0.75],
      [900, 0.7],
      [600, 0.6],
    ] as const) {
      const bytes = await drawn(picture, side, quality)
      if (bytes.size <= MOST_BYTES) return { is: 'picture', bytes, ending: ENDINGS[bytes.type] ?? 'png' }
    }
    return { is: 'too-large' }
  } finally {
    picture.close()
  }
}

/** A name for a picture that tells nothing of what is right: only where it is used, and a number. */
export function pictureName(item: string, taken: ReadonlySet<string>, ending: string): string {
  let number = 1
  while (taken.has(`assets/${item}-${number}.${ending}`)) number += 1
  return `${item}-${number}.${ending}`
}
