import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { workerId } from '../../contract/tokens.ts'
import {
  ALGORITHMS,
  announceKey,
  blockAllKeys,
  blockKey,
  type DatedKey,
  freshPair,
  freshToolKey,
  judgeSuccession,
  PUBLISHED_AHEAD,
  rotateKeys,
  TOOL_USES,
  type TooEarly,
  USES,
} from '../../credential/key-life.ts'
import { isSigningUse } from '../../credential/keys.ts'
import { type Instant, instant, toRfc3339 } from '../../kernel/instant.ts'
import type { ExitCode } from '../../platform/words/command-line.ts'
import type { SigningUse, ToolUse } from '../../world/settings.ts'
import { command, dataOption, type Terminal, UsageError } from '../terminal.ts'
import { type Say, type Translate, textsOf } from '../texts.ts'
import { KEY_ACTS, type KeyStore, type KeysOptions, needKeys, openKeyStore, printKeys, writeNew } from './key-store.ts'
import { describeKeys, exportPublic, listKeys, printListing } from './list-keys.ts'

export const KEY_USES = [...USES, ...TOOL_USES].join(', ')

const FLAGS = {
  use: '--use',
  alg: '--alg',
  as: '--as',
  kid: '--kid',
  all: '--all',
  now: '--now',
  json: '--json',
  origin: '--origin',
  validFor: '--valid-for',
  to: '--to',
} as const

/** What each act goes by. Anything else is refused: whoever writes `block --all --use webhook` does not want every key blocked. */
const TAKEN: Readonly<Record<KeysOptions['act'], readonly (keyof typeof FLAGS)[]>> = {
  generate: ['use', 'alg', 'as'],
  list: ['json', 'validFor'],
  rotate: ['use', 'now'],
  block: ['kid', 'all'],
  prune: ['validFor'],
  'export-public': ['origin', 'to'],
}

/** The use of a key that is made for a tool. */
const toolUse = ({ act, use }: KeysOptions): ToolUse | undefined =>
  act === 'generate' ? TOOL_USES.find((one) => one === use) : undefined

function refuseUseless(options: KeysOptions): void {
  for (const [option, flag] of Object.entries(FLAGS) as [keyof typeof FLAGS, string][]) {
    if (options[option] === undefined || options[option] === false || TAKEN[options.act].includes(option)) continue
    if (option === 'to' && (options.fromEnv || toolUse(options) !== undefined)) continue
    throw new UsageError((t) =>
      t(option === 'to' ? 'signing.uselessTo' : 'signing.useless', { act: options.act, flag }),
    )
  }
}

/** A change that an operator is asked about, in words. */
interface Change {
  readonly keys: readonly DatedKey[]
  /** Undefined where nothing is lost by it. */
  readonly question: Say | undefined
  /** What follows from it. */
  readonly said: readonly Say[]
}

/** Most that Cloudflare takes for one secret of a Worker. */
const WORKER_SECRET_BYTES = 5_120

/** `kentei keys`: makes, changes, lists and exports the signing keys. It never prints a private member. */
async function runKeys(options: KeysOptions, terminal: Terminal): Promise<ExitCode> {
  refuseUseless(options)
  const store = await openKeyStore(options, terminal)
  if (options.act !== 'generate') needKeys(store)
  const now = instant(terminal.now())
  switch (options.act) {
    case 'list':
      return listKeys(store, options, terminal)
    case 'export-public':
      return exportPublic(store, options, terminal)
    case 'generate': {
      const tool = toolUse(options)
      if (tool) return generateForTool(store, tool, options, terminal)
      return carryOut(store, await generate(store, options, now), options, terminal)
    }
    case 'rotate':
      return carryOut(store, await rotate(store, options, now), options, terminal)
    case 'block':
      return carryOut(store, await block(store, options, now), options, terminal)
    case 'prune':
      return carryOut(store, await prune(store, options, terminal), options, terminal)
    default:
      return options.act satisfies never
  }
}

