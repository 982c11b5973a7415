import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeStatusStatement } from '../../src/credential/store.ts'
import { days, instant, minus, plus } from '../../src/kernel/instant.ts'
import { builtPackage } from '../support/built.ts'
import { openBrowser } from '../support/chromium.ts'
import { publicWorld } from '../support/public-world.ts'

// The package as it is published, in each of its homes, against the real routes on a loopback port.

const run = promisify(execFile)

async function openIssuer() {
  const served = { fetch: async (_: Request): Promise<Response> => new Response(null, { status: 503 }) }
  const server = createAdaptorServer({ fetch: (request: Request) => served.fetch(request) }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { app, world, clock, issue } = await publicWorld({ at: origin })
  served.fetch = async (request) => app.fetch(request)
  clock.now = instant(Date.now())
  const issued = (id: `crd_${string}`, index: number, validUntil = plus(clock.now, days(300))) =>
    issue({ id, issuedAt: minus(clock.now, days(30)), validUntil, status: { list: 3, index } })
  const tokens = {
    valid: await issued('crd_valid', 70),
    suspended: await issued('crd_suspended', 71),
    revoked: await issued('crd_revoked', 72),
    expired: await issued('crd_expired', 73, minus(clock.now, days(1))),
  }
  for (const to of ['suspended', 'revoked'] as const)
    await world.db.batch([changeStatusStatement(world.db, { id: `crd_${to}`, to, cause: 'operator', at: clock.now })])
  return { origin, tokens: { ...tokens, changed: `${tokens.valid.slice(0, -8)}AAAAAAAA` }, close: () => server.close() }
}

let issuer: Awaited<ReturnType<typeof openIssuer>>
let folder: string

beforeAll(async () => {
  await builtPackage()
  issuer = await openIssuer()
  folder = await mkdtemp(join(tmpdir(), 'kentei-verify-'))
  // what `npm install @kentei/verify` would have done
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: 'dist/verify' })
  const installed = join(folder, 'node_modules/@kentei/verify')
  await mkdir(installed, { recursive: true })
  await run('tar', ['xzf', join(folder, 'kentei-verify-0.1.0.tgz'), '--strip-components=1', '-C', installed])
  await symlink(join(process.cwd(), 'node_modules/jose'), join(folder, 'node_modules/jose'))
  await cp(join(installed, 'examples'), folder, { recursive: true })
  await cp(join(installed, 'browser.js'), join(folder, 'browser.js'))
  for (const [state, token] of Object.entries(issuer.tokens)) await writeFile(join(folder, state), `${token}\n`)
})

