import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { allChecks } from '../../../src/cli/conformance/all-checks.ts'
import { mendingOf } from '../../../src/cli/conformance/check.ts'
import type { ConformanceOptions } from '../../../src/cli/conformance/open-run.ts'
import { runConformance } from '../../../src/cli/conformance-command.ts'
import type { Patience } from '../../../src/cli/terminal.ts'
import { textsOf } from '../../../src/cli/texts.ts'
import { generateKey } from '../../../src/credential/keys.ts'
import { startSpareMarket } from '../../../src/node/open-market.ts'
import { readSentences } from '../../../src/node/texts.ts'
import { fakeTerminal } from '../../support/fake-terminal.ts'
import { freePort } from '../../support/free-port.ts'
import { type Defect, openFakeMarketplace } from './fake-marketplace.ts'

const plain = {
  worker: 'wrk_003',
  leaveTraces: false,
  strict: true,
  language: 'en',
  json: true,
} as const
/** What to do about a check that failed, as the English texts have it. */
const mended = (id: (typeof allChecks)[number]['id'], came: string) =>
  mendingOf({ id, came: () => came })(textsOf('en'))
/** Each defect against every check; without it against those of the areas that it is about. */
const tryAll: boolean = process.env.CASES === 'all'
/** What comes is waited for as long as a busy machine may take, what may never come not as long. */
const patient: Patience = { rotationPatience: 60_000, webhookPatience: 60_000, retryAfter: 1 }
const hasty: Patience = { ...patient, rotationPatience: 5_000, webhookPatience: 8_000 }

/** A terminal of the project's own folder and time. */
const openTerminal = () => fakeTerminal(() => process.cwd(), { waits: true, now: Date.now })

interface Told {
  readonly passed: boolean
  readonly checks: readonly {
    readonly id: (typeof allChecks)[number]['id']
    readonly outcome: string
    readonly came: string
    readonly mend?: string
  }[]
}

/** What is played with the people of a marketplace: the planted faults of the reference marketplace try it. */
const played = [
  'escrow.funded',
  'escrow.accepted',
  'escrow.refunded',
  'review.one-sided',
  'review.once',
  'review.batches',
  'review.blurred',
  'event.signature',
  'event.replayed',
  'event.types',
  'review.late',
]
const unplayed = allChecks.map(({ id }): Defect => id).filter((id) => !played.includes(id))

/** What a defect is tried with: the checks of the areas that it is about, or all of them. */
function triedWith(defect: Defect): readonly string[] {
  // refusals come of bad tokens, and the counted events of a launch
  const shownBy = ['answer', 'token', ...(defect === 'webhook.counted' ? ['launch'] : [])]
  const areas = new Set([...shownBy, ...(seenBy[defect] ?? [defect])].map((id) => id.split('.')[0]))
  return unplayed.filter((id) => tryAll || areas.has(id.split('.')[0]))
}

async function tryChecks(only: readonly string[] | undefined, ...defects: Defect[]) {
  const { terminal, printed } = openTerminal()
  const exit = await runConformance({ ...plain, only: only?.join(',') }, terminal, {
    patience: defects.length === 0 ? patient : hasty,
    startMarket: (origin) => openFakeMarketplace(origin, new Set(defects)),
  })
  const told = JSON.parse(printed.join('\n')) as Told
  const ids = (outcome: string) => told.checks.filter((check) => check.outcome === outcome).map(({ id }) => id)
  return { exit, told, failed: ids('fails'), notTried: ids('not-tried'), absent: ids('not-offered') }
}

/** Tries everything. */
const tryAgainst = (...defects: Defect[]) =>
  tryChecks(defects.some((defect) => unplayed.includes(defect)) ? unplayed : undefined, ...defects)

/** A certificate for localhost that nobody trusts; undefined where there is no openssl to make one. */
function selfSigned(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kentei-certificate-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        ...curve,
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
      ],
      { stdio: 'ignore' },
    )
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const certificate = selfSigned()
if (!certificate)
  console.warn('NOT RUN: a marketplace with a self-signed certificate, because openssl is not installed')

/** Defects that one check alone cannot be told from, or that another name fits better. */
const seenBy: Readonly<Record<Defect, readonly string[]>> = {
  'webhook.arrives': ['webhook.arrives', 'webhook.order'],
  'webhook.same-id': ['webhook.retried'],
  'answer.rate-limits': ['worker.slow', 'answer.rate-limits'],
  'badge.shown': ['badge.shown', 'badge.resumed', 'badge.renewed'],
  // what is not taken away still stands behind a signal
  'badge.suspended': ['badge.suspended', 'signal.suspended'],
  'badge.renewed': ['badge.renewed', 'signal.renewed'],
  'badge.revoked': ['badge.revoked', 'signal.suspended'],
}
const AT_ONCE = 12
const optional = allChecks.filter(({ level }) => level === 'optional').map(({ id }): string => id)
const defects = [...unplayed, 'webhook.same-id']