async function carryOut(
  store: KeyStore,
  { keys, question, said }: Change,
  options: KeysOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.fromEnv && options.to === undefined) throw new UsageError((t) => t('keyFile.variableFixed'))
  const t = textsOf(options.language)
  if (question !== undefined && !(await terminal.confirm(question(t)))) return 1
  await store.write(keys)
  const listing = keys.map((key) => ({ key }))
  for (const line of printListing(listing, t)) terminal.out(line)
  for (const say of said) terminal.err(say(t))
  const file = options.fromEnv ? String(options.to) : `${options.data}/keys.json`
  terminal.err(t('signing.reloaded', { file }))
  const bytes = Buffer.byteLength(printKeys(keys))
  if (bytes > WORKER_SECRET_BYTES) terminal.err(t('signing.large', { bytes, most: WORKER_SECRET_BYTES }))
  return 0
}

/**
 * Makes a key for a tool: its private half goes into a file of its own, which must not be there yet, and its public half to
 * the keys of the service.
 */
async function generateForTool(
  store: KeyStore,
  use: ToolUse,
  options: KeysOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { fromEnv, to, alg, as } = options
  if (fromEnv) throw new UsageError((t) => t('signing.toolNotInEnv', { use }))
  if (alg !== undefined) throw new UsageError((t) => t('signing.notForTool', { option: '--alg', use }))
  if (as !== undefined && use !== 'author')
    throw new UsageError((t) => t('signing.notForTool', { option: '--as', use }))
  if (as !== undefined && !workerId.safeParse(as).success) throw new UsageError((t) => t('signing.asWorker'))
  if (to === undefined) throw new UsageError((t) => t('signing.toolTo', { use }))
  needKeys(store)
  const { own, known } = await freshToolKey(use, instant(terminal.now()), as)
  const path = resolve(terminal.cwd, to)
  await writeNew(path, printKeys([own]))
  const said: Say = (t) => t(`signing.toolMade.${use}`, { path, kid: String(own.jwk.kid) })
  try {
    return await carryOut(store, { keys: [...store.keys, known], question: undefined, said: [said] }, options, terminal)
  } catch (error) {
    await rm(path)
    throw error
  }
}

function readUse(use: string | undefined): SigningUse {
  const known = USES.find((one) => one === use)
  if (use !== undefined && !known && TOOL_USES.some((one) => one === use))
    throw new UsageError((t) => t('signing.noSuccessor', { use }))
  if (!known) throw new UsageError((t) => t('usage.oneOf', { option: '--use', known: KEY_USES }))
  return known
}

async function generate({ keys, name }: KeyStore, { use: named, alg }: KeysOptions, now: Instant): Promise<Change> {
  const use = named === undefined && alg === undefined ? undefined : readUse(named)
  if (use === undefined) {
    if (keys.length > 0) throw new UsageError((t) => t('keyFile.full', { name }))
    return { keys: (await Promise.all(USES.map((one) => freshPair(one, now)))).flat(), question: undefined, said: [] }
  }
  const algorithm = ALGORITHMS[use].find((one) => one === alg)
  if (alg !== undefined && !algorithm)
    throw new UsageError((t) => t('signing.algOfUse', { use, known: ALGORITHMS[use].join(', ') }))
  if (!keys.some((key) => key.use === use && key.state === 'active'))
    return { keys: [...keys, ...(await freshPair(use, now, algorithm))], question: undefined, said: [] }
  if (!algorithm) throw new UsageError((t) => t('keyFile.fullOfUse', { name, use }))
  return {
    keys: await announceKey(keys, use, algorithm, now),
    question: (t) => t('signing.announce', { algorithm, use }),
    said: [(t) => t('signing.announced', { at: toRfc3339(instant(now + PUBLISHED_AHEAD)), use })],
  }
}

const unheard: Say = (t) => t('signing.unheard')

const explain = (early: TooEarly, t: Translate): string =>
  early.code === 'published-too-lately'
    ? t(`signing.early.${early.code}`, { since: toRfc3339(early.since), until: toRfc3339(early.until) })
    : t(`signing.early.${early.code}`)

