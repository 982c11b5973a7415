import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandAt, bands, calibratedAny, logisticAt } from '../../../../src/sandbox/detector/judge/calibration.ts'
import { createDetector } from '../../../../src/sandbox/detector/judge/detector.ts'
import { kinds } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { ANY, HEADS } from '../../../../src/sandbox/detector/judge/linear-scores.ts'
import { parseModel, printModel } from '../../../../src/sandbox/detector/judge/model.ts'
import { byAuthorAndStyle, evaluateDetector } from '../../../../src/sandbox/detector/learn/evaluate.ts'
import { chooseThresholds, fitCalibration, fitRisingLogistic } from '../../../../src/sandbox/detector/learn/fit-calibration.ts'
import { hashLabelledPosts, type LabelledPost, readLabelledPosts } from '../../../../src/sandbox/detector/learn/labelled-posts.ts'
import { expectedCalibrationError, printReport } from '../../../../src/sandbox/detector/learn/report.ts'
import { trainDetector } from '../../../../src/sandbox/detector/learn/train.ts'
import { readFreshPosts, readLabelledSet, SEED } from './labelled-set.ts'

const set = readLabelledSet()
/** Every sixth post of three authors: enough to train something. */
const small = set.filter(({ author }) => ['ja1', 'ja2', 'en1'].includes(author)).filter((_, at) => at % 6 === 0)

function expectValue<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

describe('evaluation', () => {
  it('finds that authors not trained on are told well', { timeout: 1_800_000 }, () => {
    // of half the posts, for the time it takes: `sandbox detector train` tells it of all, and finds more of what is wrong
    const report = expectValue(
      evaluateDetector(
        set.filter((_, at) => at % 2 === 0),
        { split: 'author', seed: SEED },
      ),
    )
    for (const kind of kinds) expect(printReport(report)).toContain(kind)
    expect(report.figures.precision).toBeGreaterThanOrEqual(0.91)
    expect(report.figures.ece).toBeLessThanOrEqual(0.05)
    expect(report.figures.recall).toBeGreaterThanOrEqual(0.7)
  })

  it('tests each post once, by a model that saw no post of its author in its style', () => {
    const report = expectValue(evaluateDetector(small, { split: 'author-style', seed: SEED }))
    expect([report.split, report.posts]).toEqual(['author-style', small.length])
    const foldOf = byAuthorAndStyle(small)
    for (const post of small) for (const other of small) if (post.author === other.author) expect(foldOf(post) === foldOf(other), `${post.id} ${other.id}`).toBe(post.style === other.style)
  })

  it('tests the later fifth of decided posts by a model of the earlier ones', () => {
    const decided = small.map((post, at) => ({ ...post, decidedAt: new Date(Date.UTC(2026, 0, 1) + ((at * 7_919) % small.length) * 3_600_000).toISOString() }))
    const report = expectValue(evaluateDetector(decided, { split: 'time', seed: SEED }))
    expect(report.posts).toBe(small.length - Math.floor(small.length * 0.8))
    expect(evaluateDetector(small, { split: 'time', seed: SEED })).toEqual({ ok: false, problem: { code: 'no-decided-posts' } })
  })

  it('counts every post in the table of confusions', () => {
    const { confusion } = expectValue(evaluateDetector(small, { split: 'author', seed: SEED }))
    const total = Object.values(confusion)
      .flatMap((row) => Object.values(row))
      .reduce((sum, count) => sum + count, 0)
    expect(total).toBe(small.reduce((sum, post) => sum + Math.max(1, post.kinds.length), 0))
  })
})

describe('training', () => {
  const model = expectValue(trainDetector(small, { seed: SEED }))

  it('gives the same model for the same posts and seed', () => {
    expect(printModel(expectValue(trainDetector(small, { seed: SEED })))).toBe(printModel(model))
  })

  it('refuses a set it cannot learn from', () => {
    expect(
      trainDetector(
        set.filter(({ author }) => author === 'ja1'),
        { seed: SEED },
      ),
    ).toEqual({ ok: false, problem: { code: 'too-few-authors', authors: 1 } })
    const lawful = set.filter((post) => post.kinds.length === 0)
    expect(trainDetector(lawful, { seed: SEED })).toMatchObject({ ok: false, problem: { code: 'only-one-side', unlawful: 0 } })
  })

  it('writes a file that reads as the same model, but for rounding', () => {
    const text = printModel(model)
    const read = expectValue(parseModel(text))
    expect(printModel(read)).toBe(text)
    const before = createDetector(model).scoreMany(readFreshPosts())
    for (const [at, { any }] of createDetector(read).scoreMany(readFreshPosts()).entries()) expect(Math.abs(any - (before[at]?.any ?? 0))).toBeLessThan(0.02)
  })

  it.each<[string, (file: Record<string, object>) => unknown]>([
    ['no JSON', () => '{'],
    ['another format', (file) => JSON.stringify({ ...file, format: 1 })],
    ['other features', (file) => JSON.stringify({ ...file, features: 'words' })],
    ['a threshold above 1', (file) => JSON.stringify({ ...file, thresholds: { queue: 0.5, hold: 1.5 } })],
    ['bands in the wrong order', (file) => JSON.stringify({ ...file, thresholds: { queue: 0.9, hold: 0.5 } })],
    ['weights cut short', (file) => JSON.stringify({ ...file, weights: { ...file.weights, ids: 'AAAA' } })],
  ])('refuses a model file with %s', (_, spoil) => {
    expect(parseModel(spoil(JSON.parse(printModel(model))) as string)).toMatchObject({ ok: false, problem: { code: 'model-malformed' } })
  })
})

