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
import type { SigningUse, ToolUse } from '../../world/settings.ts'
import { type ExitCode, type Terminal, UsageError } from '../terminal.ts'
import { type KeyStore, type KeysOptions, needKeys, openKeyStore, printKeys, writeNew } from './key-store.ts'
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
    throw new UsageError(`keys ${options.act} does not take ${flag}${option === 'to' ? ' without --env' : ''}`)
  }
}

/** A change that an operator is asked about, in words. */
interface Change {
  readonly keys: readonly DatedKey[]
  /** Undefined where nothing is lost by it. */
  readonly question: string | undefined
  /** What follows from it. */
  readonly said: readonly string[]
}

/** Most that Cloudflare takes for one secret of a Worker. */
const WORKER_SECRET_BYTES = 5_120

/** `kentei keys`: makes, changes, lists and exports the signing keys. It never prints a private member. */
export async function runKeys(options: KeysOptions, terminal: Terminal): Promise<ExitCode> {
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
  if (options.fromEnv && options.to === undefined)
    throw new UsageError('a variable cannot be changed from here: name a file for the changed keys with --to')
  if (question !== undefined && !(await terminal.confirm(question))) return 1
  await store.write(keys)
  for (const line of printListing(keys.map((key) => ({ key })))) terminal.out(line)
  for (const line of said) terminal.err(line)
  const file = options.fromEnv ? options.to : `${options.data}/keys.json`
  terminal.err(
    `A service on Node reads its keys.json again by itself; a Worker takes them with: npx wrangler secret put KENTEI_KEYS < ${file}`,
  )
  const bytes = Buffer.byteLength(printKeys(keys))
  if (bytes > WORKER_SECRET_BYTES)
    terminal.err(
      `${bytes} bytes: a Worker's secret may have ${WORKER_SECRET_BYTES}; \`kentei keys prune\` drops what nobody needs any more, and RS256 keys are the large ones`,
    )
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
  if (fromEnv)
    throw new UsageError(
      `keys generate --use ${use} adds to the keys of a folder (--data): with --env there is no place for them beside the new key`,
    )
  if (alg !== undefined) throw new UsageError(`--alg is not for ${use} keys`)
  if (as !== undefined && use !== 'author') throw new UsageError(`--as is not for ${use} keys`)
  if (as !== undefined && !workerId.safeParse(as).success) throw new UsageError('--as must be an id in the marketplace')
  if (to === undefined)
    throw new UsageError(`name a file for the private half of the ${use} key with --to; it is kept nowhere else`)
  needKeys(store)
  const { own, known } = await freshToolKey(use, instant(terminal.now()), as)
  const path = resolve(terminal.cwd, to)
  await writeNew(path, printKeys([own]))
  const said = `${path} is the ${use} key: whoever holds it may ${MAY[use]}, and nothing else. Taken back with: kentei keys block --kid ${own.jwk.kid}`
  try {
    return await carryOut(store, { keys: [...store.keys, known], question: undefined, said: [said] }, options, terminal)
  } catch (error) {
    await rm(path)
    throw error
  }
}

const MAY: Readonly<Record<ToolUse, string>> = {
  author: 'hand exam versions in, which another person approves',
  statistics: 'read the statistics of items',
}

function readUse(use: string | undefined): SigningUse {
  const known = USES.find((one) => one === use)
  if (!known && TOOL_USES.some((one) => one === use))
    throw new UsageError(
      `no key follows on a ${use} key: make another with \`kentei keys generate\`, and block the old one`,
    )
  if (!known) throw new UsageError(`--use must be one of ${KEY_USES}`)
  return known
}

