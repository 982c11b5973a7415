/** 32 bits from a text, evenly spread and the same for ever: FNV-1a with murmur3's finaliser. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The same as a number in 0..1, 1 excluded. */
export const unitHash = (text: string): number => stableHash(text) / 2 ** 32
