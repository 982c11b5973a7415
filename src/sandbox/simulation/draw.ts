import { type Random, randomFrom, stableHash } from '../../kernel/random.ts'

/** A stream of draws of its own for each purpose, so that more draws for one change nothing for another. */
export const streamOf = (seed: number, purpose: string): Random =>
  randomFrom(
    [0, 1, 2, 3].map((part) => stableHash(`${seed}/${purpose}/${part}`).toString(16).padStart(8, '0')).join(''),
  )

/** 128 bits as 32 hexadecimal digits. */
export const hexSeed = (random: Random): string =>
  Array.from({ length: 8 }, () =>
    random
      .below(2 ** 16)
      .toString(16)
      .padStart(4, '0'),
  ).join('')

/** A standard normal draw. Box & Muller 1958. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

export const chance = (random: Random, probability: number): boolean => random.unit() < probability

/** A whole number from `least` to `most`, both among them. */
export const between = (random: Random, least: number, most: number): number => least + random.below(most - least + 1)

/** One of some; there has to be one. */
export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T

/** How many of events that come `mean` times on average: Poisson, by Knuth's product; `mean` is small. */
export function count(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let events = 0
  for (let product = random.unit(); product > limit; product *= random.unit()) events += 1
  return events
}

/** How far a client who does not see at once whom to hire goes down a list, as a share of its logarithm. */
const PATIENCE = 5

/** A place in a list of `length`, from 1: each next place is looked at less, in proportion to 1/(place + 5). */
export const drawPlace = (random: Random, length: number): number =>
  Math.min(length, Math.max(1, Math.ceil(PATIENCE * ((length + PATIENCE) / PATIENCE) ** random.unit()) - PATIENCE))
