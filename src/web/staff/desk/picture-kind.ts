const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
  jpeg: [0xff, 0xd8, 0xff],
  gif: [0x47, 0x49, 0x46, 0x38],
  webp: [0x52, 0x49, 0x46, 0x46],
}

/** What is wrong with a picture, by its first bytes: a name alone says nothing. */
export function pictureProblem(path: string, content: Uint8Array): string | undefined {
  const signature = SIGNATURES[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '']
  return signature?.every((byte, at) => content[at] === byte)
    ? undefined
    : 'is no PNG, JPEG, GIF or WebP picture, or its name says another kind'
}
