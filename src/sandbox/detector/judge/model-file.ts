import * as z from 'zod'
import { stableHash } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import type { Logistic } from '../learn/fit-calibration.ts'
import { concepts } from '../read/concepts.data.ts'
import { FEATURES, LONGEST, NGRAM_BUCKETS, SHORTEST } from '../read/features.ts'
import { HEADS, STRIDE, type Weights } from './heads.ts'
import { type Kind, kinds } from './kinds.ts'
import type { Model } from './model.ts'
import { fromBase64, packRising, quantise, restore, toBase64, unpackRising } from './quantise.ts'

const FORMAT = 2

/** Weights mean nothing with other features than those they were trained on. */
const featuresName = `${SHORTEST}-${LONGEST}/${NGRAM_BUCKETS}/${FEATURES}/${stableHash(JSON.stringify(concepts))}`

const share = z.number().min(0).max(1)
const count = z.number().int().nonnegative()
const logistic = z.object({ bias: z.number(), own: z.number().nonnegative(), other: z.number().nonnegative() })
const kindLogistic = logistic.extend({ lead: z.number().nonnegative() })
const ofEachKind = <T extends z.ZodType>(value: T) => z.record(z.enum(kinds), value)
const ofEachName = <T extends z.ZodType>(value: T) => z.record(z.enum([...kinds, 'none']), value)
const thresholds = z.object({ queue: share, hold: share }).refine(({ queue, hold }) => queue <= hold, 'queue is above hold')
const base64 = z.base64()

const modelFile = z.object({
  format: z.literal(FORMAT),
  version: z.string().min(1).max(100),
  features: z.literal(featuresName),
  trainedOn: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), posts: count, authors: count, unlawful: count, seed: z.string(), decidedUntil: z.iso.datetime({ offset: true }).optional() }),
  figures: z.object({
    precision: share,
    recall: share,
    holdPrecision: share,
    holdRecall: share,
    ece: share,
    kinds: ofEachKind(z.object({ posts: count, told: count, precision: share, recall: share, ece: share })),
  }),
  tested: z
    .object({
      confusion: ofEachName(ofEachName(count)),
      reliability: z.array(z.object({ from: share, to: share, n: count, said: share, was: share })),
    })
    .optional(),
  thresholds,
  calibration: z.object({ kinds: ofEachKind(kindLogistic), any: z.object({ japanese: logistic, latin: logistic }) }),
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
  readonly detail: string
}

type FileLogistic = z.infer<typeof logistic>
const toFileLogistic = ({ bias, weights: [own = 0, other = 0] }: Logistic): FileLogistic => ({ bias, own, other })
const fromFileLogistic = ({ bias, own, other }: FileLogistic): Logistic => ({ bias, weights: [own, other] })

type FileKindLogistic = z.infer<typeof kindLogistic>
const toFileKindLogistic = ({ bias, weights: [own = 0, other = 0, lead = 0] }: Logistic): FileKindLogistic => ({ bias, own, other, lead })
const fromFileKindLogistic = ({ bias, own, other, lead }: FileKindLogistic): Logistic => ({ bias, weights: [own, other, lead] })

const mapKinds = <A, B>(record: Readonly<Record<Kind, A>>, map: (value: A) => B): Record<Kind, B> => Object.fromEntries(kinds.map((kind) => [kind, map(record[kind])])) as Record<Kind, B>

function packWeights({ rows, table, biases }: Weights): ModelFile['weights'] {
  const ids: number[] = []
  for (let id = 0; id < FEATURES; id += 1) if ((rows[id] as number) >= 0) ids.push(id)
  const heads = Array.from({ length: HEADS }, (_, head) => {
    const column = Float32Array.from(ids, (id) => table[(rows[id] as number) * STRIDE + head] as number)
    const { bytes, greatest } = quantise(column)
    return { bias: biases[head] as number, greatest, bytes: toBase64(bytes) }
  })
  return { rows: ids.length, ids: toBase64(packRising(ids)), heads }
}

function unpackWeights(file: ModelFile['weights']): Weights | undefined {
  const ids = unpackRising(fromBase64(file.ids))
  const columns = file.heads.map(({ bytes, greatest }) => restore(new Int8Array(fromBase64(bytes)), greatest))
  const whole = ids.length === file.rows && columns.every((column) => column.length === ids.length) && ids.every((id, at) => id < FEATURES && (at === 0 || id > (ids[at - 1] as number)))
  if (!whole) return undefined
  const rows = new Int32Array(FEATURES).fill(-1)
  const table = new Float32Array(ids.length * STRIDE)
  for (const [row, id] of ids.entries()) {
    rows[id] = row
    for (const [head, column] of columns.entries()) table[row * STRIDE + head] = column[row] as number
  }
  return { rows, table, biases: Float32Array.from(file.heads, ({ bias }) => bias) }
}

/** The text of a model's file: JSON, the same for the same model. */
export function printModel(model: Model): string {
  const { version, trainedOn, figures, tested, thresholds: chosen, calibration, weights } = model
  const file: ModelFile = {
    format: FORMAT,
    version,
    features: featuresName,
    trainedOn,
    figures: { ...figures, kinds: mapKinds(figures.kinds, (value) => value) },
    ...(tested ? { tested: { ...tested, reliability: [...tested.reliability] } } : {}),
    thresholds: chosen,
    calibration: {
      kinds: mapKinds(calibration.kinds, toFileKindLogistic),
      any: { japanese: toFileLogistic(calibration.any.japanese), latin: toFileLogistic(calibration.any.latin) },
    },
    weights: packWeights(weights),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads what a model's file holds once it is parsed as JSON. */
export function readModel(file: unknown): Result<Model, ModelProblem> {
  const parsed = modelFile.safeParse(file)
  if (!parsed.success) return fail({ code: 'model-malformed', detail: z.prettifyError(parsed.error) })
  const { version, trainedOn, figures, tested, thresholds: chosen, calibration } = parsed.data
  const weights = unpackWeights(parsed.data.weights)
  if (!weights) return fail({ code: 'model-malformed', detail: 'the weights do not fit together' })
  const curves = {
    kinds: mapKinds(calibration.kinds, fromFileKindLogistic),
    any: { japanese: fromFileLogistic(calibration.any.japanese), latin: fromFileLogistic(calibration.any.latin) },
  }
  return ok({ version, trainedOn, figures, tested, thresholds: chosen, calibration: curves, weights })
}

/** Reads the text of a model's file. */
export function parseModel(text: string): Result<Model, ModelProblem> {
  try {
    return readModel(JSON.parse(text))
  } catch (error) {
    return fail({ code: 'model-malformed', detail: error instanceof Error ? error.message : 'not JSON' })
  }
}
