import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { days, instant, minus, plus } from '../../src/kernel/instant.ts'
import { publicWorld } from '../support/public-world.ts'

// Tools of other hands, from the distribution's packages: none of their code knows ours, and they are given no more than the
// service publishes. What is not installed is said and skipped.

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

interface Tool {
  readonly name: string
  readonly probe: readonly [command: string, ...args: string[]]
  /** Prints the verified content, or its jti; ends with another code than 0 when it does not believe the file. */
  readonly verify: (file: string) => readonly [command: string, ...args: string[]]
}

const verifiers: readonly Tool[] = [
  {
    name: 'PyJWT',
    probe: ['/usr/bin/python3', '-c', 'import jwt, cryptography'],
    verify: (file) => ['/usr/bin/python3', '-c', PYJWT, file],
  },
  {
    name: 'jwcrypto',
    probe: ['/usr/bin/python3', '-c', 'import jwcrypto'],
    verify: (file) => ['/usr/bin/python3', '-c', JWCRYPTO, file],
  },
  {
    name: 'the C tool jose',
    probe: ['jose', 'alg', '-k', 'sign'],
    verify: (file) => ['jose', 'jws', 'ver', '-i', file, '-k', 'key.jwk', '-O', '-'],
  },
]

const images: readonly Tool[] = [
  {
    name: 'xmllint',
    probe: ['xmllint', '--version'],
    verify: (file) => [
      'xmllint',
      '--noout',
      '--nonet',
      '--xpath',
      'string(//*[local-name()="credential"]/@verify)',
      file,
    ],
  },
  { name: 'pngcheck', probe: ['pngcheck', '-h'], verify: (file) => ['pngcheck', '-q', file] },
]

function isHere({ probe: [command, ...args] }: Tool): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function present(tool: Tool): boolean {
  const here = isHere(tool)
  if (!here) console.warn(`NOT RUN: ${tool.name} over our real output, because it is not installed`)
  return here
}

let folder: string
let jwt: string
let hasPicture: boolean

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-tools-'))
  const open = await publicWorld()
  open.clock.now = instant(Date.now())
  jwt = await open.issue({
    id: 'crd_tools',
    issuedAt: minus(open.clock.now, days(30)),
    validUntil: plus(open.clock.now, days(300)),
    status: { list: 3, index: 5 },
  })
  const past = await open.issue({
    id: 'crd_past',
    issuedAt: minus(open.clock.now, days(30)),
    validUntil: minus(open.clock.now, days(1)),
    status: { list: 3, index: 7 },
  })
  const { keys } = (await (await open.app.request('/.well-known/jwks.json')).json()) as { keys: { kid: string }[] }
  const [header = '', payload = '', signature] = jwt.split('.')
  const forged = [
    header,
    Buffer.from(Buffer.from(payload, 'base64url').toString().replace('Completed', 'completed')).toString('base64url'),
    signature,
  ].join('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const svg = await (await open.app.request('/credentials/crd_tools.svg')).text()
  const png = await open.app.request('/credentials/crd_tools.png')
  hasPicture = png.ok
  const files = {
    valid: jwt,
    past,
    forged,
    'jwks.json': JSON.stringify({ keys }),
    'key.jwk': JSON.stringify(keys.find((key) => key.kid === kid)),
    'badge.svg': svg,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  if (hasPicture) await writeFile(join(folder, 'badge.png'), new Uint8Array(await png.arrayBuffer()))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a tool prints, or undefined when it does not believe the file. */
async function said({ verify }: Tool, file: string): Promise<string | undefined> {
  const [command, ...args] = verify(file)
  return promisify(execFile)(command, args, { cwd: folder }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}

for (const tool of verifiers) {
  describe.skipIf(!present(tool))(tool.name, () => {
    it('verifies a badge by the published keys', async () =>
      expect(await said(tool, 'valid')).toContain('/credentials/crd_tools'))
    it('refuses one in which a letter has changed', async () => expect(await said(tool, 'forged')).toBeUndefined())
    // a tool for signatures alone judges no time
    it.skipIf(tool.name.endsWith('jose'))('refuses one that has ended', async () =>
      expect(await said(tool, 'past')).toBeUndefined(),
    )
  })
}

const [xmllint, pngcheck] = images as [Tool, Tool]

describe.skipIf(!present(xmllint))('xmllint', () => {
  it('reads the baked SVG and finds the credential in it', async () =>
    expect(await said(xmllint, 'badge.svg')).toBe(jwt))
})

describe.skipIf(!present(pngcheck))('pngcheck', () => {
  it('finds nothing wrong with the baked PNG', async (test) => {
    test.skip(!hasPicture, 'there is no PNG of a badge yet')
    expect(await said(pngcheck, 'badge.png')).toBe('')
  })
})
