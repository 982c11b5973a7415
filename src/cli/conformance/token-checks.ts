import { generateKeyPair } from 'jose'
import * as z from 'zod'
import { requestOf } from '../../contract/call.ts'
import { readStanding } from '../../contract/marketplace.ts'
import { MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import { generateKey } from '../../credential/keys.ts'
import { SKEW_SECONDS } from '../../platform/http/trusted-token.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried, type Of } from './check.ts'
import { signingKeyOf } from './plugin-identity.ts'
import {
  serviceToken,
  type TokenChange,
  type TokenFacts,
  tokensKeyedWithPublicKey,
  unsignedToken,
} from './service-tokens.ts'

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).min(1) })
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const published = ({ call }: Bench): Promise<Reply> => call({ method: 'GET', path: '/.well-known/jwks.json' })

export const keyChecks = checksOf('trust', [
  {
    id: 'keys.published',
    level: 'required',
    run: async (bench) => {
      const reply = await published(bench)
      const read = keySet.safeParse(reply.json)
      return read.success && read.data.keys.every(({ kid }) => kid)
        ? holds((t) => t('conformance.came.keys', { count: read.data.keys.length }))
        : fails(inShort(reply))
    },
  },
  {
    id: 'keys.no-private',
    level: 'required',
    run: async (bench) => {
      const read = keySet.safeParse((await published(bench)).json)
      if (!read.success) return notTried((t) => t('conformance.came.noKeys'))
      const leaked = read.data.keys.flatMap((key) => PRIVATE_MEMBERS.filter((member) => member in key))
      return leaked.length === 0
        ? holds((t) => t('conformance.came.publicOnly'))
        : fails((t) => t('conformance.came.leaked', { members: [...new Set(leaked)].join(', ') }))
    },
  },
])

const SECTION = 'trust'

/** What a forged token says: it comes from the Kentei that the marketplace trusts, whose public keys anybody can read. */
const forgedFacts = (bench: Bench): TokenFacts => {
  const facts = bench.tokenFacts('standing:read')
  return bench.forgeable ? { ...facts, plugin: bench.forgeable } : facts
}

const askWith = (bench: Bench, bearer: string | undefined): Promise<Reply> =>
  bench.call({
    ...requestOf(readStanding, { path: { worker: bench.worker } }),
    ...(bearer === undefined ? {} : { bearer }),
  })

const judge = (reply: Reply, status: number): Finding =>
  reply.status === status ? holds(inShort(reply)) : fails(inShort(reply))

/** What anybody can make who has none of the keys that are trusted. */
const forgeries: ReadonlySet<Of<'token'>> = new Set(['issuer', 'signature', 'key-unknown'])

/** A token that is good but for one thing must be refused with 401. */
const refuses = (
  what: Of<'token'>,
  change: (bench: Bench, nowSeconds: number) => TokenChange | Promise<TokenChange>,
): Parameters<typeof checksOf>[1][number] => ({
  id: `token.${what}`,
  // whoever refuses these has not to trust the run: anybody can send them
  level: forgeries.has(what) ? 'required' : 'extra',
  run: async (bench) => {
    const facts = forgeries.has(what) ? forgedFacts(bench) : bench.tokenFacts('standing:read')
    return judge(await askWith(bench, await serviceToken(facts, await change(bench, facts.nowSeconds))), 401)
  },
})

export const tokenChecks = checksOf(SECTION, [
  {
    id: 'token.accepted',
    run: async (bench) => judge(await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'))), 200),
  },
  {
    id: 'token.missing',
    level: 'required',
    run: async (bench) => judge(await askWith(bench, undefined), 401),
  },
  refuses('expired', (_, now) => ({ claims: { iat: now - 600, exp: now - 420 } })),
  refuses('audience', () => ({ claims: { aud: 'https://elsewhere.example' } })),
  refuses('issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })),
  refuses('type', () => ({ header: { typ: 'launch+jwt' } })),
  refuses('lifetime', (_, now) => ({
    claims: { exp: now + 2 * MAX_TOKEN_SECONDS },
  })),
  refuses('future', (_, now) => ({ claims: { iat: now + 3_600, exp: now + 3_660 } })),
  {
    id: 'token.skew',
    run: async (bench) => {
      const facts = bench.tokenFacts('standing:read')
      const ahead = { iat: facts.nowSeconds + SKEW_SECONDS - 2, exp: facts.nowSeconds + 60 }
      return judge(await askWith(bench, await serviceToken(facts, { claims: ahead })), 200)
    },
  },
  refuses('signature', async ({ plugin }) => ({
    key: { ...plugin.service, privateKey: (await generateKeyPair('ES256')).privateKey },
  })),
  refuses('key-unknown', () => ({
    header: { kid: 'nobody-published-this-key' },
  })),
  {
    id: 'token.none',
    level: 'required',
    run: async (bench) => judge(await askWith(bench, unsignedToken(forgedFacts(bench))), 401),
  },
  {
    id: 'token.hs256',
    level: 'required',
    run: async (bench) => {
      const replies = await Promise.all(
        (await tokensKeyedWithPublicKey(forgedFacts(bench))).map((token) => askWith(bench, token)),
      )
      return judge(replies.find(({ status }) => status !== 401) ?? (replies[0] as Reply), 401)
    },
  },
  {
    id: 'token.scope',
    run: async (bench) => judge(await askWith(bench, await serviceToken(bench.tokenFacts('events:read'))), 403),
  },
  {
    id: 'token.replayed',
    run: async (bench) => {
      const token = await serviceToken(bench.tokenFacts('standing:read'))
      await askWith(bench, token)
      return judge(await askWith(bench, token), 401)
    },
  },
])

const POLL_MS = 500
const CALLS_IN_ROW = 5

export const rotationChecks = checksOf(SECTION, [
  {
    id: 'rotation.announced',
    run: async (bench) => {
      const { next } = bench.plugin
      return next
        ? judge(await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'), { key: next })), 200)
        : notTried((t) => t('conformance.came.noNextKey'))
    },
  },
  {
    id: 'rotation.cached',
    run: async (bench) => {
      const { door } = bench
      if (!door) return notTried((t) => t('conformance.came.ownKeys'))
      const before = door.keyFetches
      for (let call = 0; call < CALLS_IN_ROW; call += 1)
        await askWith(bench, await serviceToken(bench.tokenFacts('standing:read')))
      const fetches = door.keyFetches - before
      const said: Say = (t) => t('conformance.came.fetches', { fetches, calls: CALLS_IN_ROW })
      // the keys may have become old just now
      return fetches <= 1 ? holds(said) : fails(said)
    },
  },
  {
    id: 'rotation.new',
    run: async (bench) => {
      if (!bench.door) return notTried((t) => t('conformance.came.ownKeys'))
      const key = await signingKeyOf(await generateKey('service'))
      bench.door.addKey(key.publicJwk)
      const began = bench.now()
      for (;;) {
        const reply = await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'), { key }))
        const waited = bench.now() - began
        if (reply.status === 200)
          return holds((t) => t('conformance.came.takenUp', { seconds: (waited / 1_000).toFixed(1) }))
        if (waited > bench.rotationPatience)
          return fails((t) =>
            t('conformance.came.after', { reply: inShort(reply)(t), seconds: Math.round(waited / 1_000) }),
          )
        await bench.wait(POLL_MS)
      }
    },
  },
])
