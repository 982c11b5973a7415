import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '../../authoring/said.ts'
import { requestOf } from '../../contract/call.ts'
import { receiveEvent } from '../../contract/kentei/trust.ts'
import { marketplaceOffers, type Offer, offers, readOffers, readStanding } from '../../contract/marketplace.ts'
import { generateKey } from '../../credential/keys.ts'
import { instant } from '../../kernel/instant.ts'
import type { StoredKey } from '../../world/settings.ts'
import { readKeys, readPluginKeys } from '../keys/key-store.ts'
import { type Patience, type StartMarket, type Terminal, UsageError } from '../terminal.ts'
import { textsOf } from '../texts.ts'
import { type Bench, type BenchSettings, openBench, type Relation } from './bench.ts'
import { createCaller, type MarketCaller, ofContract, reachMarket } from './call-market.ts'
import { type DemoMarket, findDemo, findPluginAtHand, originOfPlugin } from './demo-market.ts'
import { audienceOf, findHeld, forgeableAs, openKenteiBeside } from './kentei-beside.ts'
import { awaitWebhooks, openPluginDoor, type PluginDoor, type Provocation, provokeWebhooks } from './plugin-door.ts'
import { openIdentity, type PluginIdentity } from './plugin-identity.ts'

export interface ConformanceOptions {
  /** Origin; without it a throw-away sandbox is started. */
  readonly marketplace?: string | undefined
  /** Data folder of the plugin that the marketplace trusts, or its `.dev.vars`: the run is that plugin then, and with `listen` stands in its place. */
  readonly data?: string | undefined
  /** Key file to serve; fresh keys without it. */
  readonly keys?: string | undefined
  readonly listen?: string | undefined
  readonly pluginOrigin?: string | undefined
  readonly worker: string
  readonly exam?: string | undefined
  readonly contract?: string | undefined
  /** Certificate that stood when `contract` was made. */
  readonly credential?: string | undefined
  /** One, or two of one person with a comma between them: two tell whether each is for one use. */
  readonly launchToken?: string | undefined
  /** A launch token of an operator of the Kentei that the marketplace trusts. */
  readonly operatorToken?: string | undefined
  readonly webhookKey?: string | undefined
  /** Path where the marketplace takes the events of Kentei. */
  readonly subscriber?: string | undefined
  /** Path of the public JSON of a worker; as the marketplace says, or as the reference marketplace has it. */
  readonly profile?: string | undefined
  readonly leaveTraces: boolean
  /** Seconds to wait for webhooks that a person brings about. */
  readonly wait?: string | undefined
  readonly language: Language
}

/** Longer than the sandbox's second try comes after the first, so that honouring it can be seen. */
export const usualPatience: Patience = { rotationPatience: 20_000, webhookPatience: 20_000, retryAfter: 8 }

export interface Run {
  readonly bench: Bench
  close(): Promise<void>
}

const USUAL_PLUGIN = 'http://localhost:8787'
const USUAL_EXAM = 'business-admin'
const USUAL_DATA = '.data'
const USUAL_LISTEN = '127.0.0.1:0'
/** Where the sandbox takes the events of its plugin. */
const SANDBOX_SUBSCRIBER = '/webhooks/kentei'
const USUAL_PROFILE = '/api/workers/{worker}?category={exam}'
const USES = ['service', 'credential', 'webhook', 'proof'] as const
/** Whoever names one of these means the marketplace to trust the run. */
const CLAIMS = ['data', 'keys', 'listen', 'pluginOrigin'] as const
/** Who works for the sandbox. */
const OPERATOR = 'opr_demo'
/** Workers of the sandbox about whom webhooks are provoked. */
const TALKED_ABOUT = ['wrk_004', 'wrk_005', 'wrk_006'] as const

const originOf = (text: string, option: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, ''))
    throw new UsageError((t) => t('usage.conformance.anOrigin', { option }))
  return url.origin
}

const freshKeys = async (): Promise<StoredKey[]> =>
  (await Promise.all(USES.map((use) => Promise.all([generateKey(use), generateKey(use, undefined, 'next')])))).flat()

/** Who the run is: the trusted plugin itself, or one with keys and a door of its own. */
interface Part {
  readonly plugin: PluginIdentity
  readonly door: PluginDoor | undefined
}

