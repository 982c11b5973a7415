import 'reflect-metadata'
import { execFile, execFileSync } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type AgentContext,
  DidDocument,
  DidResolverService,
  JsonTransformer,
  JwsService,
  Kms,
  W3cV2JwtCredentialService,
} from '@credo-ts/core'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as verifyExport } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { verifyJWT } from 'did-jwt'
import { verifyCredential } from 'did-jwt-vc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signContent } from '../../src/credential/sign-credential.ts'
import { changeStatusStatement } from '../../src/credential/store.ts'
import { days, instant, minus, plus } from '../../src/kernel/instant.ts'
import { offlineLoader } from '../support/document-loader.ts'
import { publicWorld } from '../support/public-world.ts'
import { origin, predecessor, ringOf } from '../support/sample-credential.ts'

// Who judges here is of other hands: none of their code knows ours, and they are given what the service publishes and nothing
// else. What is not installed is said and skipped.

/** What the service hands out, and the like that nobody may take. */
type Artefact =
  | 'badge'
  | 'renewed badge'
  | 'English badge'
  | 'badge as vc+jwt'
  | 'export'
  | 'SVG'
  | 'PNG'
  | 'badge with another letter'
  | 'badge of another key'
  | 'badge that has ended'
  | 'badge as vc+jwt with another letter'
  | 'badge as vc+jwt of another key'
  | 'export with another word'
  | 'export of a revoked badge'

interface Judge {
  readonly name: string
  readonly takes: readonly Artefact[]
  readonly refuses: readonly Artefact[]
  /** A program that has to be installed, called so that it ends with 0 where it is. */
  readonly program?: readonly [command: string, ...args: string[]]
  /** What it reads out of an artefact that it believes; undefined or thrown of one that it does not. */
  judge(artefact: Artefact): Promise<unknown>
}

const tokens = ['badge', 'renewed badge', 'English badge'] as const
const forged = ['badge with another letter', 'badge of another key'] as const

let folder: string
let files: Readonly<Record<Artefact, string | Uint8Array>>
let did: Record<string, unknown>
let now: number
let read: (path: string, accept?: string) => Promise<string>

const textOf = (artefact: Artefact): string => files[artefact] as string
const fileOf = (artefact: Artefact): string => join(folder, artefact.replaceAll(/[ +]/g, '-'))

/** Runs a program on an artefact's file. */
const runs =
  (commandOf: (file: string) => readonly [command: string, ...args: string[]]) => async (artefact: Artefact) => {
    const [command, ...args] = commandOf(fileOf(artefact))
    return (await promisify(execFile)(command, args, { cwd: folder })).stdout.trim()
  }

const PYJWT = `
import json, sys, jwt
keys = jwt.PyJWKSet.from_dict(json.load(open("jwks.json")))
token = open(sys.argv[1]).read().strip()
kid = jwt.get_unverified_header(token)["kid"]
key = next(one for one in keys.keys if one.key_id == kid)
print(jwt.decode(token, key.key, algorithms=["ES256"], options={"require": ["iss", "sub", "jti", "nbf", "exp"]})["jti"])
`

const JWCRYPTO = `
import json, sys
from jwcrypto import jwk, jwt
keys = jwk.JWKSet.from_json(open("jwks.json").read())
token = jwt.JWT(jwt=open(sys.argv[1]).read().strip(), key=keys, algs=["ES256"], check_claims={"exp": None, "nbf": None})
print(json.loads(token.claims)["jti"])
`

const resolver = {
  resolve: async () => ({
    didDocument: did as never,
    didDocumentMetadata: {},
    didResolutionMetadata: { contentType: 'application/did+json' },
  }),
}

