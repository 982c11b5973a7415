import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** 128 bits of seed as 32 lower-case hexadecimal digits. The same seed gives the same draws for ever. */
export type Seed = string

/** A deterministic source of draws. */
export interface Random {
  /** An integer in `0..bound-1`; `bound` ≥ 1. */
  below(bound: number): number
  /** A number in 0..1, 1 excluded, in steps of 2⁻³⁰. */
  unit(): number
  /** A new array with the elements in uniformly drawn order (Fisher–Yates). */
  shuffle<T>(elements: readonly T[]): T[]
}

/** Opens the stream of draws of a seed. */
export function randomFrom(seed: Seed): Random {
  const words: number[] = [0, 8, 16, 24].map((i) => Number.parseInt(seed.slice(i, i + 8), 16) | 0)
  // an all-zero state is the one fixed point of the generator
  if (!words.some(Boolean)) words[0] = 1
  const generator = xoroshiro128plusFromState(words)
  const below = (bound: number) => uniformInt(generator, 0, bound - 1)
  return {
    below,
    unit: () => below(2 ** 30) / 2 ** 30,
    shuffle: (elements) => {
      const drawn = [...elements]
      for (let i = drawn.length - 1; i > 0; i--) {
        const j = below(i + 1)
        ;[drawn[i], drawn[j]] = [drawn[j] as (typeof drawn)[number], drawn[i] as (typeof drawn)[number]]
      }
      return drawn
    },
  }
}

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
