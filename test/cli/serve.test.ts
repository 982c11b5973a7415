import { describe, expect, it } from 'vitest'
import { readServiceSettings } from '../../src/cli/read-service-settings.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { readListen, serviceSettings } from '../../src/cli/service-settings.ts'
import type { Service, ServiceSettings } from '../../src/cli/start-service.ts'
import { UsageError } from '../../src/cli/terminal.ts'
import { LANGUAGES, readDocument } from '../docs/read-document.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const good = {
  origin: 'https://kentei.example',
  marketplace: 'https://market.example',
  'webhook-keys': '["whpk_AA=="]',
}
const folder = temporaryFolder()

const read = (args: Record<string, string>, env: Record<string, string> = {}, file?: string) =>
  readServiceSettings({ args, env, cwd: folder.path(), ...(file === undefined ? {} : { file }) })

/** What is said of settings that are wrong, a line each. */
const refusalOf = (...given: Parameters<typeof read>): Promise<string[]> =>
  read(...given).then(
    () => [],
    (problem: Error) => problem.message.split('\n'),
  )

describe('the settings of kentei serve', () => {
  it('come from the command line, then the environment, then a file', async () => {
    await folder.write(
      'kentei.env',
      '# where it is\nKENTEI_ORIGIN=https://file.example\nMARKETPLACE_ISSUER="of the file"\nKENTEI_PROXY_HOPS=2\nLIBSQL_URL=libsql://kentei.turso.example\n',
    )
    const env = { KENTEI_ORIGIN: 'https://env.example', MARKETPLACE_ISSUER: 'market', KENTEI_LISTEN: '0.0.0.0:80' }
    expect(await read({ ...good, data: '/var/kentei' }, env, 'kentei.env')).toMatchObject({
      listen: { host: '0.0.0.0', port: 80 },
      proxyHops: 2,
      tenants: [
        {
          environment: { KENTEI_ORIGIN: 'https://kentei.example', MARKETPLACE_ISSUER: 'market' },
          dataFolder: '/var/kentei',
          examsFolder: folder.path('exams'),
          remoteDatabase: { url: 'libsql://kentei.turso.example' },
        },
      ],
    })
  })

  it('trust no proxy and lie in the folder beside unless told otherwise, and an empty variable tells nothing', async () => {
    expect(await read(good, { KENTEI_PROXY_HOPS: '', MARKETPLACE_BRAND: '', LIBSQL_URL: '' })).toMatchObject({
      listen: { host: '127.0.0.1', port: 8_787 },
      proxyHops: 0,
      tenants: [{ dataFolder: folder.path('.data'), remoteDatabase: undefined }],
    })
  })

  it('are each named with what they have to be where they are missing', async () => {
    expect(await refusalOf({})).toEqual([
      expect.stringMatching(/^--origin \(KENTEI_ORIGIN\) is missing: an origin such as.*operate\.md#settings\)$/),
      expect.stringMatching(/^--marketplace \(MARKETPLACE_ORIGIN\) is missing: an origin such as/),
      expect.stringMatching(/^--webhook-keys \(MARKETPLACE_WEBHOOK_KEYS\) is missing: a JSON list of keys/),
    ])
  })

  it.each([
    [{ origin: 'https://kentei.example/' }, {}, /^--origin \(KENTEI_ORIGIN\) is wrong: an origin/],
    [{ origin: 'http://kentei.example' }, {}, /^--origin \(KENTEI_ORIGIN\) is wrong: .*http on this machine alone/],
    [{ marketplace: 'market.example' }, {}, /^--marketplace \(MARKETPLACE_ORIGIN\) is wrong: an origin/],
    [{ 'webhook-keys': 'whsec_AA==' }, {}, /^--webhook-keys .* is wrong: a JSON list of keys/],
    [
      { subscribers: '[{"url":"https://market.example"}]' },
      {},
      /^--subscribers \(SUBSCRIBERS\) is wrong: a JSON list such as '\[\{"id"/,
    ],
    [{ operators: '<opr>' }, {}, /^--operators \(KENTEI_OPERATORS\) is wrong: ids of people/],
    [{ listen: 'kentei.example:80' }, {}, /^--listen \(KENTEI_LISTEN\) is wrong: an address of this machine/],
    [{ 'proxy-hops': 'one' }, {}, /^--proxy-hops \(KENTEI_PROXY_HOPS\) is wrong: how many proxies.*#proxy\)$/],
    [{}, { KENTEI_PROXY_HOPS: '-1' }, /^--proxy-hops \(KENTEI_PROXY_HOPS\) is wrong/],
    [{}, { LIBSQL_URL: 'http://db.example' }, /^LIBSQL_URL is wrong: an address such as libsql:.*#libsql\)$/],
    [{}, { MARKETPLACE_JWKS_URL: '/keys' }, /^MARKETPLACE_JWKS_URL is wrong: an address such as/],
    [{}, { MARKETPLACE_API: 'https://api.market.example/' }, /^MARKETPLACE_API is wrong: an address such as/],
    [
      {},
      { MARKETPLACE_BRAND: 'nowhere.json' },
      /^MARKETPLACE_BRAND is wrong: .*nowhere\.json cannot be read.*#brand\)$/,
    ],
    [{}, { MARKETPLACE_BRAND: '{"hue": 400}' }, /^MARKETPLACE_BRAND is wrong: MARKETPLACE_BRAND\.hue: degrees/],
    [{}, { KENTEI_DEMO_BANK: 'yes' }, /^KENTEI_DEMO_BANK is wrong: allowed/],
    [{}, { KENTEI_SECURITY_CONTACT: 'me' }, /^KENTEI_SECURITY_CONTACT is wrong: addresses/],
    [{}, { KENTEI_KEYS: '[]' }, /^KENTEI_KEYS is not taken here: keys and secrets lie in the data folder/],
  ])('are named where they are wrong, with the chapter: %o %o', async (args, env, said) => {
    const lines = await refusalOf({ ...good, ...args }, env)
    expect(lines).toEqual([expect.stringMatching(said)])
  })

  it('are named all at once, those of a file that are none among them, and none with its value', async () => {
    await folder.write('wrong.env', 'LIBSQL_URL=ftp://s3cret\nKENTEI_LISTN=s3cret\nMARKETPLACE_ORIGIN=s3cret\n')
    const lines = await refusalOf({ origin: 's3cret', 'proxy-hops': 's3cret' }, { SUBSCRIBERS: 's3cret' }, 'wrong.env')
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      '--origin',
      '--marketplace',
      '--webhook-keys',
      '--subscribers',
      'LIBSQL_URL',
      '--proxy-hops',
      'KENTEI_LISTN',
    ])
    expect(lines.join()).not.toContain('s3cret')
  })

  it('that lie in a file that is not there are refused', async () => {
    expect(await refusalOf(good, {}, 'none.env')).toEqual([
      expect.stringMatching(/none\.env cannot be read \(ENOENT\)/),
    ])
  })

  it.each(LANGUAGES)(
    'stand in a table of the manual, and so do the chapters that they lead to: %s',
    async (language) => {
      const manual = await readDocument(`src/docs/${language}/operate.md`)
      const names = manual.tables('settings')[0]?.map(([cell = '']) => cell.replace('（', ' (').replace('）', ')'))
      expect(names?.map((name) => name.split(' ')[0]).toSorted()).toEqual(Object.keys(serviceSettings).sort())
      for (const [name, { option, section = 'operate.md#settings' }] of Object.entries(serviceSettings)) {
        if (option) expect(names).toContain(`${name} (--${option})`)
        const [file, anchor] = section.split('#')
        expect((await readDocument(`src/docs/${language}/${file}`)).anchors).toContain(anchor)
      }
    },
  )

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
    const fake = fakeTerminal(folder.path)
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
