import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '../../authoring/said.ts'
import { receiveEvent } from '../../contract/kentei/trust.ts'
import { readStanding } from '../../contract/marketplace.ts'
import { generateKey } from '../../credential/keys.ts'
import { instant } from '../../kernel/instant.ts'
import type { StoredKey } from '../../world/settings.ts'
import { readKeys, readPluginKeys } from '../keys/key-store.ts'
import { type Patience, type StartMarket, type Terminal, UsageError } from '../terminal.ts'
import { textsOf } from '../texts.ts'
import { type Bench, type BenchSettings, openBench } from './bench.ts'
import { createCaller, ofContract, reachMarket } from './call-market.ts'
import { type DemoMarket, findDemo, findPluginAtHand, originOfPlugin } from './demo-market.ts'
import { awaitWebhooks, openPluginDoor, type PluginDoor, type Provocation, provokeWebhooks } from './plugin-door.ts'
import { openIdentity, type PluginIdentity } from './plugin-identity.ts'

export interface ConformanceOptions {
  /** Origin; without it a throw-away sandbox is started. */
  readonly marketplace?: string | undefined
  /** Data folder of the plugin that the marketplace trusts, or its `.dev.vars`: the run is that plugin then. */
  readonly data?: string | undefined
  /** Key file to serve; fresh keys without it. */
  readonly keys?: string | undefined
  readonly listen: string
  readonly pluginOrigin?: string | undefined
  readonly worker: string
  readonly exam?: string | undefined
  readonly contract?: string | undefined
  /** Certificate that stood when `contract` was made. */
  readonly credential?: string | undefined
  readonly launchToken?: string | undefined
  readonly webhookKey?: string | undefined
  readonly profile: string
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
const USES = ['service', 'credential', 'webhook', 'proof'] as const
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
  if (options.data !== undefined) {
    if (options.marketplace === undefined) throw new UsageError((t) => t('usage.conformance.dataNeedsMarketplace'))
    const keys = await readPluginKeys(resolve(cwd, options.data))
    return {
      plugin: await openIdentity(originOf(options.pluginOrigin ?? USUAL_PLUGIN, '--plugin-origin'), keys),
      door: undefined,
    }
  }
  const keys = options.keys === undefined ? await freshKeys() : await readKeys(resolve(cwd, options.keys))
  const door = await openPluginDoor(options.listen)
  const plugin = await openIdentity(
    options.pluginOrigin === undefined
      ? `http://${options.listen.replace(/:\d+$/, '')}:${door.port}`
      : originOf(options.pluginOrigin, '--plugin-origin'),
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
  if (options.pluginOrigin !== undefined || options.keys !== undefined) return part
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
  },
): BenchSettings {
  const { worker, contract, credential, launchToken, profile, webhookKey } = options
  const exam = options.exam ?? USUAL_EXAM
  return {
    ...of.patience,
    market: of.market,
    worker,
    exam,
    signalExam: of.isSpare || options.exam !== undefined ? exam : `conformance-${randomUUID().slice(0, 8)}`,
    standing: contract === undefined || credential === undefined ? undefined : { contract, credential },
    launchToken,
    profile,
    mayLeaveTraces: of.isSpare || options.leaveTraces,
    webhookKeys: [...(webhookKey === undefined ? [] : [webhookKey]), ...(of.demo?.webhookKeys ?? [])],
  }
}

/** Opens everything that a run needs. Whoever called it closes it. */
export async function openRun(
  options: ConformanceOptions,
  terminal: Terminal,
  given: { readonly startMarket: StartMarket | undefined; readonly patience: Patience },
): Promise<Run> {
  const waits = readWait(options.wait)
  let part = await openPlugin(options, terminal.cwd)
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
    const settings = settingsOf(options, { market, isSpare: spare !== undefined, demo, patience })
    if (door && !demo && waits !== undefined)
      terminal.err(
        textsOf(options.language)('conformance.changeStanding', {
          worker: options.worker,
          seconds: waits / 1_000,
          door: `${plugin.origin}${receiveEvent.path}`,
        }),
      )
    const provocation = await provoke(door, demo, { options, retryAfter: patience.retryAfter })
    const caller = createCaller({ market, plugin, now })
    const bench = openBench({
      settings,
      caller,
      plugin,
      door,
      demo,
      provocation,
      now: () => instant(now()),
      wait: async (milliseconds) => void (await sleep(milliseconds)),
    })
    return { bench, close }
  } catch (problem) {
    await close()
    throw problem
  }
}