async function generate({ keys, name }: KeyStore, { use: named, alg }: KeysOptions, now: Instant): Promise<Change> {
  const use = named === undefined && alg === undefined ? undefined : readUse(named)
  if (use === undefined) {
    if (keys.length > 0)
      throw new UsageError(`${name} holds keys already; use \`kentei keys rotate\`, or name what is missing with --use`)
    return { keys: (await Promise.all(USES.map((one) => freshPair(one, now)))).flat(), question: undefined, said: [] }
  }
  const algorithm = ALGORITHMS[use].find((one) => one === alg)
  if (alg !== undefined && !algorithm)
    throw new UsageError(`--alg for ${use} keys must be one of ${ALGORITHMS[use].join(', ')}`)
  if (!keys.some((key) => key.use === use && key.state === 'active'))
    return { keys: [...keys, ...(await freshPair(use, now, algorithm))], question: undefined, said: [] }
  if (!algorithm)
    throw new UsageError(
      `${name} holds ${use} keys already; use \`kentei keys rotate\`, or name another algorithm with --alg`,
    )
  return {
    keys: await announceKey(keys, use, algorithm, now),
    question: `Publish an ${algorithm} key to sign next, in the place of the ${use} key that waits now?`,
    said: [`It may sign from ${toRfc3339(instant(now + PUBLISHED_AHEAD))} on: kentei keys rotate --use ${use}`],
  }
}

const UNHEARD =
  'Verifiers that keep our keys refuse what it signs until they ask again: five minutes by our own headers, an hour at careful ones; those that ask for an unknown key at once notice nothing.'

function explain(early: TooEarly): string {
  switch (early.code) {
    case 'no-next-key':
      return 'there is no key that was published before its use'
    case 'not-known-since-when':
      return 'it is not known since when the next key has been published'
    case 'published-too-lately':
      return `the next key is published since ${toRfc3339(early.since)} and may sign from ${toRfc3339(early.until)} on`
    default:
      return early satisfies never
  }
}

async function rotate({ keys }: KeyStore, { use: named, now: atOnce }: KeysOptions, now: Instant): Promise<Change> {
  const use = readUse(named)
  const judged = judgeSuccession(keys, use, now)
  if (!judged.ok && !atOnce)
    throw new UsageError(`${explain(judged.problem)}; after a leak, --now does it at once. ${UNHEARD}`)
  return {
    keys: await rotateKeys(keys, use, now),
    question: `Sign with the next ${use} key from now on, and throw the private half of the present one away?`,
    said: judged.ok ? [] : [UNHEARD],
  }
}

async function block({ keys }: KeyStore, { kid, all }: KeysOptions, now: Instant): Promise<Change> {
  if (all) {
    if (kid !== undefined) throw new UsageError('either --kid or --all')
    return {
      keys: await blockAllKeys(keys, now),
      question: 'Block every key that has a private half? Everything they signed stops verifying.',
      said: [UNHEARD, AFTER_BLOCKING],
    }
  }
  const stolen = keys.find((key) => key.jwk.kid === kid)
  if (!stolen) throw new UsageError(`no key with --kid ${kid ?? '(none given)'}`)
  if (stolen.state === 'blocked') throw new UsageError(`${kid} is blocked already`)
  const early =
    stolen.state === 'active' && isSigningUse(stolen.use) ? judgeSuccession(keys, stolen.use, now) : undefined
  return {
    keys: await blockKey(keys, stolen, now),
    question: `Block ${kid}? Everything it signed stops verifying.`,
    said: [...(early && !early.ok ? [UNHEARD] : []), ...(stolen.use === 'credential' ? [AFTER_BLOCKING] : [])],
  }
}

const AFTER_BLOCKING =
  'The service signs every badge on record anew by itself and tells the marketplace; what a thief signed stays invalid.'

async function prune(store: KeyStore, options: KeysOptions, terminal: Terminal): Promise<Change> {
  const now = instant(terminal.now())
  const described = await describeKeys(store, options, terminal)
  const unknown = described.filter(({ stay }) => stay === 'not-known').map(({ key }) => key)
  if (unknown.length > 0 && options.validFor === undefined)
    throw new UsageError(
      'what the retired keys signed is not known here: name the folder of the database with --data, or the longest validity with --valid-for',
    )
  const gone = described.filter(({ stay }) => typeof stay === 'object' && stay.until <= now).map(({ key }) => key)
  if (gone.length === 0) throw new UsageError('every key is still needed; `kentei keys list` says until when')
  return {
    keys: store.keys.filter((key) => !gone.includes(key)),
    question: `Drop ${gone.map(({ jwk }) => jwk.kid).join(', ')}? Nothing that still counts needs them.`,
    said: [],
  }
}
