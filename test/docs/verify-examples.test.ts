import { execFile, execFileSync } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentials } from '../../src/credential/tables.ts'
import { days, type Instant, instant, minus, plus } from '../../src/kernel/instant.ts'
import { publicWorld } from '../support/public-world.ts'
import { input } from '../support/sample-credential.ts'

const EXAMPLES = 'src/docs/examples'

interface Language {
  readonly name: string
  readonly file: string
  /** Finds out whether the language is on this machine. */
  readonly probe: readonly [command: string, ...args: string[]]
  /** Compiles once what would otherwise be compiled at each run. */
  readonly compile?: readonly [command: string, ...args: string[]]
  readonly run: readonly [command: string, ...args: string[]]
}

/** A virtual machine that lives for a second is not worth optimising for, nor collecting in parallel. */
const BRIEF_JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

const languages: readonly Language[] = [
  {
    name: 'JavaScript',
    file: 'verify.mjs',
    probe: [process.execPath, '--version'],
    run: [process.execPath, 'verify.mjs'],
  },
  { name: 'Python', file: 'verify.py', probe: ['python3', '-c', 'import gzip'], run: ['python3', 'verify.py'] },
  {
    name: 'Go',
    file: 'verify.go',
    probe: ['go', 'version'],
    compile: ['go', 'build', '-o', 'verify-go', 'verify.go'],
    run: ['./verify-go'],
  },
  {
    name: 'Java',
    file: 'Verify.java',
    probe: ['javac', '-version'],
    compile: ['javac', ...BRIEF_JVM.map((flag) => `-J${flag}`), 'Verify.java'],
    run: ['java', ...BRIEF_JVM, '-cp', '.', 'Verify'],
  },
  { name: 'Ruby', file: 'verify.rb', probe: ['ruby', '--version'], run: ['ruby', 'verify.rb'] },
]

const LONGEST_COMPILE_MS = 400_000

const isHere = ({ probe: [command, ...args] }: Language): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The real public routes on a loopback port, and a credential in each state. */
async function openIssuer() {
  const served = { fetch: async (_: Request): Promise<Response> => new Response(null, { status: 503 }) }
  const server = createAdaptorServer({ fetch: (request: Request) => served.fetch(request) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { app, world, clock, issue } = await publicWorld({ at: origin })
  served.fetch = async (request) => app.fetch(request)
  clock.now = instant(Date.now())
  let index = 70_000
  const issued = async (id: `crd_${string}`, validUntil: Instant) => {
    index += 11
    return issue({ id, issuedAt: minus(clock.now, days(30)), validUntil, status: { list: input.status.list, index } })
  }
  const until = plus(clock.now, days(300))
  const tokens = {
    valid: await issued('crd_valid', until),
    suspended: await issued('crd_suspended', until),
    revoked: await issued('crd_revoked', until),
    expired: await issued('crd_expired', minus(clock.now, days(1))),
  }
  for (const status of ['suspended', 'revoked'] as const)
    await world.db
      .update(credentials)
      .set({ status })
      .where(eq(credentials.id, `crd_${status}`))
  const [header, payload = '', signature] = tokens.valid.split('.')
  const raised = Buffer.from(
    Buffer.from(payload, 'base64url').toString().replace('"level":3', '"level":1').replace('Completed', 'completed'),
  ).toString('base64url')
  return {
    origin,
    tokens: { ...tokens, tampered: [header, raised, signature].join('.') },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

let issuer: Awaited<ReturnType<typeof openIssuer>>
let folder: string

beforeAll(async () => {
  issuer = await openIssuer()
  folder = await mkdtemp(join(tmpdir(), 'kentei-guide-'))
  // what `npm install jose` would have done
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  for (const [state, token] of Object.entries(issuer.tokens)) await writeFile(join(folder, state), `${token}\n`)
})

afterAll(async () => {
  await issuer.close()
  await rm(folder, { recursive: true, force: true })
})

const inFolder = (): { cwd: string; env: NodeJS.ProcessEnv } => ({
  cwd: folder,
  env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '' },
})

/** What an example prints, and its exit code. */
async function verdictOf(
  { run: [command, ...args] }: Language,
  state: string,
): Promise<{ said: string; code: number }> {
  try {
    const { stdout } = await promisify(execFile)(command, [...args, issuer.origin, state], inFolder())
    return { said: stdout.trim(), code: 0 }
  } catch (problem) {
    const { stdout, stderr, code } = problem as { stdout: string; stderr: string; code: number }
    return { said: stdout.trim() || stderr.trim(), code }
  }
}

for (const language of languages) {
  const here = isHere(language)
  if (!here)
    console.warn(`NOT RUN: the guide's ${language.name} example, because ${language.probe[0]} is not installed`)
  describe.skipIf(!here)(`the guide's example in ${language.name}`, () => {
    beforeAll(async () => {
      await copyFile(join(EXAMPLES, language.file), join(folder, language.file))
      const [command, ...args] = language.compile ?? []
      if (command) await promisify(execFile)(command, args, inFolder())
    }, LONGEST_COMPILE_MS)

    it.each([
      ['valid', /^valid$/, 0],
      ['tampered', /^invalid: .+/, 1],
      ['expired', /^expired$/, 1],
      ['suspended', /^suspended$/, 1],
      ['revoked', /^revoked$/, 1],
    ])('tells a credential that is %s', async (state, said, code) => {
      expect(await verdictOf(language, state)).toEqual({ said: expect.stringMatching(said), code })
    })
  })
}
