import { beforeAll, describe, expect, it } from 'vitest'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import { openCommittedModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { readLabelledSet } from '../../../support/labelled-set.ts'
import { readGateSet } from './gate-set.ts'
import { type GateFigure, measureGates, printGates } from './measure-gates.ts'
import { transformationNames } from './transformations.ts'

const model = openCommittedModel()
const isLong = process.env.CASES === 'all'
const posts = readGateSet()
let figures: ReadonlyMap<string, GateFigure>

beforeAll(() => {
  const detector = createDetector(model)
  const measured = measureGates(posts, {
    score: (some) => detector.scoreMany(some),
    prevalence: model.prevalence,
    everyTransformed: isLong ? 1 : 4,
  })
  console.log(printGates(measured))
  figures = new Map(measured.map((figure) => [figure.name, figure]))
}, 300_000)

const measuredOf = (name: string): number => figures.get(name)?.value ?? Number.NaN

describe('the committed model, on posts that it was never trained or tuned on', () => {
  it('the committed model was not trained on any post of the gates', () => {
    const trained = new Set(readLabelledSet().map(({ body }) => body))
    for (const { id, body } of posts) expect(trained.has(body), id).toBe(false)
  })

  // what is reached is kept; `printGates` says what is asked for and marks what is missing
  it('the committed model is right at the queue and finds what breaks a rule', () => {
    expect(measuredOf('precision at the queue')).toBeGreaterThanOrEqual(0.95)
    expect(measuredOf('recall at the queue')).toBeGreaterThanOrEqual(0.92)
  })

  it.each([
    [400, 0.77],
    [800, 0.8],
    [2_000, 0.75],
  ])('the committed model finds tricks among %i letters of lawful text', (letters, least) => {
    expect(measuredOf(`recall among ${letters} letters of lawful text`)).toBeGreaterThanOrEqual(least)
  })

  // of one post in four, one more or less is half a hundredth
  it.each(transformationNames)('the committed model finds tricks under %s', (name) => {
    expect(measuredOf(`recall under ${name}`)).toBeGreaterThanOrEqual(isLong ? 0.85 : 0.8)
  })

  it('the committed model lets most long lawful posts be that are near the border', () => {
    expect(measuredOf('long lawful posts flagged')).toBeLessThanOrEqual(0.06)
  })

  it('the committed model is calibrated for where breaches are rare', () => {
    expect(measuredOf('error of calibration where 3 % break a rule')).toBeLessThanOrEqual(0.012)
  })
})
