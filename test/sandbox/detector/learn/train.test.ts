import { describe, expect, it } from 'vitest'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import { openCommittedModel, parseModel, printModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { USUAL_PREVALENCE } from '../../../../src/sandbox/detector/judge/prevalence.ts'
import { crossValidate } from '../../../../src/sandbox/detector/learn/cross-validate.ts'
import { trainDetector } from '../../../../src/sandbox/detector/learn/train.ts'
import { expectValue, readFreshPosts, readLabelledSet, readSmallSet, SEED } from '../../../support/labelled-set.ts'

const set = readLabelledSet()
const small = readSmallSet()

describe('training', () => {
  const model = expectValue(trainDetector(small, { seed: SEED }))

  it('training gives the same model for the same posts and seed, cross-validated before or not', () => {
    const validated = expectValue(crossValidate(small, SEED))
    expect(printModel(expectValue(trainDetector(small, { seed: SEED, validated })))).toBe(printModel(model))
  })

  it.runIf(process.env.CASES === 'all')(
    'training on the committed set gives the committed model, to the byte',
    {
      timeout: 3_600_000,
    },
    () => {
      const again = expectValue(trainDetector(set, { seed: SEED, prevalence: USUAL_PREVALENCE }))
      expect(printModel(again) === printModel(openCommittedModel())).toBe(true)
    },
  )

  it('training refuses a set it cannot learn from', () => {
    expect(
      trainDetector(
        set.filter(({ author }) => author === 'ja1'),
        { seed: SEED },
      ),
    ).toEqual({ ok: false, problem: { code: 'too-few-authors', authors: 1 } })
    const lawful = set.filter((post) => post.kinds.length === 0)
    expect(trainDetector(lawful, { seed: SEED })).toMatchObject({
      ok: false,
      problem: { code: 'only-one-side', unlawful: 0 },
    })
  })

  it('a trained model reads from its file as the same model, but for rounding', () => {
    const text = printModel(model)
    const read = expectValue(parseModel(text))
    expect(printModel(read)).toBe(text)
    const before = createDetector(model).scoreMany(readFreshPosts())
    for (const [at, { any }] of createDetector(read).scoreMany(readFreshPosts()).entries())
      expect(Math.abs(any - (before[at]?.any ?? 0))).toBeLessThan(0.02)
  })
})
