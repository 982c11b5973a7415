import { createVerifier } from '@kentei/verify'
import type { PluginEvent } from '../contract/events.ts'
import { MAX_TOKEN_SECONDS } from '../contract/tokens.ts'
import { type Duration, instant, milliseconds } from '../kernel/instant.ts'
import { publishedKeys } from '../platform/http/trusted-token.ts'
import { ANSWER_WITHIN } from '../platform/outbox/delivery.ts'
import { openDesk, refuse } from './answer-request.ts'
import { kenteiClient } from './ask-kentei.ts'
import { badgesOf, frozenFor, signalsOf } from './evidence.ts'
import { hearOnce } from './incoming-events.ts'
import { webhookPublicKey } from './keys.ts'
import type { Marketplace, MarketplaceOptions } from './marketplace.ts'
import { announce, deliver, openSending, resend, undelivered } from './outgoing-events.ts'
import { FOR_GOOD } from './storage.ts'
import { signLaunch, signService } from './tokens.ts'

export type { PluginEvent } from '../contract/events.ts'
export type {
  Badge,
  CredentialStatus,
  ExamJob,
  ExamJobs,
  ExamNoticed,
  ModerationCase,
  ModerationReport,
  RankingSignalBody,
  ReviewAggregates,
  Standing,
  WorkerNoticed,
} from '../contract/marketplace.ts'
export type { MarketplaceKeys } from './keys.ts'
export type {
  Answers,
  CaseReceipt,
  CredentialOnRecord,
  Delivered,
  EventData,
  EventType,
  FormedContract,
  KenteiClient,
  KnownSignal,
  Launch,
  Marketplace,
  MarketplaceOptions,
  OutgoingEvent,
  PaidWork,
  PaidWorkPage,
  ShownBadge,
} from './marketplace.ts'
export type { Kept, Needed, Store } from './storage.ts'

/** The most pages of missed events that are read at once. */
const MOST_PAGES = 1_000
const CURSOR = 'cursor'

const originOf = (text: string, name: string): string => {
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw new TypeError(`${name} is to be an origin such as https://market.example, and is ${text}`)
}

/**
 * Makes the side of a marketplace that talks with Kentei. It keeps keys and badges that it has seen, so make one per process.
 * @throws a TypeError when an origin is none.
 *
 * @example
 * const market = createMarketplace({
 *   origin: 'https://market.example',
 *   kentei: 'https://kentei.example',
 *   keys: await generateKeys(),
 *   store: memoryStore(),
 *   answers: { standing: (worker) => (worker === 'wrk_1' ? { status: 'good', version: 1 } : undefined) },
 * })
 * const url = await market.launchUrl({ sub: 'wrk_1', name: 'Tsudoi', exam: 'business-admin' })
 * const keys = await (await market.fetch(new Request('https://market.example/.well-known/jwks.json'))).json()
 * keys.keys.length // 2: the one that signs, and the next
 */
export function createMarketplace(options: MarketplaceOptions): Marketplace {
  const { keys, store, answers, now = Date.now, report = () => {} } = options
  const [origin, kentei] = [originOf(options.origin, 'origin'), originOf(options.kentei, 'kentei')]
  const call = (url: string, init: RequestInit, within: Duration = ANSWER_WITHIN) =>
    (options.fetch ?? fetch)(url, { ...init, signal: AbortSignal.timeout(within) })
  const clock = () => instant(now())
  const issuer = {
    issuer: kentei,
    audience: origin,
    keys: publishedKeys(`${kentei}/.well-known/jwks.json`, { fetch: call, now: clock }),
    mostSeconds: MAX_TOKEN_SECONDS,
  }
  const verifier = createVerifier({
    issuers: [kentei],
    fetch: (url, init, timeout) => call(url, init, milliseconds(timeout)),
    now,
  })
  const place = { origin, kentei, keys, now }
  const client = kenteiClient({
    ask: (path, init) => call(`${kentei}${path}`, { ...init, redirect: 'manual' }),
    token: (scope) => signService(place, scope),
  })
  const hearing = { store, now, heard: options.heard ?? (() => {}) }
  const desk = openDesk({
    ...hearing,
    ...{ keys, issuer, verifier, answers },
    retired: options.retired ?? [],
    webhookSecrets: options.webhookSecrets ?? [],
    profile: options.profile,
  })
  const sending = openSending({ store, kentei, keys, now, call })
  const isSuspended = async (worker: string) => (await answers.standing(worker))?.status === 'suspended'
  let announced = 0

  return {
    webhookKey: webhookPublicKey(keys.events),
    kentei: client,
    serves: desk.serves,
    fetch: async (request) => {
      try {
        return await desk.answer(request)
      } catch (error) {
        report(error)
        return refuse({ code: 'internal' })
      }
    },
    launchToken: (launch) => signLaunch(place, launch),
    launchUrl: async (launch) => `${kentei}/launch?token=${encodeURIComponent(await signLaunch(place, launch))}`,
    serviceToken: (scope) => signService(place, scope),
    badgesOf: (worker) => badgesOf(store, worker, now()),
    signalsOf: async (worker) => signalsOf(store, worker, { now: now(), isSuspended: await isSuspended(worker) }),
    certificateOf: (contract) => frozenFor(store, contract),
    announce: (type, data) => announce({ store, now }, announced++, type, data),
    deliver: () => deliver(sending),
    undelivered: () => undelivered(store),
    resend: () => resend({ store, now }),
    catchUp: async () => {
      let fresh = 0
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const after = (await store.read(CURSOR)) ?? '0'
        const { events, next } = await client.eventsAfter(after)
        for (const { cursor: _, ...event } of events) {
          const outcome = await hearOnce(hearing, event as PluginEvent)
          // whoever applies it may fail: it is asked for again next time
          if (outcome === 'in-flight') return fresh
          if (outcome === 'new') fresh += 1
        }
        if (events.length === 0 || next === after) break
        await store.write(CURSOR, next, FOR_GOOD)
      }
      return fresh
    },
  }
}