/** Credo's own services, over our published document; its crypto is a plug, for which Node's stands in. */
const credo = {
  resolve: (what: unknown) => {
    if (what === DidResolverService)
      return { resolveDidDocument: async () => JsonTransformer.fromJSON(did, DidDocument) }
    if (what !== Kms.KeyManagementApi) throw new Error(`Credo asks for ${String(what)}`)
    return {
      verify: async ({ key, data, signature }: Kms.KmsVerifyOptions) => ({
        verified: verify(
          'sha256',
          data,
          { key: createPublicKey({ key: key.publicJwk as never, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
          signature,
        ),
        publicJwk: key.publicJwk,
      }),
    }
  },
}

async function judgeExport(artefact: Artefact): Promise<unknown> {
  const methods = (did.verificationMethod as Record<string, unknown>[]).map((method) => [
    method.id,
    { '@context': 'https://w3id.org/security/multikey/v1', ...method },
  ])
  const { verified, error, statusResult } = await verifyExport({
    credential: JSON.parse(textOf(artefact)),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: offlineLoader({
      ...Object.fromEntries(methods),
      [did.id as string]: { '@context': did['@context'], id: did.id, assertionMethod: did.assertionMethod },
      [`${origin}/status/3`]: JSON.parse(await read('/status/3', 'application/vc')),
    }),
    checkStatus,
    now: new Date(now),
  })
  if (error) throw error
  const { results = [] } = (statusResult ?? {}) as { readonly results?: readonly { readonly status: boolean }[] }
  return verified && results.length === 1 && !results[0]?.status ? artefact : undefined
}

const judges: readonly Judge[] = [
  {
    name: 'did-jwt',
    takes: [...tokens, 'badge as vc+jwt'],
    refuses: [...forged, 'badge that has ended', 'badge as vc+jwt with another letter'],
    judge: async (artefact) =>
      (await verifyJWT(textOf(artefact), { resolver, policies: { now: now / 1_000 } })).payload.jti,
  },
  {
    // its check of the data model knows version 1.1 of Verifiable Credentials alone
    name: 'did-jwt-vc',
    takes: [...tokens, 'badge as vc+jwt'],
    refuses: [...forged, 'badge that has ended', 'badge as vc+jwt with another letter'],
    judge: async (artefact) =>
      (await verifyCredential(textOf(artefact), resolver, { policies: { now: now / 1_000, format: false } })).payload
        .jti,
  },
  {
    name: 'Credo',
    takes: ['badge as vc+jwt'],
    // VC-JOSE-COSE knows no other type
    refuses: ['badge', 'badge as vc+jwt with another letter', 'badge as vc+jwt of another key'],
    async judge(artefact) {
      const service = new W3cV2JwtCredentialService(new JwsService())
      const context = { ...credo, dependencyManager: credo } as unknown as AgentContext
      const { isValid, validations } = await service.verifyCredential(context, { credential: textOf(artefact) })
      return isValid && validations.signature?.isValid ? artefact : undefined
    },
  },
  {
    name: '@digitalbazaar/vc, with the status',
    takes: ['export'],
    refuses: ['export with another word', 'export of a revoked badge'],
    judge: judgeExport,
  },
  {
    name: 'PyJWT',
    program: ['/usr/bin/python3', '-c', 'import jwt, cryptography'],
    takes: [...tokens, 'badge as vc+jwt'],
    refuses: [...forged, 'badge that has ended'],
    judge: runs((file) => ['/usr/bin/python3', '-c', PYJWT, file]),
  },
  {
    name: 'jwcrypto',
    program: ['/usr/bin/python3', '-c', 'import jwcrypto'],
    takes: [...tokens, 'badge as vc+jwt'],
    refuses: [...forged, 'badge that has ended'],
    judge: runs((file) => ['/usr/bin/python3', '-c', JWCRYPTO, file]),
  },
  {
    // a tool for signatures alone judges no time
    name: 'the C tool jose',
    program: ['jose', 'alg', '-k', 'sign'],
    takes: [...tokens, 'badge as vc+jwt'],
    refuses: forged,
    judge: runs((file) => ['jose', 'jws', 'ver', '-i', file, '-k', 'key.jwk', '-O', '-']),
  },
  {
    name: 'xmllint',
    program: ['xmllint', '--version'],
    takes: ['SVG'],
    refuses: ['PNG'],
    judge: runs((file) => [
      'xmllint',
      '--noout',
      '--nonet',
      '--xpath',
      'string(//*[local-name()="credential"]/@verify)',
      file,
    ]),
  },
  {
    name: 'pngcheck',
    program: ['pngcheck', '-h'],
    takes: ['PNG'],
    refuses: ['SVG'],
    judge: runs((file) => ['pngcheck', file]),
  },
]

/** A signed text in whose content one word is another. */
function withAnotherLetter(jwt: string): string {
  const [header, payload = '', signature] = jwt.split('.')
  const content = Buffer.from(payload, 'base64url').toString().replace('Completed', 'completed')
  return [header, Buffer.from(content).toString('base64url'), signature].join('.')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-judges-'))
  const open = await publicWorld()
  // programs go by the clock of the machine
  open.clock.now = instant(Date.now())
  now = open.clock.now
  read = async (path, accept = '*/*') => (await open.app.request(path, { headers: { accept } })).text()
  const period = { issuedAt: minus(open.clock.now, days(30)), validUntil: plus(open.clock.now, days(300)) }
  const badge = await open.issue({ ...period, id: 'crd_badge', status: { list: 3, index: 5 } })
  const ended = { ...period, validUntil: minus(open.clock.now, days(1)) }
  const stranger = await ringOf()
  const foreign = await signContent(JSON.parse(await read('/credentials/crd_badge.json')), {
    ...stranger,
    keys: stranger.keys.map((key) => ({ ...key, kid: open.ring.keys[0]?.kid as string })),
  })
  await open.issue({ ...period, id: 'crd_revoked', status: { list: 3, index: 11 } })
  await open.world.db.batch([
    changeStatusStatement(open.world.db, { id: 'crd_revoked', to: 'revoked', cause: 'operator', at: open.clock.now }),
  ])
  const asVcJwt = await read('/credentials/crd_badge', 'application/vc+jwt')
  const exported = await read('/credentials/crd_badge.vc.json')
  files = {
    badge,
    'renewed badge': await open.issue({ ...period, id: 'crd_renewed', predecessor, status: { list: 3, index: 7 } }),
    'English badge': await open.issue({ ...period, id: 'crd_english', locale: 'en', status: { list: 3, index: 9 } }),
    'badge as vc+jwt': asVcJwt,
    export: exported,
    SVG: await read('/credentials/crd_badge.svg'),
    PNG: new Uint8Array(await (await open.app.request('/credentials/crd_badge.png')).arrayBuffer()),
    'badge with another letter': withAnotherLetter(badge),
    'badge of another key': foreign,
    'badge that has ended': await open.issue({ ...ended, id: 'crd_ended', status: { list: 3, index: 13 } }),
    'badge as vc+jwt with another letter': withAnotherLetter(asVcJwt),
    'badge as vc+jwt of another key': [asVcJwt.split('.')[0], ...foreign.split('.').slice(1)].join('.'),
    'export with another word': JSON.stringify({ ...JSON.parse(exported), name: 'ビジネス事務検定 1級' }),
    'export of a revoked badge': await read('/credentials/crd_revoked.vc.json'),
  }
  did = JSON.parse(await read('/.well-known/did.json'))
  const { keys } = JSON.parse(await read('/.well-known/jwks.json')) as { keys: { kid: string }[] }
  const { kid } = JSON.parse(Buffer.from(badge.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }
  for (const [artefact, content] of Object.entries(files)) await writeFile(fileOf(artefact as Artefact), content)
  await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys }))
  await writeFile(join(folder, 'key.jwk'), JSON.stringify(keys.find((key) => key.kid === kid)))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function isHere({ name, program }: Judge): boolean {
  if (!program) return true
  const [command, ...args] = program
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    console.warn(`NOT RUN: ${name} over our real output, because it is not installed`)
    return false
  }
}

for (const judge of judges) {
  describe.skipIf(!isHere(judge))(judge.name, () => {
    it.each(judge.takes)('takes %s as the service hands it out', async (artefact) =>
      expect(await judge.judge(artefact)).toBeTruthy(),
    )
    it.each(judge.refuses)('refuses %s', async (artefact) =>
      expect(await judge.judge(artefact).catch(() => undefined)).toBeUndefined(),
    )
  })
}

describe('the baked SVG', () => {
  it('holds the badge as it was issued', () => expect(textOf('SVG')).toContain(`verify="${textOf('badge')}"`))
})
