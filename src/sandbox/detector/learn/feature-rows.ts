import { targetsOf } from '../judge/heads.ts'
import { extractFeatures, noFeatures } from '../read/features.ts'
import type { LabelledPost } from './labelled-posts.ts'

/** What training reads of one post. */
export interface FeatureRow {
  readonly ids: Int32Array
  readonly targets: Float32Array
  /** Ends of the block of n-grams and of the block of concepts in `ids`. */
  readonly ngrams: number
  readonly concepts: number
  readonly ngramValue: number
  readonly conceptValue: number
  readonly dense: Float32Array
}

const features = noFeatures()

/** Extracts the features of posts once, for as many trainings as there are. About 4 bytes for each n-gram of each post. */
export function featureRows(posts: readonly LabelledPost[]): FeatureRow[] {
  return posts.map((post) => {
    const { ids, values, length, ngrams, concepts } = extractFeatures(post, features)
    return {
      ids: ids.slice(0, length),
      targets: targetsOf(post.kinds),
      ngrams,
      concepts,
      ngramValue: ngrams > 0 ? (values[0] as number) : 0,
      conceptValue: concepts > ngrams ? (values[ngrams] as number) : 0,
      dense: values.slice(concepts, length),
    }
  })
}

export const valueAt = (row: FeatureRow, at: number): number => (at < row.ngrams ? row.ngramValue : at < row.concepts ? row.conceptValue : (row.dense[at - row.concepts] as number))