/** A run with the patience of real time. */
async function tryReference() {
  const { terminal, printed } = openTerminal()
  const report = (error: unknown) => terminal.err(String(error))
  const exit = await runConformance({ ...plain, json: false }, terminal, {
    startMarket: (pluginOrigin) => startSpareMarket({ pluginOrigin, root: process.cwd(), report }),
  })
  return { printed, exit }
}

describe('kentei conformance', () => {
  let reference: ReturnType<typeof tryReference>
  // it waits for the most part: others are tried meanwhile
  beforeAll(() => {
    reference = tryReference()
    reference.catch(() => undefined)
  })

  it('finds nothing wrong with a marketplace that keeps the contract', async () => {
    const { exit, failed, notTried } = await tryAgainst()
    expect(failed).toEqual([])
    expect(notTried).toEqual([...played, 'answer.rate-limits'])
    expect(exit).toBe(0)
  })

  // a bound for a machine that is busy with other things
  const MOST_MS = 480_000

  describe('sees what a marketplace gets wrong, and only that', () => {
    const runs = new Map<Defect, Promise<Awaited<ReturnType<typeof tryChecks>>>>()

    // they mostly wait, so many wait at once
    beforeAll(async () => {
      const waiting = defects.filter((defect) => defect !== 'worker.slow')
      const work = async () => {
        for (let defect = waiting.shift(); defect !== undefined; defect = waiting.shift()) {
          const run = tryChecks(triedWith(defect), defect)
          runs.set(defect, run)
          await run.catch(() => undefined)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      // the answer that comes too soon must not wait for the others
      runs.set('worker.slow', tryChecks(triedWith('worker.slow'), 'worker.slow'))
      await runs.get('worker.slow')
    }, MOST_MS)

    it.each(defects)('%s', async (defect) => {
      const { exit, told, failed } = (await runs.get(defect)) as Awaited<ReturnType<typeof tryChecks>>
      const expected = seenBy[defect] ?? [defect]
      expect(failed).toEqual(expected)
      for (const { outcome, mend, id, came } of told.checks)
        expect(mend, id).toBe(outcome === 'fails' ? mended(id, came) : undefined)
      expect(exit).toBe(expected.every((id) => optional.includes(id)) ? 0 : 1)
    })
  })

  it('finds nothing wrong with a marketplace that does not offer the figures of an exam', async () => {
    const { exit, failed, absent } = await tryAgainst('noticed.none')
    expect([exit, failed, absent]).toEqual([0, [], ['noticed.shape', 'noticed.worker', 'noticed.jobs']])
  })

  it('tries what needs no tokens where its own are not taken, which fails where it was meant to be trusted', async () => {
    const { exit, failed, told } = await tryAgainst('token.accepted')
    expect([exit, failed]).toEqual([1, ['token.accepted']])
    const tried = told.checks.filter(({ outcome }) => outcome === 'holds').map(({ id }): string => id)
    const open = allChecks.filter(({ needsTokens, id }) => !needsTokens && !id.startsWith('badge.'))
    expect(tried).toEqual(open.map(({ id }) => id).filter((id) => id !== 'answer.rate-limits'))
  })

  it('asks for no tokens in what is required', () => {
    expect(allChecks.filter(({ level, needsTokens }) => level === 'required' && needsTokens)).toEqual([])
  })

  it('holds a marketplace to what it says that it offers, and to nothing else', async () => {
    const { exit, failed, absent, notTried } = await tryAgainst('offers.none')
    expect([exit, failed, notTried]).toEqual([0, [], ['answer.rate-limits']])
    expect([...new Set(absent.map((id) => id.split('.')[0]))]).toEqual([
      'contract',
      'escrow',
      'review',
      'case',
      'webhook',
      'event',
    ])
  })

  it('tries the checks that were asked for, by area or by name', async () => {
    const { terminal, printed } = openTerminal()
    const startMarket = (origin: string) => openFakeMarketplace(origin, new Set())
    await runConformance({ ...plain, only: 'keys, token.none' }, terminal, { patience: hasty, startMarket })
    expect((JSON.parse(printed.join('\n')) as Told).checks.map(({ id }) => id)).toEqual([
      'keys.published',
      'keys.no-private',
      'token.none',
    ])
    await expect(runConformance({ ...plain, only: 'badge,bagde' }, terminal, {})).rejects.toThrow(/there is no bagde/)
  })

  it('names each check once, with what must be seen and what to do about it, in every language', async () => {
    const ids = allChecks.map(({ id }): string => id).toSorted()
    expect(new Set(ids).size).toBe(ids.length)
    const { en = {}, ja = {} } = await readSentences('src/texts', 'conformance')
    for (const part of ['expects', 'mend']) {
      const of = (key: string) => (key.startsWith(`conformance.${part}.`) ? [key.split('.').slice(2).join('.')] : [])
      expect(Object.keys(en).flatMap(of).toSorted()).toEqual(ids)
    }
    for (const id of ids) {
      expect(en[`conformance.mend.${id}`], id).toMatch(/^[A-Z].{20,}\.$/)
      expect(ja[`conformance.mend.${id}`], id).toMatch(/。$/)
    }
  })

  it('tells a call that is not served from one that is served wrongly', () => {
    const [missing, wrong] = [
      mended('signal.accepted', '404 <h1>Not found</h1>'),
      mended('signal.accepted', '422 malformed'),
    ]
    expect(missing).toMatch(/^A 404 here means .*--worker\. Take \{priorMean/)
    expect(missing.endsWith(` ${wrong}`)).toBe(true)
  })

  const untrusted = async (language: 'ja' | 'en') => {
    const { terminal, printed } = openTerminal()
    await runConformance({ ...plain, json: false, language }, terminal, {
      patience: hasty,
      startMarket: (origin) => openFakeMarketplace(origin, new Set(['token.accepted'])),
    })
    return printed
  }

  it('says below a failure what to do, and whom the marketplace would have to trust', async () => {
    const printed = await untrusted('en')
    const at = printed.findIndex((line) => line.startsWith('✗ token.accepted'))
    expect(printed[at]).toMatch(
      /^✗ token\.accepted {9}a good service token is accepted · 401 .* · \[Trust between plugin and marketplace\]$/,
    )
    expect(printed[at + 1]).toBe(`  → ${mended('token.accepted', '')}`)
    expect(printed[at + 2]).toBe('  Guide: integrate.md#trust')
    // the token as it was, without the signature that would make it one
    expect(printed[at + 3]).toMatch(
      /^ {2}Sent: GET \/v1\/workers\/wrk_003\/standing Bearer \{"alg":"ES256",.*"typ":"service\+jwt"\}\.\{"iss":"http:.*\}\.…$/,
    )
    expect(printed[at + 4]).toMatch(/^ {2}Came: 401 application\/problem\+json \{.*"code":"token-refused"\}$/)
    expect(printed.at(-1)).toContain('--data')
  })

  it('lists what was not tried by the reason for it, and what of it is required', async () => {
    const printed = await untrusted('en')
    const at = printed.indexOf('Not tried, and why:')
    expect(printed[at + 1]).toMatch(/^– the marketplace does not take the tokens of this plugin: token\.expired, /)
    expect(printed[at + 2]).toMatch(/^– it takes tokens .*--operator-token: badge\.shown!, badge\.suspended!, /)
    expect(printed.join('\n')).toContain('Not ready to go live')
  })

  it('speaks Japanese in every line where nobody asked for English', async () => {
    const printed = await untrusted('ja')
    expect(printed.length).toBeGreaterThan(20)
    expect(printed.filter((line) => !/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(line))).toEqual([])
    expect(printed.filter((line) => / (?:the|not|was|were|is|of) /.test(line))).toEqual([])
  })

  describe('against a marketplace that is not the sandbox', () => {
    const tryForeign = async (
      change: Partial<Omit<ConformanceOptions, 'language'> & { strict: boolean }>,
      act?: (market: Awaited<ReturnType<typeof openFakeMarketplace>>) => void,
    ) => {
      const { terminal, printed } = openTerminal()
      const startMarket = async (origin: string) => {
        const market = await openFakeMarketplace(origin, new Set(['no-demo']))
        act?.(market)
        return market
      }
      const exit = await runConformance({ ...plain, ...change }, terminal, { patience: hasty, startMarket })
      const { checks } = JSON.parse(printed.filter((line) => !line.startsWith('Change')).join('\n')) as Told
      return {
        exit,
        printed,
        outcomeOf: (id: string) => checks.find((check) => check.id === id)?.outcome,
        failed: checks.filter(({ outcome }) => outcome === 'fails'),
      }
    }

    it('says what it could not try, and passes unless it is strict', async () => {
      const lax = await tryForeign({ strict: false })
      expect(lax.failed).toEqual([])
      expect(lax.outcomeOf('webhook.arrives')).toBe('not-tried')
      expect(lax.outcomeOf('launch.claims')).toBe('not-tried')
      expect(lax.outcomeOf('contract.frozen')).toBe('not-tried')
      expect(lax.exit).toBe(0)
      expect((await tryForeign({})).exit).toBe(1)
    })

    it('waits for a webhook that a person brings about', async () => {
      const key = 'whsec_ZmFrZS1tYXJrZXRwbGFjZS1zZWNyZXQtMQ=='
      const run = await tryForeign(
        { wait: '60', webhookKey: key },
        (market) => void setTimeout(() => market.announceStanding('wrk_003', 2), 300),
      )
      expect(run.printed[0]).toMatch(/^Change the standing of wrk_003/)
      expect(
        ['webhook.arrives', 'webhook.signature', 'webhook.envelope', 'webhook.retried'].map(run.outcomeOf),
      ).toEqual(['holds', 'holds', 'holds', 'holds'])
      expect(run.failed).toEqual([])
    })
  })

  it('stands in the place of a Kentei with its keys, at its address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kentei-in-place-'))
    const uses = ['service', 'credential', 'webhook'] as const
    const keys = JSON.stringify(await Promise.all(uses.map((use) => generateKey(use))))
    writeFileSync(join(folder, 'keys.json'), keys, { mode: 0o600 })
    const listen = `127.0.0.1:${await freePort()}`
    const market = await openFakeMarketplace(`http://${listen}`, new Set(['no-demo']))
    const { terminal, printed } = openTerminal()
    const where = { marketplace: market.origin, data: folder, listen, only: 'token.accepted,badge.shown,rotation.new' }
    const exit = await runConformance({ ...plain, ...where }, terminal, { patience: hasty })
    const { checks } = JSON.parse(printed.join('\n')) as Told
    expect(checks.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds'])
    expect(exit).toBe(0)
    await market.close()
    rmSync(folder, { recursive: true })
  })

  it('freezes the certificate that it was told of', async () => {
    const market = await openFakeMarketplace('http://127.0.0.1:9', new Set(['no-demo']))
    const { terminal, printed } = openTerminal()
    const formed = { contract: market.formContract('wrk_003'), credential: 'crd_of-the-plugin' }
    const startMarket = async (origin: string) => (market.trust(origin), market)
    await runConformance({ ...plain, ...formed }, terminal, { patience: hasty, startMarket })
    const { checks } = JSON.parse(printed.join('\n')) as Told
    expect(checks.filter(({ id }) => id.startsWith('contract.')).map(({ outcome }) => outcome)).toEqual([
      'holds',
      'holds',
      'holds',
      'not-tried',
      'holds',
    ])
  })

  describe('where it cannot begin', () => {
    const serve = async (answer: (socket: Socket) => void) => {
      const server = createServer((socket) => {
        socket.on('error', () => {})
        answer(socket)
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
    }
    const refused = (marketplace: string) =>
      expect(runConformance({ ...plain, marketplace }, openTerminal().terminal)).rejects

    it('says that nothing listens', async () => {
      const { address, close } = await serve(() => {})
      close()
      await refused(`http://${address}`).toThrow(/cannot be reached \(ECONNREFUSED\): nothing listens there/)
    })

    it('says that there is no TLS, or no HTTP', async () => {
      const web = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
      await refused(`https://${web.address}`).toThrow(/does not speak TLS there; use http:/)
      web.close()
      const mute = await serve((socket) => socket.destroy())
      await refused(`http://${mute.address}`).toThrow(/does not speak HTTP there; use https:/)
      mute.close()
    })

    it.skipIf(!certificate)('says what to do about a certificate that nobody signed', async () => {
      const server = createTlsServer({ ...certificate }, (_, response) => response.end()).listen(0, '127.0.0.1')
      await once(server, 'listening')
      await refused(`https://localhost:${(server.address() as AddressInfo).port}`).toThrow(
        /certificate is signed by nobody who is trusted here; name the CA: NODE_EXTRA_CA_CERTS/,
      )
      server.close()
    })
  })

  it.each([
    [{ marketplace: 'market.example' }, /--marketplace must be an origin/],
    [{ marketplace: 'https://market.example/v1' }, /--marketplace must be an origin/],
    [{ data: '.data' }, /--data needs --marketplace/],
    [{ marketplace: 'https://market.example', data: 'no/such/folder' }, /is not there/],
    [{ listen: 'nowhere' }, /--listen must be/],
    [{ wait: 'long' }, /--wait must be/],
  ])('explains a command line that it cannot follow: %o', async (change, message) => {
    await expect(runConformance({ ...plain, ...change }, openTerminal().terminal)).rejects.toThrow(message)
  })

  it('passes on the reference marketplace', async () => {
    const { printed, exit } = await reference
    expect(printed.filter((line) => /^[✗–]/.test(line))).toEqual([expect.stringContaining('answer.rate-limits')])
    expect(exit).toBe(0)
  })
})
