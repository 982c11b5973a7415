import { readdirSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { type LabelledPost, readLabelledPosts } from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { expectValue } from '../../../support/labelled-set.ts'

/** What a post of the gates says besides a labelled post. Lawful ones have neither. */
const ofGates = z.object({
  /** How an unlawful post tries to look lawful: one word, of its author's own. */
  trick: z.string().min(1).optional(),
  /** Id of the post whose offer this one makes in other words. */
  rewords: z.string().min(1).optional(),
})
export type GatePost = LabelledPost & z.infer<typeof ofGates>

const isLawful = ({ kinds }: Pick<GatePost, 'kinds'>) => kinds.length === 0

/**
 * Posts that measure the detector: written by hand, by nobody who built its features, never trained or tuned on. A file
 * an author: whoever splits by author or by trick keeps what belongs together on one side.
 */
export function readGateSet(): GatePost[] {
  const text = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
    .join('')
  const lines = text.split('\n').filter(Boolean)
  return expectValue(readLabelledPosts(text)).map((post, at) => ({
    ...post,
    ...ofGates.parse(JSON.parse(lines[at] as string)),
  }))
}

export interface GateParts {
  readonly lawful: readonly GatePost[]
  /** Lawful and about as long as a post can be read in one go: 1,750 letters and more, 1,900 in the mean. */
  readonly long: readonly GatePost[]
  /** Unlawful, none the rewording of another. */
  readonly unlawful: readonly GatePost[]
  readonly rewordings: readonly GatePost[]
}

const LONG = 1_750

/** The set by what it is asked. */
export function partsOf(posts: readonly GatePost[]): GateParts {
  const lawful = posts.filter(isLawful)
  const unlawful = posts.filter((post) => !isLawful(post))
  return {
    lawful,
    long: lawful.filter(({ body }) => body.length >= LONG),
    unlawful: unlawful.filter(({ rewords }) => rewords === undefined),
    rewordings: unlawful.filter(({ rewords }) => rewords !== undefined),
  }
}
