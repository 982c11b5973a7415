import { generateKeyPair } from 'jose'
import { MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import { generateKey } from '../../credential/keys.ts'
import type { Bench } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { type Check, checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { signingKeyOf } from './plugin-identity.ts'
import { serviceToken, type TokenChange, tokensKeyedWithPublicKey, unsignedToken } from './service-tokens.ts'

const SECTION = 'Trust between plugin and marketplace'

const askWith = (bench: Bench, bearer: string | undefined): Promise<Reply> =>
  bench.call({
    method: 'GET',
    path: `/v1/workers/${encodeURIComponent(bench.worker)}/standing`,
    ...(bearer === undefined ? {} : { bearer }),
  })

const judge = (reply: Reply, status: number): Finding =>
  reply.status === status ? holds(inShort(reply)) : fails(inShort(reply))

/** A token that is good but for one thing must be refused with 401. */
const refuses = (
  what: string,
  expects: string,
  change: (bench: Bench, nowSeconds: number) => TokenChange | Promise<TokenChange>,
): Omit<Check, 'section' | 'required'> => ({
  id: `token.${what}`,
  expects: `${expects} is refused with 401`,
  run: async (bench) => {
    const facts = bench.tokenFacts('standing:read')
    return judge(await askWith(bench, await serviceToken(facts, await change(bench, facts.nowSeconds))), 401)
  },
})

export const tokenChecks = checksOf(SECTION, [
  {
    id: 'token.accepted',
    expects: 'a good service token is accepted',
    run: async (bench) => judge(await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'))), 200),
  },
  {
    id: 'token.missing',
    expects: 'a call without a token is refused with 401',
    run: async (bench) => judge(await askWith(bench, undefined), 401),
  },
  refuses('expired', 'an expired token', (_, now) => ({ claims: { iat: now - 600, exp: now - 420 } })),
  refuses('audience', 'a token for another marketplace', () => ({ claims: { aud: 'https://elsewhere.example' } })),
  refuses('issuer', 'a token of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })),
  refuses('type', 'a token of another type (launch+jwt)', () => ({ header: { typ: 'launch+jwt' } })),
  refuses('lifetime', `a token that lives longer than ${MAX_TOKEN_SECONDS} s`, (_, now) => ({
    claims: { exp: now + 2 * MAX_TOKEN_SECONDS },
  })),
  refuses('future', 'a token from the far future', (_, now) => ({ claims: { iat: now + 3_600, exp: now + 3_660 } })),
  refuses('signature', 'a token that another key signed', async ({ plugin }) => ({
    key: { ...plugin.service, privateKey: (await generateKeyPair('ES256')).privateKey },
  })),
  refuses('key-unknown', 'a token whose kid nobody published', () => ({
    header: { kid: 'nobody-published-this-key' },
  })),
  {
    id: 'token.none',
    expects: 'a token without a signature (alg none) is refused with 401',
    run: async (bench) => judge(await askWith(bench, unsignedToken(bench.tokenFacts('standing:read'))), 401),
  },
  {
    id: 'token.hs256',
    expects: 'a token keyed with the public key (HS256) is refused with 401',
    run: async (bench) => {
      const replies = await Promise.all(
        (await tokensKeyedWithPublicKey(bench.tokenFacts('standing:read'))).map((token) => askWith(bench, token)),
      )
      return judge(replies.find(({ status }) => status !== 401) ?? (replies[0] as Reply), 401)
    },
  },
  {
    id: 'token.scope',
    expects: 'a token without the scope is refused with 403',
    run: async (bench) => judge(await askWith(bench, await serviceToken(bench.tokenFacts('events:read'))), 403),
  },
  {
    id: 'token.replayed',
    expects: 'a token that was used is refused with 401',
    run: async (bench) => {
      const token = await serviceToken(bench.tokenFacts('standing:read'))
      await askWith(bench, token)
      return judge(await askWith(bench, token), 401)
    },
  },
])

const POLL_MS = 500

export const rotationChecks = checksOf(SECTION, [
  {
    id: 'rotation.announced',
    expects: 'a key that was published before its use is accepted',
    run: async (bench) => {
      const { next } = bench.plugin
      return next
        ? judge(await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'), { key: next })), 200)
        : notTried('the key file has no next service key')
    },
  },
  {
    id: 'rotation.new',
    expects: 'a key that is published now is taken up soon',
    run: async (bench) => {
      if (!bench.door) return notTried('the keys are published by the plugin itself')
      const key = await signingKeyOf(await generateKey('service'))
      bench.door.addKey(key.publicJwk)
      const began = bench.now()
      for (;;) {
        const reply = await askWith(bench, await serviceToken(bench.tokenFacts('standing:read'), { key }))
        const waited = bench.now() - began
        if (reply.status === 200) return holds(`taken up after ${(waited / 1_000).toFixed(1)} s`)
        if (waited > bench.rotationPatience) return fails(`${inShort(reply)} after ${Math.round(waited / 1_000)} s`)
        await bench.wait(POLL_MS)
      }
    },
  },
])
