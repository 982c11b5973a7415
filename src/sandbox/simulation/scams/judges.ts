import { judge } from '../../detector/judge/calibration.ts'
import type { Model } from '../../detector/judge/model.ts'
import { noScores, scoreText } from '../../detector/judge/score-text.ts'
import { extractFeatures, noFeatures, type Post } from '../../detector/read/features.ts'
import { Remembered, type Verdict } from './remembered.ts'

export type Score = (post: Post) => Verdict

/** Scores a post as a whole, without windows, and takes it for readable whatever it is. */
export function openWholeScore(model: Model): Score {
  const features = noFeatures()
  const scores = noScores()
  return (post) => {
    extractFeatures(post, features)
    scoreText(model.weights, features, scores)
    const { whole } = scores
    const alone = { ...scores, top: whole, asserted: whole, greatest: whole, windows: 0, leastKnown: 1 }
    return judge(model, { scores: alone, script: features.script, readable: true })
  }
}

/** What protects a market: whoever scores posts, and whether decisions are remembered. */
export interface Judge {
  judge(person: string, post: Post): Verdict
  /** Tells what a person decided. @returns how it is taken back. */
  decided(
    person: string,
    post: Pick<Post, 'title' | 'body'>,
    was: { readonly good: boolean; readonly verdict: Verdict },
  ): () => void
}

const wholeText = ({ title, body }: Pick<Post, 'title' | 'body'>): string => `${title}\n${body}`

/** As it was: every post as a whole and for itself. */
export const forgetful = (score: Score): Judge => ({
  judge: (_, post) => score(post),
  decided: () => () => {},
})

/** As it is: what people decided is known again. */
export function mindful(score: Score): Judge {
  const remembered = new Remembered()
  const suspicionOf = (stretch: string) => score({ title: '', body: stretch }).any
  return {
    judge: (person, post) => remembered.recall({ person, text: wholeText(post) }, score(post), suspicionOf),
    // nothing is kept of a good post that nobody suspected
    decided: (person, post, was) => remembered.remember({ person, text: wholeText(post) }, was),
  }
}
