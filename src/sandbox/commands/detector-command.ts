import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { OtherMigrationsError, openEmbeddedDatabase } from '../../world/open-node.ts'
import { isHeldOut } from '../detector/candidate/learning.ts'
import { type Model, openCommittedModel, printModel } from '../detector/judge/model.ts'
import { type CrossValidated, crossValidate } from '../detector/learn/cross-validate.ts'
import { evaluateModel, reportOnCrossed } from '../detector/learn/evaluate.ts'
import { hashLabelledPosts, type LabelledPost } from '../detector/learn/labelled-posts.ts'
import { labelledBy } from '../detector/learn/learn-decisions.ts'
import type { Report } from '../detector/learn/report.ts'
import { trainDetector, USUAL_SEED } from '../detector/learn/train.ts'
import { decidedPosts } from '../flows/train-candidate.ts'
import { ownModelFile } from '../open-detector.ts'
import { printReport } from './print-report.ts'
import { readLabelledSet, readModelFile, readPostsFiles, showPath } from './read-files.ts'
import { type Terminal, UsageError } from './terminal.ts'
import { type Language, type Say, type Translate, textsOf } from './texts.ts'

export interface DetectorOptions {
  /** JSON Lines of labelled posts; the committed set where none is named. */
  readonly posts: readonly string[]
  /** Data folder of the running sandbox. */
  readonly data: string
  readonly json: boolean
  readonly language: Language
}

export interface TrainCommand extends DetectorOptions {
  /** Where the model goes; the data folder's own model without it. */
  readonly out?: string | undefined
  /** Share of posts that break a rule where the model will be used, 0..1. */
  readonly prevalence: number
}

export interface EvaluateCommand extends DetectorOptions {
  /** The data folder's own model without it, else the committed one. */
  readonly model?: string | undefined
}

/** Decisions from which some are held back to test on. */
const ENOUGH_DECIDED = 20
/** Share of the decisions, by time, that is trained on when the rest is tested. */
const EARLIER = 0.8

function train(posts: readonly LabelledPost[], prevalence: number, validated?: CrossValidated): Model {
  const model = trainDetector(posts, { seed: USUAL_SEED, prevalence, ...(validated ? { validated } : {}) })
  if (model.ok) return model.value
  const { code } = model.problem
  throw new UsageError((t) => t(`sandbox.usage.${code}`))
}

/** Tests on the later decisions a model of everything that was known before them. */
function testInTime(
  authored: readonly LabelledPost[],
  decided: readonly LabelledPost[],
  prevalence: number,
): Report | undefined {
  if (decided.length < ENOUGH_DECIDED) return undefined
  const cut = Math.floor(decided.length * EARLIER)
  const model = train([...authored, ...decided.slice(0, cut)], prevalence)
  return { ...evaluateModel(model, decided.slice(cut)), split: 'time' }
}

function validateByAuthor(posts: readonly LabelledPost[]): CrossValidated {
  const validated = crossValidate(posts, USUAL_SEED)
  if (validated.ok) return validated.value
  const { code } = validated.problem
  throw new UsageError((t) => t(`sandbox.usage.${code}`))
}

async function readKnown({ posts, data }: DetectorOptions, terminal: Terminal, root: string) {
  const authored = posts.length > 0 ? await readPostsFiles(posts, terminal.cwd) : await readLabelledSet(root)
  return { authored, decided: await readDecidedPosts(join(resolve(terminal.cwd, data), 'sandbox'), root) }
}

/** Written whole or not at all: a sandbox may read it meanwhile. */
async function writeModel(file: string, model: Model): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, printModel(model))
  await rename(`${file}.new`, file)
}

function sayWritten(file: string, { version, thresholds }: Model, t: Translate): string {
  const [queue, hold] = [thresholds.queue.toFixed(3), thresholds.hold.toFixed(3)]
  return t('sandbox.train.written', { file, version, queue, hold })
}

