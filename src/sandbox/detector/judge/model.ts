import * as z from 'zod'
import { stableHash } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { concepts } from '../read/concepts.data.ts'
import { FEATURES, LONGEST, NGRAM_BUCKETS, SHORTEST } from '../read/features.ts'
import type { Curves, Logistic, Reading } from './calibration.ts'
import type { Figures, Tested } from './figures.ts'
import { type FileFault, firstFault } from './file-fault.ts'
import { type Kind, kinds } from './kinds.ts'
import { HEADS, type Weights } from './linear-scores.ts'
import committed from './model.json' with { type: 'json' }
import { packWeights, unpackWeights } from './pack-weights.ts'
import { type OperatingPoint, thresholdsAt } from './prevalence.ts'

/** What a model was trained on. */
export interface TrainedOn {
  /** SHA-256 of the labelled set in canonical form. */
  readonly hash: string
  readonly posts: number
  readonly authors: number
  readonly unlawful: number
  readonly seed: string
  /** The latest decision of an operator among them, as RFC 3339; absent where there is none. */
  readonly decidedUntil?: string | undefined
}

export interface Model extends Curves {
  /** What other thresholds would do, rising: on posts of held-out authors, as they are and hidden among others. */
  readonly operating: readonly OperatingPoint[]
  /** Names the model in records of decisions: the same set, seed and code give the same. */
  readonly version: string
  readonly trainedOn: TrainedOn
  /** Of held-out authors. */
  readonly figures: Figures
  /** Of the same posts. */
  readonly tested?: Tested | undefined
  readonly weights: Weights
}

/** What is known of a model, without its weights. */
export type ModelCard = Pick<
  Model,
  'version' | 'trainedOn' | 'figures' | 'tested' | 'thresholds' | 'prevalence' | 'operating'
>

const FORMAT = 5

/** Weights mean nothing with other features than those they were trained on. */
const featuresName = `${SHORTEST}-${LONGEST}/${NGRAM_BUCKETS}/${FEATURES}/${stableHash(JSON.stringify(concepts))}`

const share = z.number().min(0).max(1)
const count = z.number().int().nonnegative()
const logisticOf = (inputs: number) =>
  z.object({ bias: z.number(), weights: z.array(z.number().nonnegative()).length(inputs) })
const ofReadings = z.object({ whole: logisticOf(4), few: logisticOf(7), many: logisticOf(7) })
const ofEachKind = <T extends z.ZodType>(value: T) => z.record(z.enum(kinds), value)
const ofEachName = <T extends z.ZodType>(value: T) => z.record(z.enum([...kinds, 'none']), value)
const operatingPoint = z.object({ from: share, recall: share, falseAlarms: share })
const base64 = z.base64()

const isRising = (points: readonly OperatingPoint[]): boolean =>
  points.every(({ from }, at) => at === 0 || from > (points[at - 1]?.from ?? 1))

const modelFile = z.object({
  format: z.literal(FORMAT),
  version: z.string().min(1).max(100),
  features: z.literal(featuresName),
  trainedOn: z.object({
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    posts: count,
    authors: count,
    unlawful: count,
    seed: z.string(),
    decidedUntil: z.iso.datetime({ offset: true }).optional(),
  }),
  figures: z.object({
    precision: share,
    recall: share,
    holdPrecision: share,
    holdRecall: share,
    ece: share,
    eceAt: z.array(z.object({ prevalence: share, ece: share })),
    kinds: ofEachKind(z.object({ posts: count, told: count, precision: share, recall: share, ece: share })),
  }),
  tested: z
    .object({
      confusion: ofEachName(ofEachName(count)),
      reliability: z.array(z.object({ from: share, to: share, n: count, said: share, was: share })),
    })
    .optional(),
  /** From which the thresholds follow. */
  prevalence: z.number().gt(0).lt(1),
  operating: z.array(operatingPoint).max(200).refine(isRising, 'the operating points do not rise'),
  leastKnown: z.object({ japanese: share, latin: share }),
  calibration: z.object({
    kinds: ofEachKind(logisticOf(3)),
    any: z.object({ japanese: ofReadings, latin: ofReadings }),
  }),
  weights: z.object({
    rows: count,
    /** Rising identifiers of features, LEB128 gaps. */
    ids: base64,
    heads: z.array(z.object({ bias: z.number(), greatest: z.number().nonnegative(), bytes: base64 })).length(HEADS),
  }),
})
type ModelFile = z.infer<typeof modelFile>

export interface ModelProblem {
  readonly code: 'model-malformed'
  readonly fault: FileFault
  readonly detail: string
}

const mapKinds = <A, B>(record: Readonly<Record<Kind, A>>, map: (value: A) => B): Record<Kind, B> =>
  Object.fromEntries(kinds.map((kind) => [kind, map(record[kind])])) as Record<Kind, B>

const toFile = ({ bias, weights }: Logistic) => ({ bias, weights: [...weights] })
const readingsToFile = ({ whole, few, many }: Readonly<Record<Reading, Logistic>>) => ({
  whole: toFile(whole),
  few: toFile(few),
  many: toFile(many),
})

/** The text of a model's file: JSON, the same for the same model. */
export function printModel(model: Model): string {
  const { version, trainedOn, figures, tested, prevalence, operating, leastKnown, calibration, weights } = model
  const file: ModelFile = {
    format: FORMAT,
    version,
    features: featuresName,
    trainedOn,
    figures: { ...figures, eceAt: [...figures.eceAt], kinds: mapKinds(figures.kinds, (value) => value) },
    ...(tested ? { tested: { ...tested, reliability: [...tested.reliability] } } : {}),
    prevalence,
    operating: operating.map(({ from, recall, falseAlarms }) => ({ from, recall, falseAlarms })),
    leastKnown,
    calibration: {
      kinds: mapKinds(calibration.kinds, toFile),
      any: { japanese: readingsToFile(calibration.any.japanese), latin: readingsToFile(calibration.any.latin) },
    },
    weights: packWeights(weights),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads what a model's file holds once it is parsed as JSON. */
function readModel(file: unknown): Result<Model, ModelProblem> {
  const parsed = modelFile.safeParse(file)
  if (!parsed.success) {
    const fault = firstFault(parsed.error, file)
    return fail({ code: 'model-malformed', fault, detail: z.prettifyError(parsed.error) })
  }
  const { weights: packed, format: _, features: __, ...said } = parsed.data
  const weights = unpackWeights(packed)
  if (!weights)
    return fail({
      code: 'model-malformed',
      fault: { is: 'weights-misfit' },
      detail: 'the weights do not fit together',
    })
  return ok({ ...said, thresholds: thresholdsAt(said.operating, said.prevalence), weights })
}

/** Reads the text of a model's file. */
export function parseModel(text: string): Result<Model, ModelProblem> {
  try {
    return readModel(JSON.parse(text))
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'not JSON'
    return fail({ code: 'model-malformed', fault: { is: 'no-json' }, detail })
  }
}

/**
 * The model that is committed beside the code. Works from source and in a bundle; reading takes about 100 ms.
 * @throws if it was trained on other features than the code's: train anew.
 */
export function openCommittedModel(): Model {
  const model = readModel(committed)
  if (!model.ok) throw new Error(`src/sandbox/detector/judge/model.json: ${model.problem.detail}`)
  return model.value
}
