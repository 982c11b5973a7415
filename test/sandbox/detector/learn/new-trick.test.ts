import { describe, expect, it } from 'vitest'
import { type DecidedPost, isHeldOut } from '../../../../src/sandbox/detector/candidate/learning.ts'
import { judge } from '../../../../src/sandbox/detector/judge/calibration.ts'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import type { Weights } from '../../../../src/sandbox/detector/judge/linear-scores.ts'
import { type Model, openCommittedModel, parseModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { fitOn, preparePosts, scorePosts } from '../../../../src/sandbox/detector/learn/cross-validate.ts'
import type { LabelledPost } from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { labelledBy, learnDecisions } from '../../../../src/sandbox/detector/learn/learn-decisions.ts'
import {
  expectValue,
  readFreshPosts,
  readLabelledSet,
  readNewTrick,
  readStrangers,
  SEED,
} from '../../../support/labelled-set.ts'

const DECISIONS = 20

const trick = readNewTrick()
/** What operators decided on one day, and how others word the same the day after. */
const decided: DecidedPost[] = trick
  .slice(0, DECISIONS)
  .map((post) => ({ ...post, decidedAt: '2026-11-25T03:00:00.000Z' }))
const unseen = trick.slice(DECISIONS)
/** Posts that no training has seen: two in three of them not written by the authors of the set. */
const others = [...readFreshPosts(), ...Object.values(readStrangers()).flat()]
const old = others.filter(({ kinds }) => kinds.length > 0)
const lawful = others.filter(({ kinds }) => kinds.length === 0)

interface Found {
  readonly unseen: number
  readonly old: number
  readonly lawful: number
}

const share = (flagged: number, posts: readonly unknown[]): number => flagged / posts.length

function expectLearnt(before: Found, after: Found, mostForgotten: number): void {
  expect(before.unseen, 'wordings of the trick that were found before').toBeLessThanOrEqual(3)
  expect(after.unseen, 'of ten wordings that nobody decided about').toBeGreaterThanOrEqual(8)
  expect(share(before.old - after.old, old), 'recall of what was known').toBeLessThan(mostForgotten)
  expect(share(after.lawful - before.lawful, lawful), 'lawful posts that are flagged').toBeLessThanOrEqual(0.005)
}

describe('twenty decisions about a trick that no kind knows', () => {
  it('of which some are held out', () => {
    const heldOut = decided.filter(isHeldOut).length
    expect(heldOut).toBeGreaterThan(0)
    expect(heldOut).toBeLessThan(8)
  })

  // Every fourth of the shorter posts of the set and the committed curves, so that it takes seconds: the whole is tried below.
  it('teach its other wordings, and cost little of what was known (a fifth of the set)', () => {
    // a part of the set knows less of any text: that is not what is tried here
    const curves = { ...openCommittedModel(), leastKnown: { japanese: 0, latin: 0 } }
    const base = readLabelledSet()
      .filter(({ body }) => body.length < 450)
      .filter((_, at) => at % 4 === 0)
    const flagged = (weights: Weights, posts: readonly LabelledPost[]) =>
      scorePosts(posts, weights).filter((held) => judge(curves, held).band !== 'publish').length
    const found = (weights: Weights): Found => ({
      unseen: flagged(weights, unseen),
      old: flagged(weights, old),
      lawful: flagged(weights, lawful),
    })
    const learnt = decided.filter((post) => !isHeldOut(post)).map(labelledBy)
    const prepared = preparePosts([...base, ...learnt], SEED)
    const places = [...prepared.posts.keys()]
    // with few posts, twenty more weigh more: two of 341 are no longer found
    expectLearnt(found(fitOn(prepared, places.slice(0, base.length))), found(fitOn(prepared, places)), 0.016)
  }, 240_000)

  it.runIf(process.env.CASES === 'all')(
    'teach its other wordings, and cost nothing of what was known (the whole set, as in service)',
    () => {
      const serving = openCommittedModel()
      const steps: number[] = []
      const learnt = expectValue(
        learnDecisions(
          readLabelledSet(),
          { decided, recent: others, serving },
          {
            seed: SEED,
            onStep: (step) => steps.push(step),
          },
        ),
      )
      const candidate = expectValue(parseModel(learnt.file))
      const found = (model: Model): Found => {
        const detector = createDetector(model)
        const flagged = (posts: readonly LabelledPost[]) =>
          detector.scoreMany(posts).filter(({ band }) => band !== 'publish').length
        return { unseen: flagged(unseen), old: flagged(old), lawful: flagged(lawful) }
      }
      expectLearnt(found(serving), found(candidate), 0.01)
      expect(steps).toEqual([0, 1, 2, 3, 4])
      const { heldOut } = learnt.comparison
      expect(heldOut.any.candidate.right).toBeGreaterThan(heldOut.any.serving.right)
    },
    1_800_000,
  )
})