/** `sandbox detector train`: trains on the labelled set and on what operators decided, tests, and writes the model. */
export async function runTrain(options: TrainCommand, terminal: Terminal, root: string): Promise<ExitCode> {
  const t = textsOf(options.language)
  const known = await readKnown(options, terminal, root)
  const { authored } = known
  // models are compared by the others, whoever trained them
  const decided = known.decided.filter((post) => !isHeldOut(post))
  const posts = [...authored, ...decided]
  terminal.err(t('sandbox.train.known', { authored: authored.length, decided: decided.length }))
  terminal.err(t('sandbox.train.byAuthor'))
  const validated = validateByAuthor(posts)
  const byAuthor = reportOnCrossed(validated, 'author')
  if (decided.length >= ENOUGH_DECIDED) terminal.err(t('sandbox.train.inTime'))
  const inTime = testInTime(authored, decided, options.prevalence)
  terminal.err(t('sandbox.train.all'))
  const model = train(posts, options.prevalence, validated)
  const file =
    options.out === undefined
      ? ownModelFile(join(resolve(terminal.cwd, options.data), 'sandbox'))
      : resolve(terminal.cwd, options.out)
  await writeModel(file, model)
  const shown = showPath(terminal.cwd, file)
  if (options.json)
    terminal.out(
      JSON.stringify(
        {
          model: { file: shown, version: model.version, trainedOn: model.trainedOn, thresholds: model.thresholds },
          byAuthor,
          inTime: inTime ?? null,
        },
        null,
        2,
      ),
    )
  else {
    terminal.out(printReport(byAuthor, t))
    if (inTime) terminal.out(printReport(inTime, t))
    else terminal.out(`${t('sandbox.train.tooFew', { decided: decided.length, enough: ENOUGH_DECIDED })}\n`)
    terminal.out(sayWritten(shown, model, t))
  }
  return 0
}

async function chooseModel(
  options: EvaluateCommand,
  terminal: Terminal,
): Promise<{ readonly name: Say; readonly model: Model }> {
  const own = ownModelFile(join(resolve(terminal.cwd, options.data), 'sandbox'))
  const hasOwn = await access(own).then(
    () => true,
    () => false,
  )
  if (options.model === undefined && !hasOwn)
    return { name: (t) => t('sandbox.evaluate.committed'), model: openCommittedModel() }
  const file = options.model === undefined ? own : resolve(terminal.cwd, options.model)
  const shown = showPath(terminal.cwd, file)
  return { name: () => shown, model: await readModelFile(file, shown) }
}

/** `sandbox detector evaluate`: tests a model on posts, without training. */
export async function runEvaluate(options: EvaluateCommand, terminal: Terminal, root: string): Promise<ExitCode> {
  const t = textsOf(options.language)
  const { name, model } = await chooseModel(options, terminal)
  const { authored, decided } = await readKnown(options, terminal, root)
  const posts = options.posts.length > 0 ? authored : [...authored, ...decided]
  const trainedOnThese = hashLabelledPosts(posts) === model.trainedOn.hash
  if (trainedOnThese) terminal.err(t('sandbox.evaluate.trainedOnThese'))
  const report = evaluateModel(model, posts)
  // programs read the name: it is the same in every language
  const named = { name: name(textsOf('en')), version: model.version }
  if (options.json) terminal.out(JSON.stringify({ model: named, trainedOnThese, report }, null, 2))
  else terminal.out(`${name(t)}, ${model.version}\n${printReport(report, t)}`)
  return 0
}

function sayWhy(error: unknown, t: Translate): string {
  if (error instanceof OtherMigrationsError) return t('usage.otherMigrations', { file: error.file })
  return error instanceof Error ? error.message : String(error)
}

/** The same from the database of a sandbox's folder; none where there is no database yet. */
async function readDecidedPosts(directory: string, root: string): Promise<LabelledPost[]> {
  const file = join(directory, 'sandbox.db')
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (!there) return []
  const { db, close } = await openEmbeddedDatabase(file, join(root, 'migrations/sandbox'), 'process').catch(
    (error: unknown) => {
      throw new UsageError((t) => t('sandbox.usage.unopened', { file, why: sayWhy(error, t) }))
    },
  )
  try {
    const decided = await decidedPosts({ db }, Number.MAX_SAFE_INTEGER)
    return decided.map(labelledBy)
  } finally {
    await close()
  }
}