afterAll(async () => {
  issuer?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the package', () => {
  it('depends on the jose of the product, and on nothing else', async () => {
    const manifest = async (path: string) => JSON.parse(await readFile(path, 'utf8'))
    const own = await manifest('package.json')
    expect((await manifest('dist/verify/package.json')).dependencies).toEqual({ jose: own.dependencies.jose })
    const modules = (await readdir('dist/verify')).filter((name) => /^(?!browser).*[.]js$/.test(name))
    const imports = (await Promise.all(modules.map((name) => readFile(`dist/verify/${name}`, 'utf8')))).flatMap(
      (text) => [...text.matchAll(/from ["']([^"']+)["']/g)].map(([, name]) => name as string),
    )
    expect(new Set(imports.filter((name) => !modules.includes(name.slice(2))))).toEqual(new Set(['jose']))
    const page = await readFile('dist/verify/browser.js', 'utf8')
    expect(page.match(/\bfrom ?["']|\bimport ?["'(]|\bprocess\.|\bBuffer\.|\brequire\(|node:/g)).toBeNull()
  })

  it('has types that a strict program without Node compiles against', async () => {
    const program = `import { type Check, createVerifier, type CredentialVerifier, type Verdict, type Verification } from '@kentei/verify'
const verifier: CredentialVerifier = createVerifier({ issuers: ['https://kentei.example'] })
const verification: Verification = await verifier.verify('x')
export const said: 'valid' | 'expired' | 'suspended' | 'revoked' | 'unknown' | 'invalid' = verification.verdict satisfies Verdict
export const why = verification.checks.map(({ code, detail }: Check) => code ?? detail)
// @ts-expect-error a verifier is told whom to trust
createVerifier()
`
    await writeFile(join(folder, 'program.mts'), program)
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom,dom.iterable',
      '--types',
      '',
    ]
    const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc')
    await expect(
      run(process.execPath, [compiler, ...options, 'program.mts'], { cwd: folder }).catch(({ stdout }) =>
        Promise.reject(new Error(stdout)),
      ),
    ).resolves.toBeDefined()
  })

  it.each([
    ['nobody', {}],
    ['a path', { issuers: ['https://kentei.example/x'] }],
    ['a slash too many', { issuers: ['https://kentei.example/'] }],
    ['no URL', { issuers: ['kentei.example'] }],
    ['a variable that is not set', { issuers: [undefined] }],
  ])('trusts not %s, and says so', async (_, options) => {
    const { createVerifier } = await import(join(folder, 'node_modules/@kentei/verify/index.js'))
    expect(() => createVerifier(options)).toThrow(/is not an origin such as|Name the issuers/)
  })

  it('cannot say valid when the issuer, whom it should ask, is silent', async () => {
    const { createVerifier } = await import(join(folder, 'node_modules/@kentei/verify/index.js'))
    const silent = async (url: string, init: RequestInit) =>
      init.method === 'POST' ? new Response('', { status: 503 }) : fetch(url, init)
    const { verdict, checks } = await createVerifier({
      issuers: [issuer.origin],
      asksIssuers: true,
      fetch: silent,
    }).verify(issuer.tokens.valid)
    expect([verdict, checks.at(-1)]).toEqual([
      'unknown',
      { check: 'suspension', outcome: 'unknown', code: 'suspension-unknown', detail: expect.any(String) },
    ])
  })
})

describe('the example for Node', () => {
  it.each([
    ['valid', /^valid: .+/m, 0],
    ['suspended', /^suspended$/m, 1],
    ['revoked', /^revoked$/m, 1],
    ['expired', /^expired$/m, 1],
    ['changed', /^invalid$/m, 1],
  ])('tells a badge that is %s', async (state, said, code) => {
    const ended = await run(process.execPath, ['node.mjs', issuer.origin, state], { cwd: folder }).then(
      ({ stdout }) => ({ stdout, code: 0 }),
      ({ stdout, code }) => ({ stdout, code }),
    )
    expect(ended).toEqual({ stdout: expect.stringMatching(said), code })
  })
})

describe('the example for Workers', () => {
  it('runs in workerd without Node', async () => {
    const bundle = await build({
      entryPoints: [join(folder, 'worker.mjs')],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      conditions: ['workerd', 'worker'],
      write: false,
    })
    const worker = new Miniflare(
      convertV4MiniflareOptions({
        modules: true,
        script: bundle.outputFiles[0]?.text ?? '',
        compatibilityDate: '2026-11-02',
        bindings: { ISSUER: issuer.origin },
      }),
    )
    try {
      const verdicts: unknown[] = []
      for (const token of Object.values(issuer.tokens))
        verdicts.push(await (await worker.dispatchFetch('http://worker/', { method: 'POST', body: token })).json())
      expect(verdicts).toEqual([
        { verdict: 'valid' },
        { verdict: 'suspended', reason: 'is-suspended' },
        { verdict: 'revoked', reason: 'is-revoked' },
        { verdict: 'expired' },
        { verdict: 'invalid', reason: 'signature-wrong' },
      ])
    } finally {
      await worker.dispose()
    }
  })
})

/** The two calls of Deno that the example makes, over Node. */
const denoShim = `
import { createServer } from 'node:http'
globalThis.Deno = {
  env: { get: (name) => process.env[name] },
  serve: ({ port }, handle) => createServer(async (incoming, outgoing) => {
    const body = incoming.method === 'POST' ? incoming : undefined
    const reply = await handle(new Request('http://localhost' + incoming.url, { method: incoming.method, body, duplex: 'half' }))
    outgoing.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
  }).listen(port, '127.0.0.1', function () { console.log(this.address().port) }),
}
`

describe('the example for Deno', () => {
  it('serves verdicts of many badges', async () => {
    await writeFile(join(folder, 'deno-shim.mjs'), denoShim)
    const child = execFile(process.execPath, ['--import', './deno-shim.mjs', 'deno.mjs'], {
      cwd: folder,
      env: { ...process.env, ISSUER: issuer.origin, PORT: '0' },
    })
    try {
      const port = await new Promise<string>((resolve) =>
        child.stdout?.once('data', (text: string) => resolve(text.trim())),
      )
      const { valid, revoked, changed } = issuer.tokens
      const reply = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: JSON.stringify([valid, revoked, changed, valid]),
      })
      expect(await reply.json()).toEqual(['valid', 'revoked', 'invalid', 'valid'])
      for (const body of ['{', '{}'])
        expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status).toBe(400)
    } finally {
      child.kill()
    }
  })
})

describe('the example for a page', () => {
  it('verifies in a browser', async () => {
    const browser = await openBrowser()
    if (!browser) return
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
    const server = createServer(async (request, response) => {
      const name = (request.url ?? '').slice(1)
      const body = (await readFile(join(folder, name), 'utf8').catch(() => '')).replace(
        'https://kentei.example',
        issuer.origin,
      )
      response.writeHead(body ? 200 : 404, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/browser.html`)
      for (const [state, said] of Object.entries({ valid: /^valid: /, revoked: /^revoked: /, changed: /^invalid$/ })) {
        await page.fill('textarea', issuer.tokens[state as 'valid'])
        await page.click('button')
        await page.waitForFunction(
          (word) => document.querySelector('output')?.textContent?.startsWith(word),
          said.source.slice(1).split(/[:$]/)[0] as string,
        )
        expect(await page.textContent('output')).toMatch(said)
      }
    } finally {
      await browser.close()
      server.close()
    }
  })
})