async function openPlugin(options: ConformanceOptions, cwd: string): Promise<Part> {
  const { data, pluginOrigin, listen = USUAL_LISTEN } = options
  if (data !== undefined && options.marketplace === undefined)
    throw new UsageError((t) => t('usage.conformance.dataNeedsMarketplace'))
  const theirs = data === undefined ? undefined : await readPluginKeys(resolve(cwd, data))
  if (theirs && options.listen === undefined)
    return {
      plugin: await openIdentity(originOf(pluginOrigin ?? USUAL_PLUGIN, '--plugin-origin'), theirs),
      door: undefined,
    }
  const own = async () => (options.keys === undefined ? freshKeys() : readKeys(resolve(cwd, options.keys)))
  const keys = theirs ?? (await own())
  const door = await openPluginDoor(listen)
  const plugin = await openIdentity(
    pluginOrigin === undefined
      ? `http://${listen.replace(/:\d+$/, '')}:${door.port}`
      : originOf(pluginOrigin, '--plugin-origin'),
    keys,
  )
  door.publish(plugin)
  return { plugin, door }
}

/**
 * A sandbox says whom it trusts. If nobody was named and the keys of that plugin lie here, the run is that plugin; if its
 * keys were named, the run takes its origin.
 */
async function joinTrusted(
  part: Part,
  demo: DemoMarket,
  { options, terminal }: { readonly options: ConformanceOptions; readonly terminal: Terminal },
): Promise<Part> {
  const who = { worker: options.worker, exam: options.exam ?? USUAL_EXAM }
  if (options.pluginOrigin !== undefined || options.keys !== undefined || options.listen !== undefined) return part
  if (options.data !== undefined)
    return {
      plugin: await openIdentity((await originOfPlugin(demo, who)) ?? part.plugin.origin, part.plugin.keys),
      door: undefined,
    }
  const atHand = await findPluginAtHand(demo, {
    ...who,
    folder: terminal.env.DATA_DIR ?? USUAL_DATA,
    cwd: terminal.cwd,
  })
  if (!atHand) return part
  await part.door?.close()
  const { origin, folder } = atHand
  terminal.err(textsOf(options.language)('conformance.trusted', { origin, folder }))
  return { plugin: await openIdentity(atHand.origin, atHand.keys), door: undefined }
}

/** By how much the clock of tokens is ahead: a sandbox in one process with its plugin moves both. */
async function clockOfTokens(
  of: { readonly market: string; readonly plugin: PluginIdentity; readonly worker: string },
  demo: DemoMarket | undefined,
): Promise<number> {
  const call = ofContract(readStanding, { path: { worker: of.worker } })
  const status = async (ahead: number) =>
    (await createCaller({ ...of, now: () => Date.now() + ahead }).call(call)).status
  return demo &&
    Math.abs(demo.clockAhead) > 30_000 &&
    (await status(0)) === 401 &&
    (await status(demo.clockAhead)) === 200
    ? demo.clockAhead
    : 0
}

/** Whether a good token is let in, whatever comes of the call. */
async function isTrusted(caller: MarketCaller, worker: string): Promise<boolean> {
  const { status } = await caller.call(ofContract(readStanding, { path: { worker } }))
  return status !== 401 && status !== 403
}

/** What the marketplace says of itself; all of it where it says nothing. */
async function readSaid({ call }: MarketCaller): Promise<{ offers: ReadonlySet<Offer>; profile: string | undefined }> {
  const said = marketplaceOffers.safeParse((await call(requestOf(readOffers, { path: {} }))).json).data
  return {
    offers: new Set(said ? offers.filter((offer) => said.offers.includes(offer)) : offers),
    profile: said?.profile,
  }
}

/** The Kentei of a marketplace that does not take the tokens of the run: how far a stranger, and an operator of it, get. */
async function relateToOther(
  options: ConformanceOptions,
  of: { readonly demo: DemoMarket | undefined; readonly caller: MarketCaller; readonly plugin: PluginIdentity },
): Promise<Pick<Relation, 'beside' | 'forgeable'>> {
  const { demo, plugin, caller } = of
  const exam = options.exam ?? USUAL_EXAM
  const asOperator = options.operatorToken ?? (await demo?.launch(OPERATOR, exam, 'operator'))
  const token = typeof asOperator === 'string' ? asOperator : options.launchToken?.split(',')[0]
  const origin = (token && audienceOf(token)) ?? options.pluginOrigin
  const forgeable = origin === undefined ? undefined : await forgeableAs(origin, plugin)
  const kentei = typeof asOperator === 'string' ? await openKenteiBeside(asOperator, plugin) : undefined
  const path = (options.profile ?? USUAL_PROFILE).replace('{worker}', options.worker).replace('{exam}', exam)
  const held = kentei && (await findHeld(caller, { kentei, worker: options.worker, path, demo, exam }))
  return { forgeable, beside: kentei && held && { kentei, held } }
}

