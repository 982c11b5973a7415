import { expectedCalibrationError } from '../judge/calibration.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import type { Bin, Confusion, Figures, KindFigures, Tested } from '../judge/model.ts'
import type { Judged } from './cross-validate.ts'
import type { LabelledPost } from './labelled-posts.ts'

/** A kind is told of a post from this probability on. */
export const TOLD = 0.5

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 1)

/** Precision and recall of telling what is true. */
export function precisionAndRecall(told: readonly boolean[], truths: readonly boolean[]): { precision: number; recall: number; right: number; told: number; posts: number } {
  const count = (holds: (at: number) => boolean) => told.reduce((sum, _, at) => sum + Number(holds(at)), 0)
  const right = count((at) => told[at] === true && truths[at] === true)
  const toldCount = count((at) => told[at] === true)
  const posts = count((at) => truths[at] === true)
  return { precision: share(right, toldCount), recall: share(right, posts), right, told: toldCount, posts }
}

function measureKind(posts: readonly LabelledPost[], judged: readonly Judged[], kind: Kind): KindFigures {
  const probabilities = judged.map((post) => post.kinds[kinds.indexOf(kind)] as number)
  const truths = posts.map((post) => post.kinds.includes(kind))
  const {
    precision,
    recall,
    told,
    posts: count,
  } = precisionAndRecall(
    probabilities.map((probability) => probability >= TOLD),
    truths,
  )
  return { posts: count, told, precision, recall, ece: expectedCalibrationError(probabilities, truths) }
}

/** Figures of judgements against the labels. Flagged is queued or held; right is a post that truly breaks a rule. */
export function measureJudgements(posts: readonly LabelledPost[], judged: readonly Judged[]): Figures {
  const truths = posts.map((post) => post.kinds.length > 0)
  const found = judged.map(({ band }) => band)
  const queue = precisionAndRecall(
    found.map((band) => band !== 'publish'),
    truths,
  )
  const hold = precisionAndRecall(
    found.map((band) => band === 'hold'),
    truths,
  )
  return {
    precision: queue.precision,
    recall: queue.recall,
    holdPrecision: hold.precision,
    holdRecall: hold.recall,
    ece: expectedCalibrationError(
      judged.map(({ any }) => any),
      truths,
    ),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, measureKind(posts, judged, kind)])) as Record<Kind, KindFigures>,
  }
}

/** What is true of posts against what was told of them. */
export function confusionOf(posts: readonly Pick<LabelledPost, 'kinds'>[], judged: readonly Judged[]): Confusion {
  const names = [...kinds, 'none'] as const
  const table = Object.fromEntries(names.map((row) => [row, Object.fromEntries(names.map((column) => [column, 0]))])) as Record<Kind | 'none', Record<Kind | 'none', number>>
  for (const [at, { band, kinds: probabilities }] of judged.entries()) {
    const likeliest = kinds[probabilities.indexOf(Math.max(...probabilities))] as Kind
    const told = band === 'publish' ? 'none' : likeliest
    const true_ = posts[at]?.kinds ?? []
    for (const row of true_.length > 0 ? true_ : (['none'] as const)) table[row][told] += 1
  }
  return table
}

const BINS = 10

/** How often what was said came true, in ten ranges of probability of equal width; ranges without posts are left out. */
export function reliabilityOf(posts: readonly Pick<LabelledPost, 'kinds'>[], judged: readonly Pick<Judged, 'any'>[]): readonly Bin[] {
  const members = Map.groupBy([...judged.keys()], (at) => Math.min(BINS - 1, Math.floor((judged[at]?.any ?? 0) * BINS)))
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([bin, places]) => {
      const mean = (of: (at: number) => number) => places.reduce((sum, at) => sum + of(at), 0) / places.length
      return {
        from: bin / BINS,
        to: (bin + 1) / BINS,
        n: places.length,
        said: mean((at) => judged[at]?.any ?? 0),
        was: mean((at) => ((posts[at]?.kinds.length ?? 0) > 0 ? 1 : 0)),
      }
    })
}

export const testedOn = (posts: readonly LabelledPost[], judged: readonly Judged[]): Tested => ({ confusion: confusionOf(posts, judged), reliability: reliabilityOf(posts, judged) })
