import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { readListen, readServiceSettings } from '../../src/cli/serve-command.ts'
import type { Service, ServiceSettings } from '../../src/cli/start-service.ts'
import { UsageError } from '../../src/cli/terminal.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'

const good = {
  origin: 'https://kentei.example',
  marketplace: 'https://market.example',
  'webhook-keys': '["whpk_AA=="]',
}
const place = { env: {}, cwd: '/srv' }

/** What is said of settings that are wrong. */
function refusalOf(args: Parameters<typeof readServiceSettings>[0], env: Record<string, string> = {}): string {
  try {
    readServiceSettings(args, { env, cwd: '/srv' })
    return ''
  } catch (problem) {
    return (problem as Error).message
  }
}

describe('the settings of kentei serve', () => {
  it('come from the command line, and from the environment where nothing is said there', () => {
    const env = {
      KENTEI_ORIGIN: 'https://elsewhere.example',
      MARKETPLACE_ISSUER: 'market',
      KENTEI_LISTEN: '0.0.0.0:80',
    }
    expect(readServiceSettings({ ...good, data: '/var/kentei' }, { env, cwd: '/srv' })).toMatchObject({
      environment: { KENTEI_ORIGIN: 'https://kentei.example', MARKETPLACE_ISSUER: 'market' },
      listen: { host: '0.0.0.0', port: 80 },
      dataFolder: '/var/kentei',
      examsFolder: '/srv/exams',
    })
  })

  it('are each named with what they have to be where they are missing', () => {
    expect(refusalOf({}).split('\n')).toEqual([
      expect.stringMatching(/^--origin \(KENTEI_ORIGIN\) is missing: an origin such as/),
      expect.stringMatching(/^--marketplace \(MARKETPLACE_ORIGIN\) is missing: an origin such as/),
      expect.stringMatching(/^--webhook-keys \(MARKETPLACE_WEBHOOK_KEYS\) is missing: a JSON list of keys/),
    ])
  })

  it.each([
    [{ origin: 'https://kentei.example/' }, {}, /^--origin \(KENTEI_ORIGIN\) is wrong: an origin/],
    [{ marketplace: 'market.example' }, {}, /^--marketplace \(MARKETPLACE_ORIGIN\) is wrong: an origin/],
    [{ 'webhook-keys': 'whsec_AA==' }, {}, /^--webhook-keys .* is wrong: a JSON list of keys/],
    [
      { subscribers: '[{"url":"https://market.example"}]' },
      {},
      /^--subscribers \(SUBSCRIBERS\) is wrong: a JSON list such as '\[\{"id"/,
    ],
    [{ operators: '<opr>' }, {}, /^--operators \(KENTEI_OPERATORS\) is wrong: ids of people/],
    [{ listen: 'kentei.example:80' }, {}, /^--listen \(KENTEI_LISTEN\) is wrong: an address of this machine/],
    [{}, { MARKETPLACE_JWKS_URL: '/keys' }, /^MARKETPLACE_JWKS_URL is wrong: an address such as/],
    [{}, { MARKETPLACE_API: 'https://api.market.example/' }, /^MARKETPLACE_API is wrong: an address such as/],
    [{}, { KENTEI_DEMO_BANK: 'yes' }, /^KENTEI_DEMO_BANK is wrong: allowed/],
    [{}, { KENTEI_SECURITY_CONTACT: 'me' }, /^KENTEI_SECURITY_CONTACT is wrong: addresses/],
  ])('are named where they are wrong, without their value: %o %o', (args, env, said) => {
    const message = refusalOf({ ...good, ...args }, env)
    expect(message).toMatch(said)
    expect(message.split('\n')).toHaveLength(1)
  })

  it.each([
    ['127.0.0.1:8787', { host: '127.0.0.1', port: 8_787 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['localhost:9000', { host: 'localhost', port: 9_000 }],
    ['127.0.0.1:0', undefined],
    ['127.0.0.1:65536', undefined],
    ['8787', undefined],
  ])('name where to listen: %s', (text, listen) => expect(readListen(text)).toEqual(listen))
})

describe('kentei serve', () => {
  const serve = async (start: (settings: ServiceSettings) => Promise<Service>, more: Record<string, string> = {}) => {
    const fake = fakeTerminal(() => place.cwd)
    const args = Object.entries({ ...good, ...more }).flatMap(([name, value]) => [`--${name}`, value])
    const code = await runCli(['serve', '--lang', 'en', ...args], { terminal: fake.terminal, startService: start })
    return { code, out: fake.out.join('\n'), err: fake.err.join('\n') }
  }

  it('runs until it is stopped, and closes what it opened', async () => {
    let closed = false
    const close = async () => {
      closed = true
    }
    const { code, out, err } = await serve(async () => ({ exams: ['tiny'], notes: ['look here'], close }))
    expect([code, closed]).toEqual([0, true])
    expect(out).toContain('https://kentei.example, listening on 127.0.0.1:8787')
    expect(out).toContain('tiny')
    expect(err).toMatch(/without SUBSCRIBERS nobody is told[\s\S]*Note: look here/)
  })

  it('ends with what keeps it from starting', async () => {
    const { code, err } = await serve(() => Promise.reject(new UsageError(() => 'port 8787 is in use')))
    expect([code, err]).toEqual([2, 'kentei: port 8787 is in use'])
  })
})
