import { type Band, KIND_THRESHOLD } from '../judge/calibration.ts'
import { type Detector, likeliestOf, type Score } from '../judge/detector.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import type { Post } from '../read/features.ts'

/** The model that decides now, and the one that might take its place. */
export interface Both<T> {
  readonly serving: T
  readonly candidate: T
}

/** Posts that are truly so, posts that were told to be, and those of which both is true. */
export interface Counted {
  readonly truly: number
  readonly told: number
  readonly right: number
}

/** How many posts a model would put before a person, and how many of those it would hold. */
export interface Load {
  readonly flagged: number
  readonly held: number
}

/** What two models say of the same posts. */
export interface Comparison {
  /** On decisions that neither was trained on. */
  readonly heldOut: {
    readonly posts: number
    readonly any: Both<Counted>
    /** Only kinds that were decided or told. */
    readonly kinds: Readonly<Partial<Record<Kind, Both<Counted>>>>
  }
  /** On the posts of the last weeks, whatever became of them. */
  readonly recent: { readonly posts: number } & Both<Load>
}

/** A text of which two models do not say the same. */
export interface Difference extends Both<Band> {
  /** Of the post. */
  readonly ref: string
  /** What each says of any breach, 0..1. */
  readonly said: Both<number>
  /** The likeliest kind in the eyes of the one that is more alarmed. */
  readonly kind: Kind
}

/** Ends of a 95 % interval, in standard errors. */
const Z = 1.959964

export interface Interval {
  /** 0..1. */
  readonly low: number
  readonly high: number
}

/** Wilson's 95 % interval of a share (Wilson 1927); 0 to 1 where nothing was counted. */
export function intervalOf(right: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = right / of
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of)
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of * of))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

const isFlagged = ({ band }: Score): boolean => band !== 'publish'

const isTold = (score: Score, kind: Kind): boolean =>
  isFlagged(score) && score.probability[kind] >= KIND_THRESHOLD * score.any

function count(truths: readonly boolean[], told: readonly boolean[]): Counted {
  return {
    truly: truths.filter(Boolean).length,
    told: told.filter(Boolean).length,
    right: truths.filter((truth, at) => truth && told[at]).length,
  }
}

const loadOf = (scores: readonly Score[]): Load => ({
  flagged: scores.filter(isFlagged).length,
  held: scores.filter(({ band }) => band === 'hold').length,
})

/** How two scores of one text differ; undefined where the same happens to it. */
export function differenceOf(ref: string, { serving, candidate }: Both<Score>): Difference | undefined {
  if (serving.band === candidate.band) return undefined
  const alarmed = candidate.any > serving.any ? candidate : serving
  return {
    ref,
    serving: serving.band,
    candidate: candidate.band,
    said: { serving: serving.any, candidate: candidate.any },
    kind: likeliestOf(alarmed),
  }
}

export interface Decided extends Post {
  readonly kinds: readonly Kind[]
}

export interface Recent extends Post {
  readonly id: string
}

/** Lets both models judge decided posts that they have not seen, and those of the last weeks. */
export function compareModels(
  models: Both<Pick<Detector, 'scoreMany'>>,
  { heldOut, recent }: { readonly heldOut: readonly Decided[]; readonly recent: readonly Recent[] },
): { readonly comparison: Comparison; readonly differences: readonly Difference[] } {
  const scored = (posts: readonly Post[]): Both<readonly Score[]> => ({
    serving: models.serving.scoreMany(posts),
    candidate: models.candidate.scoreMany(posts),
  })
  const decided = scored(heldOut)
  const countBoth = (isTrue: (post: Decided) => boolean, told: (score: Score) => boolean): Both<Counted> => {
    const truths = heldOut.map(isTrue)
    return { serving: count(truths, decided.serving.map(told)), candidate: count(truths, decided.candidate.map(told)) }
  }
  const perKind = kinds.map((kind) => {
    const both = countBoth(
      (post) => post.kinds.includes(kind),
      (score) => isTold(score, kind),
    )
    return [kind, both] as const
  })
  const lately = scored(recent)
  return {
    comparison: {
      heldOut: {
        posts: heldOut.length,
        any: countBoth((post) => post.kinds.length > 0, isFlagged),
        kinds: Object.fromEntries(
          perKind.filter(([, { serving, candidate }]) => serving.truly + serving.told + candidate.told > 0),
        ),
      },
      recent: { posts: recent.length, serving: loadOf(lately.serving), candidate: loadOf(lately.candidate) },
    },
    differences: recent.flatMap(
      ({ id }, at) =>
        differenceOf(id, { serving: lately.serving[at] as Score, candidate: lately.candidate[at] as Score }) ?? [],
    ),
  }
}