async function provoke(
  door: PluginDoor | undefined,
  demo: DemoMarket | undefined,
  of: { readonly options: ConformanceOptions; readonly retryAfter: number },
): Promise<Provocation | undefined> {
  if (door && demo) return provokeWebhooks(demo, door, { workers: TALKED_ABOUT, retryAfter: of.retryAfter })
  return door && of.options.wait !== undefined ? awaitWebhooks(door, of.options.worker) : undefined
}

const readWait = (wait: string | undefined): number | undefined => {
  if (wait !== undefined && !/^\d{1,4}$/.test(wait)) throw new UsageError((t) => t('usage.conformance.wait'))
  return wait === undefined ? undefined : Number(wait) * 1_000
}

/** What the checks are told. */
function settingsOf(
  options: ConformanceOptions,
  of: {
    readonly market: string
    readonly isSpare: boolean
    readonly demo: DemoMarket | undefined
    readonly patience: Patience
    readonly profile: string
  },
): BenchSettings {
  const { worker, contract, credential, launchToken, webhookKey } = options
  const exam = options.exam ?? USUAL_EXAM
  return {
    ...of.patience,
    market: of.market,
    worker,
    exam,
    signalExam: of.isSpare || options.exam !== undefined ? exam : `conformance-${randomUUID().slice(0, 8)}`,
    standing: contract === undefined || credential === undefined ? undefined : { contract, credential },
    launchTokens: launchToken?.split(',') ?? [],
    profile: of.profile,
    mayLeaveTraces: of.isSpare || options.leaveTraces,
    mayMoveClock: of.isSpare,
    subscriber: options.subscriber ?? (of.demo ? SANDBOX_SUBSCRIBER : undefined),
    webhookKeys: [...(webhookKey === undefined ? [] : [webhookKey]), ...(of.demo?.webhookKeys ?? [])],
  }
}

/** Opens everything that a run needs. Whoever called it closes it. */
export async function openRun(
  options: ConformanceOptions,
  terminal: Terminal,
  given: {
    readonly startMarket: StartMarket | undefined
    readonly patience: Patience
    /** Whether the marketplace is made to send webhooks. */
    readonly provokes: boolean
  },
): Promise<Run> {
  const waits = readWait(options.wait)
  const asked = await openPlugin(options, terminal.cwd)
  let part = asked
  let spare: Awaited<ReturnType<StartMarket>> | undefined
  const close = async () => {
    await spare?.close()
    await part.door?.close()
  }
  try {
    spare = options.marketplace === undefined ? await given.startMarket?.(part.plugin.origin) : undefined
    if (!spare && options.marketplace === undefined) throw new UsageError((t) => t('usage.conformance.marketplace'))
    const market = spare?.origin ?? originOf(options.marketplace ?? '', '--marketplace')
    await reachMarket(market)
    const demo = await findDemo(createCaller({ market, plugin: part.plugin, now: Date.now }))
    if (demo && !spare) part = await joinTrusted(part, demo, { options, terminal })
    const { plugin, door } = part
    const ahead = await clockOfTokens({ market, plugin, worker: options.worker }, demo)
    const now = () => Date.now() + ahead
    const patience = { ...given.patience, ...(waits === undefined ? {} : { webhookPatience: waits }) }
    const caller = createCaller({ market, plugin, now })
    const said = await readSaid(caller)
    const profile = options.profile ?? said.profile ?? USUAL_PROFILE
    const settings = settingsOf(options, { market, isSpare: spare !== undefined, demo, patience, profile })
    const trusted = await isTrusted(caller, options.worker)
    const other = trusted ? undefined : await relateToOther({ ...options, profile }, { demo, caller, plugin })
    if (door && !demo && waits !== undefined)
      terminal.err(
        textsOf(options.language)('conformance.changeStanding', {
          worker: options.worker,
          seconds: waits / 1_000,
          door: `${plugin.origin}${receiveEvent.path}`,
        }),
      )
    const provocation =
      trusted && given.provokes ? await provoke(door, demo, { options, retryAfter: patience.retryAfter }) : undefined
    const bench = openBench({
      settings,
      caller,
      plugin,
      door,
      demo,
      provocation,
      trusted,
      claimsTrust: spare !== undefined || part !== asked || CLAIMS.some((option) => options[option] !== undefined),
      offers: said.offers,
      beside: other?.beside,
      forgeable: other?.forgeable,
      now: () => instant(now()),
      wait: async (milliseconds) => void (await sleep(milliseconds)),
    })
    return { bench, close }
  } catch (problem) {
    await close()
    throw problem
  }
}
