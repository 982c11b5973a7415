import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { Seed } from '../../kernel/random.ts'
import type { Database } from '../../world/database.ts'
import { openEmbeddedDatabase } from '../../world/open-node.ts'
import { type Model, openCommittedModel, printModel } from '../detector/judge/model.ts'
import { evaluateDetector, evaluateModel } from '../detector/learn/evaluate.ts'
import { hashLabelledPosts, type LabelledPost, languageOf } from '../detector/learn/labelled-posts.ts'
import { printReport, type Report } from '../detector/learn/report.ts'
import { trainDetector } from '../detector/learn/train.ts'
import { findJob } from '../job/store.ts'
import { type Label, readLabels } from '../moderation/label/store.ts'
import { ownModelFile } from '../open-detector.ts'
import { readModelFile } from './read-model.ts'
import { readLabelledSet, readPostsFiles } from './read-posts.ts'
import { showPath } from './show-path.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface DetectorOptions {
  /** JSON Lines of labelled posts; the committed set where none is named. */
  readonly posts: readonly string[]
  /** Data folder of the running sandbox. */
  readonly data: string
  readonly json: boolean
}

export interface TrainCommand extends DetectorOptions {
  /** Where the model goes; the data folder's own model without it. */
  readonly out?: string | undefined
}

export interface EvaluateCommand extends DetectorOptions {
  /** The data folder's own model without it, else the committed one. */
  readonly model?: string | undefined
}

const SEED: Seed = '6b656e7465692d6465746563746f7231'
/** Decisions from which some are held back to test on. */
const ENOUGH_DECIDED = 20
/** Share of the decisions, by time, that is trained on when the rest is tested. */
const EARLIER = 0.8

const reasons = {
  'too-few-authors': 'the posts come from fewer than two authors; a model cannot be tested',
  'only-one-side': 'the posts are all lawful or all unlawful; there is nothing to tell apart',
  'too-few-groups': 'the posts come from too few authors to be tested on',
  'no-decided-posts': 'no post has a time of decision',
} as const

function train(posts: readonly LabelledPost[]): Model {
  const model = trainDetector(posts, { seed: SEED })
  if (!model.ok) throw new UsageError(reasons[model.problem.code])
  return model.value
}

/** Tests on the later decisions a model of everything that was known before them. */
function testInTime(authored: readonly LabelledPost[], decided: readonly LabelledPost[]): Report | undefined {
  if (decided.length < ENOUGH_DECIDED) return undefined
  const cut = Math.floor(decided.length * EARLIER)
  return { ...evaluateModel(train([...authored, ...decided.slice(0, cut)]), decided.slice(cut)), split: 'time' }
}

function testByAuthor(posts: readonly LabelledPost[]): Report {
  const report = evaluateDetector(posts, { split: 'author', seed: SEED })
  if (!report.ok) throw new UsageError(reasons[report.problem.code])
  return report.value
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

/** `sandbox detector train`: trains on the labelled set and on what operators decided, tests, and writes the model. */
export async function runTrain(options: TrainCommand, terminal: Terminal, root: string): Promise<ExitCode> {
  const { authored, decided } = await readKnown(options, terminal, root)
  const posts = [...authored, ...decided]
  terminal.err(`${authored.length} labelled posts and ${decided.length} that operators decided`)
  terminal.err('testing: each author by a model of the others')
  const byAuthor = testByAuthor(posts)
  if (decided.length >= ENOUGH_DECIDED)
    terminal.err('testing: the later decisions by a model of what was known before them')
  const inTime = testInTime(authored, decided)
  terminal.err('training on all of them')
  const model = train(posts)
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
    terminal.out(printReport(byAuthor))
    if (inTime) terminal.out(printReport(inTime))
    else
      terminal.out(
        `Operators decided ${decided.length} posts; from ${ENOUGH_DECIDED} on, the later ones are tested by a model of the earlier ones.\n`,
      )
    terminal.out(
      `${shown}: ${model.version}, queue from ${model.thresholds.queue.toFixed(3)}, hold from ${model.thresholds.hold.toFixed(3)}. A sandbox reads it when it starts.`,
    )
  }
  return 0
}

async function chooseModel(
  options: EvaluateCommand,
  terminal: Terminal,
): Promise<{ readonly name: string; readonly model: Model }> {
  const own = ownModelFile(join(resolve(terminal.cwd, options.data), 'sandbox'))
  const hasOwn = await access(own).then(
    () => true,
    () => false,
  )
  if (options.model === undefined && !hasOwn) return { name: 'the committed model', model: openCommittedModel() }
  const file = options.model === undefined ? own : resolve(terminal.cwd, options.model)
  const name = showPath(terminal.cwd, file)
  return { name, model: await readModelFile(file, name) }
}

/** `sandbox detector evaluate`: tests a model on posts, without training. */
export async function runEvaluate(options: EvaluateCommand, terminal: Terminal, root: string): Promise<ExitCode> {
  const { name, model } = await chooseModel(options, terminal)
  const { authored, decided } = await readKnown(options, terminal, root)
  const posts = options.posts.length > 0 ? authored : [...authored, ...decided]
  const trainedOnThese = hashLabelledPosts(posts) === model.trainedOn.hash
  if (trainedOnThese)
    terminal.err('this model was trained on these very posts: what it is worth on others, `detector train` says')
  const report = evaluateModel(model, posts)
  if (options.json)
    terminal.out(JSON.stringify({ model: { name, version: model.version }, trainedOnThese, report }, null, 2))
  else terminal.out(`${name}, ${model.version}\n${printReport(report)}`)
  return 0
}

/** Posts of one client are one author's: a model is never tested on the copies of what it was trained on. */
async function toPost(
  db: Database,
  { id, job, title, body, category, pay, accountAgeDays, kinds, at }: Label,
): Promise<LabelledPost> {
  const author = (await findJob(db, job))?.client ?? job
  return {
    id,
    author,
    lang: languageOf({ title, body }),
    style: 'formal',
    kinds,
    title,
    body,
    category,
    pay,
    accountAgeDays,
    decidedAt: toRfc3339(at),
  }
}

/** What operators decided about posts, the earliest first. */
async function decidedPosts(db: Database): Promise<LabelledPost[]> {
  const labels = await readLabels(db)
  return Promise.all(labels.map((label) => toPost(db, label)))
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
      throw new UsageError(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`)
    },
  )
  try {
    return await decidedPosts(db)
  } finally {
    await close()
  }
}