describe('the hash of a labelled set', () => {
  it('hangs on the posts and not on their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(small, { minLength: 20, maxLength: 20 }), (posts) => {
        expect(hashLabelledPosts(posts)).toBe(hashLabelledPosts(posts.toReversed()))
        expect(hashLabelledPosts(posts)).not.toBe(hashLabelledPosts(posts.slice(1)))
        const [first, ...rest] = posts as [LabelledPost, ...LabelledPost[]]
        expect(hashLabelledPosts(posts)).not.toBe(hashLabelledPosts([{ ...first, body: `${first.body}。` }, ...rest]))
      }),
      { numRuns: 20 },
    )
  })

  it('needs no more of a line than its words and what is wrong with them', () => {
    const lines = [
      { title: 'データ入力', body: '名簿の入力です。', kinds: [] },
      { title: 'Typing', body: 'Add me on LINE.', kinds: ['off-platform-contact'] },
    ]
    expect(readLabelledPosts(lines.map((line) => JSON.stringify(line)).join('\n'))).toMatchObject({
      ok: true,
      value: [
        { id: 'line 1', lang: 'ja' },
        { id: 'line 2', lang: 'en' },
      ],
    })
    expect(readLabelledPosts(JSON.stringify({ ...lines[0], kinds: ['spam'] }))).toMatchObject({ ok: false, problem: { code: 'line-malformed', line: 1 } })
  })

  it('comes from lines that are all readable', () => {
    const line = JSON.stringify(small[0])
    expect(readLabelledPosts(`${line}\n\n${line}`)).toMatchObject({ ok: true, value: [{}, {}] })
    expect(readLabelledPosts(`${line}\n{"title":"x"}`)).toMatchObject({ ok: false, problem: { code: 'line-malformed', line: 2 } })
    expect(readLabelledPosts('nonsense')).toMatchObject({ ok: false, problem: { line: 1 } })
  })
})

describe('calibration', () => {
  const score = fc.double({ min: -20, max: 20, noNaN: true })
  const examples = fc.array(fc.tuple(fc.tuple(score, score), fc.boolean()), { minLength: 4, maxLength: 60 })

  it('never falls as a score rises', () => {
    fc.assert(
      fc.property(examples, score, score, fc.double({ min: 0, max: 10, noNaN: true }), (posts, first, second, more) => {
        const curve = fitRisingLogistic(
          posts.map(([inputs]) => inputs),
          posts.map(([, truth]) => truth),
        )
        expect(logisticAt(curve, [first + more, second])).toBeGreaterThanOrEqual(logisticAt(curve, [first, second]))
        expect(logisticAt(curve, [first, second + more])).toBeGreaterThanOrEqual(logisticAt(curve, [first, second]))
      }),
    )
  })

  it('finds the curve that scores were drawn from', () => {
    const inputs = Array.from({ length: 4_000 }, (_, at) => [((at * 0.618) % 1) * 8 - 4, 0])
    const truths = inputs.map(([x = 0], at) => (at * 0.7548) % 1 < 1 / (1 + Math.exp(-(2 * x - 1))))
    const { bias, weights } = fitRisingLogistic(inputs, truths)
    expect(weights[0]).toBeCloseTo(2, 0)
    expect(bias).toBeCloseTo(-1, 0)
  })

  it('knows scripts apart, and does without one that is rare', () => {
    const held = Array.from({ length: 50 }, (_, at) => {
      const scores = new Float64Array(HEADS).fill(at % 2)
      return { scores, kinds: at % 2 === 1 ? ([kinds[0]] as const) : [], script: 'japanese' as const }
    })
    const calibration = fitCalibration(held)
    const high = new Float64Array(HEADS).fill(1)
    expect(calibratedAny(calibration, high, 'latin')).toBe(calibratedAny(calibration, high, 'japanese'))
    const low = new Float64Array(HEADS)
    low[ANY] = -1
    expect(calibratedAny(calibration, low, 'japanese')).toBeLessThan(calibratedAny(calibration, high, 'japanese'))
  })

  it('has no error where shares and probabilities agree, and all of it where they never do', () => {
    const truths = Array.from({ length: 100 }, (_, at) => at % 2 === 0)
    expect(
      expectedCalibrationError(
        truths.map(() => 0.5),
        truths,
      ),
    ).toBeCloseTo(0)
    expect(expectedCalibrationError(truths.map(Number), truths)).toBe(0)
    expect(
      expectedCalibrationError(
        truths.map((truth) => 1 - Number(truth)),
        truths,
      ),
    ).toBe(1)
  })
})

describe('bands', () => {
  it('are in order, whatever the posts', () => {
    const posts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1 })
    fc.assert(
      fc.property(posts, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (held, a, b) => {
        const thresholds = chooseThresholds(
          held.map(([any]) => any),
          held.map(([, truth]) => truth),
        )
        expect(thresholds.queue).toBeLessThanOrEqual(thresholds.hold)
        expect(bands.indexOf(bandAt(thresholds, Math.max(a, b)))).toBeGreaterThanOrEqual(bands.indexOf(bandAt(thresholds, Math.min(a, b))))
      }),
    )
  })

  it('flag nothing but certainty where the probabilities are no good', () => {
    expect(chooseThresholds([0.9, 0.8, 0.7, 0.6], [false, false, true, false])).toEqual({ queue: 1, hold: 1 })
  })
})