async function rotate({ keys }: KeyStore, { use: named, now: atOnce }: KeysOptions, now: Instant): Promise<Change> {
  const use = readUse(named)
  const judged = judgeSuccession(keys, use, now)
  if (!judged.ok && !atOnce)
    throw new UsageError((t) => t('signing.tooEarly', { why: explain(judged.problem, t), unheard: unheard(t) }))
  return {
    keys: await rotateKeys(keys, use, now),
    question: (t) => t('signing.rotate', { use }),
    said: judged.ok ? [] : [unheard],
  }
}

async function block({ keys }: KeyStore, { kid, all }: KeysOptions, now: Instant): Promise<Change> {
  if (all) {
    if (kid !== undefined) throw new UsageError((t) => t('signing.kidOrAll'))
    return {
      keys: await blockAllKeys(keys, now),
      question: (t) => t('signing.blockAll'),
      said: [unheard, afterBlocking],
    }
  }
  const stolen = keys.find((key) => key.jwk.kid === kid)
  if (kid === undefined) throw new UsageError((t) => t('signing.noKidGiven'))
  if (!stolen) throw new UsageError((t) => t('signing.noKid', { kid }))
  if (stolen.state === 'blocked') throw new UsageError((t) => t('signing.blockedAlready', { kid }))
  const early =
    stolen.state === 'active' && isSigningUse(stolen.use) ? judgeSuccession(keys, stolen.use, now) : undefined
  return {
    keys: await blockKey(keys, stolen, now),
    question: (t) => t('signing.block', { kid }),
    said: [...(early && !early.ok ? [unheard] : []), ...(stolen.use === 'credential' ? [afterBlocking] : [])],
  }
}

const afterBlocking: Say = (t) => t('signing.afterBlocking')

async function prune(store: KeyStore, options: KeysOptions, terminal: Terminal): Promise<Change> {
  const now = instant(terminal.now())
  const described = await describeKeys(store, options, terminal)
  const unknown = described.filter(({ stay }) => stay === 'not-known').map(({ key }) => key)
  if (unknown.length > 0 && options.validFor === undefined) throw new UsageError((t) => t('signing.pruneBlind'))
  const gone = described.filter(({ stay }) => typeof stay === 'object' && stay.until <= now).map(({ key }) => key)
  if (gone.length === 0) throw new UsageError((t) => t('signing.allNeeded'))
  return {
    keys: store.keys.filter((key) => !gone.includes(key)),
    question: (t) => t('signing.prune', { kids: gone.map(({ jwk }) => jwk.kid).join(', ') }),
    said: [],
  }
}

export const keysCommand = command({
  describe: (t) => t('command.keys', { acts: KEY_ACTS.join(', ') }),
  mostArguments: 1,
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    env: { type: 'boolean', description: t('option.keys.env') },
    use: { type: 'string', description: KEY_USES },
    alg: { type: 'string', description: t('option.keys.alg'), valueHint: 'ES256|RS256|Ed25519' },
    kid: { type: 'string', description: t('option.keys.kid') },
    all: { type: 'boolean', description: t('option.keys.all') },
    now: { type: 'boolean', description: t('option.keys.now') },
    'valid-for': { type: 'string', description: t('option.keys.valid-for'), valueHint: '2y' },
    format: { type: 'string', description: t('option.keys.format'), default: 'jwks' },
    origin: { type: 'string', description: t('option.keys.origin'), valueHint: 'origin' },
    as: { type: 'string', description: t('option.keys.as'), valueHint: t('hint.marketId') },
    to: { type: 'string', description: t('option.keys.to'), valueHint: 'file' },
    json: { type: 'boolean', description: t('option.keys.json') },
  }),
  run: ({ args, language, terminal }) => {
    const act = KEY_ACTS.find((one) => one === args._[0])
    if (!act) throw new UsageError(() => `kentei keys ${KEY_ACTS.join('|')}`)
    const { data, use, alg, as, kid, to, format, origin, 'valid-for': validFor } = args
    const flags = {
      fromEnv: args.env === true,
      all: args.all === true,
      now: args.now === true,
      json: args.json === true,
    }
    return runKeys({ act, data, use, alg, as, kid, to, format, origin, validFor, language, ...flags }, terminal)
  },
})
