import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { readServiceSettings } from '../../src/cli/read-service-settings.ts'
import { serviceSettings } from '../../src/cli/service-settings.ts'
import { ALARMS } from '../../src/flows/read-alarms.ts'
import { Metrics } from '../../src/node/metrics.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { LANGUAGES, readDocument } from './read-document.ts'

// The files of the operator's manual, by the tools that they are for, where those are installed.

const EXAMPLES = 'src/docs/examples'
const isThere = (path: string): boolean => {
  if (!existsSync(path)) console.warn(`NOT RUN: what ${path} has to say of the manual's files, as it is not installed`)
  return existsSync(path)
}
const folder = temporaryFolder('all tests')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<'summary' | 'runbook_url', string>>
}
/** Values by the name and the labels of what has them. */
type Series = Readonly<Record<string, string>>

describe('the rules for Prometheus', () => {
  const rules = async () => {
    const { groups } = parse(await readFile(`${EXAMPLES}/alerts.yml`, 'utf8')) as {
      groups: { rules: Rule[] }[]
    }
    return groups.flatMap((group) => group.rules)
  }

  it('ask for metrics that there are', async () => {
    const metrics = new Metrics()
    metrics.of(undefined).watch({
      state: async () => undefined,
      now: () => 0,
      keys: () => [],
      machine: async () => ({ sweepAgeSeconds: 1 }),
    })
    const { text } = await metrics.text()
    const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name)
    const asked = (await rules()).flatMap(({ expr }) => expr.match(/\bkentei_\w+/g) ?? [])
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.filter((name) => !families.includes(name.replace(/_(bucket|total)$/, '')))).toEqual([])
  })

  it('fire where the list of the staff pages begins to say so, and lead to the same chapters', async () => {
    const exprs = (await rules()).map(({ expr, annotations }) => `${expr} ${annotations.runbook_url}`)
    for (const { over, chapter } of Object.values(ALARMS)) {
      const bound = over >= 86_400 ? `${over / 86_400} * 86400` : String(over)
      expect(exprs.filter((expr) => expr.includes(`> ${bound} `) && expr.endsWith(`/docs/${chapter}`))).toHaveLength(1)
    }
  })

  it.each(LANGUAGES)('lead to chapters of the manual: %s', async (language) => {
    for (const { alert, annotations } of await rules()) {
      const [, page, anchor] = /\/docs\/(\w+)#(\S+)$/.exec(annotations.runbook_url) ?? []
      const { anchors } = await readDocument(`src/docs/${language}/${page}.md`)
      expect(anchors, alert).toContain(anchor)
    }
  })

  it.skipIf(!isThere('/usr/bin/promtool'))('are rules to Prometheus', () => {
    expect(execFileSync('promtool', ['check', 'rules', `${EXAMPLES}/alerts.yml`], { encoding: 'utf8' })).toContain(
      'SUCCESS',
    )
  })

  /** What is scraped each minute of an hour where the alert fires, and where it does not, in Prometheus's notation. */
  const scraped: Readonly<Record<string, { fires: Series; quiet: Series }>> = {
    KenteiDown: { fires: { 'up{job="kentei"}': '0x60' }, quiet: { 'up{job="kentei"}': '1x58 0 1' } },
    KenteiDatabaseUnreadable: { fires: { kentei_database_up: '0x60' }, quiet: { kentei_database_up: '1x60' } },
    KenteiSweepLate: { fires: { kentei_sweep_age_seconds: '0+60x60' }, quiet: { kentei_sweep_age_seconds: '59x60' } },
    KenteiDestinationDown: {
      fires: { 'kentei_outbox_oldest_seconds{destination="marketplace"}': '0+60x60' },
      quiet: { 'kentei_outbox_oldest_seconds{destination="marketplace"}': '880x60' },
    },
    KenteiDeadMessages: {
      fires: { 'kentei_outbox_messages{destination="marketplace",status="dead"}': '0x59 1' },
      quiet: {
        'kentei_outbox_messages{destination="marketplace",status="dead"}': '0x60',
        'kentei_outbox_messages{destination="marketplace",status="held"}': '7x60',
      },
    },
    KenteiSavesSlow: {
      fires: {
        'kentei_request_seconds_bucket{act="save",le="1"}': '0+98x60',
        'kentei_request_seconds_bucket{act="save",le="2.5"}': '0+100x60',
        'kentei_request_seconds_bucket{act="save",le="+Inf"}': '0+100x60',
      },
      quiet: {
        'kentei_request_seconds_bucket{act="save",le="1"}': '0+998x60',
        'kentei_request_seconds_bucket{act="save",le="2.5"}': '0+1000x60',
        'kentei_request_seconds_bucket{act="save",le="+Inf"}': '0+1000x60',
        'kentei_request_seconds_bucket{act="submit",le="1"}': '0+1x60',
        'kentei_request_seconds_bucket{act="submit",le="+Inf"}': '0+100x60',
      },
    },
    KenteiDiskNearlyFull: {
      fires: { kentei_disk_taken_ratio: '0.91x60' },
      quiet: { kentei_disk_taken_ratio: '0.89x60' },
    },
    KenteiDatabaseNearlyFull: {
      fires: { kentei_database_used_ratio: '0.91x60' },
      quiet: { kentei_database_used_ratio: '0.89x60' },
    },
    KenteiKeyNearRotation: {
      fires: { 'kentei_key_age_seconds{use="credential"}': `${330 * 86_400}+60x60` },
      quiet: { 'kentei_key_age_seconds{use="credential"}': `${329 * 86_400}+60x60` },
    },
    KenteiStatusListNearlyFull: {
      fires: { kentei_status_list_filled_ratio: '0.77x60' },
      quiet: { kentei_status_list_filled_ratio: '0.755x60' },
    },
    KenteiClockOff: {
      fires: { kentei_clock_ahead_seconds: '-5x60' },
      quiet: { kentei_clock_ahead_seconds: '3x55 9 3x5' },
    },
    KenteiBackupOld: {
      fires: { kentei_backup_age_seconds: `${2 * 86_400}+60x60` },
      quiet: { kentei_backup_age_seconds: `${86_400}+60x60` },
    },
  }

  it('are tried one by one, when they are to fire and when not', async () => {
    expect((await rules()).map(({ alert }) => alert).sort()).toEqual(Object.keys(scraped).sort())
  })

  it.skipIf(!isThere('/usr/bin/promtool'))('fire when they are to, and else none does', async () => {
    const tests = (await rules()).flatMap(({ alert, annotations, labels }) => {
      const at = (series: Series, expected: object[]) => ({
        name: `${alert}, ${expected.length}`,
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [{ eval_time: '1h', alertname: alert, exp_alerts: expected }],
      })
      const { fires, quiet } = scraped[alert] ?? { fires: {}, quiet: {} }
      const of = Object.fromEntries(
        [...(Object.keys(fires)[0] ?? '').matchAll(/(\w+)="(.*?)"/g)].map(([, name = '', value = '']) => [name, value]),
      )
      const { act, le, ...kept } = of
      const said = Object.fromEntries(
        Object.entries(annotations).map(([name, text]) => [
          name,
          text.replace(/\{\{ [$]labels[.](\w+) \}\}/g, (_, label) => of[label] ?? ''),
        ]),
      )
      return [at(fires, [{ exp_labels: { ...labels, ...kept }, exp_annotations: said }]), at(quiet, [])]
    })
    await folder.write('tests.yml', JSON.stringify({ rule_files: [resolve(`${EXAMPLES}/alerts.yml`)], tests }))
    expect(execFileSync('promtool', ['test', 'rules', folder.path('tests.yml')], { encoding: 'utf8' })).toContain(
      'SUCCESS',
    )
  })
})

it('the file of settings is one that the service takes', async () => {
  const settings = await readServiceSettings({
    args: {},
    env: {},
    cwd: '/',
    file: `${process.cwd()}/${EXAMPLES}/kentei.env`,
  })
  expect(settings).toMatchObject({
    proxyHops: 1,
    metricsListen: { port: 9_464 },
    tenants: [{ examsFolder: '/etc/kentei/exams' }],
  })
})

it('the container is told by settings that there are, and runs what the build makes', async () => {
  const text = await readFile(`${EXAMPLES}/Containerfile`, 'utf8')
  const [, env = ''] = /^ENV ([\s\S]*?[^\\])\n[A-Z]/m.exec(text) ?? []
  const names = [...env.matchAll(/(\w+)=/g)].map(([, name = '']) => name).filter((name) => name !== 'PATH')
  expect(names.length).toBeGreaterThan(2)
  expect(names.filter((name) => !(name in serviceSettings))).toEqual([])
  expect(text).toContain('"dist/kentei.mjs", "serve"')
})

describe.skipIf(!isThere('/usr/bin/systemd-analyze'))('the unit of systemd', () => {
  it('is one, and leaves the service little to break', async () => {
    const unit = (await readFile(`${EXAMPLES}/kentei.service`, 'utf8')).replace(
      /^ExecStart=\S+ \S+/m,
      `ExecStart=${process.execPath} /opt/kentei/dist/kentei.mjs`,
    )
    await folder.write('kentei.service', unit)
    const path = folder.path('kentei.service')
    expect(execFileSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8', stdio: 'pipe' })).toBe('')
    const said = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', path], {
      encoding: 'utf8',
    })
    const [, exposure = '10'] = /Overall exposure level for .*: ([\d.]+)/.exec(said) ?? []
    expect(Number(exposure)).toBeLessThan(2)
  })
})

describe.skipIf(!isThere('/usr/sbin/nginx') || !isThere('/usr/bin/openssl'))('nginx before the service', () => {
  const open: (() => void)[] = []
  afterAll(() => {
    for (const close of open) close()
  })

  it('ends TLS, speaks HTTP/2, says who asks, and lets a page through while it is written', async () => {
    let page: ServerResponse | undefined
    const seen: Record<string, unknown>[] = []
    const service = createServer((request, response) => {
      seen.push(request.headers)
      response.write('first ')
      page = response
    }).listen(0, '127.0.0.1')
    open.push(() => service.close())
    await vi.waitUntil(() => service.listening)
    const port = await freePort()
    const own = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=kentei.example']
    execFileSync('openssl', [...own, '-keyout', folder.path('key.pem'), '-out', folder.path('cert.pem')], {
      stdio: 'ignore',
    })
    const [https = ''] = (await readFile(`${EXAMPLES}/nginx.conf`, 'utf8')).split(/^server \{\n {2}listen 80;/m)
    const config = https
      .replaceAll('127.0.0.1:8787', `127.0.0.1:${(service.address() as AddressInfo).port}`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace(/^ *listen \[::\].*$/m, '')
      .replace('/etc/ssl/kentei.pem', folder.path('cert.pem'))
      .replace('/etc/ssl/kentei.key', folder.path('key.pem'))
    await folder.write(
      'nginx.conf',
      `daemon off; pid ${folder.path('nginx.pid')}; error_log stderr; events {}
http { access_log off; client_body_temp_path ${folder.path('body')}; proxy_temp_path ${folder.path('proxy')};
fastcgi_temp_path ${folder.path('f')}; uwsgi_temp_path ${folder.path('u')}; scgi_temp_path ${folder.path('s')};
${config} }`,
    )
    const nginx = spawn('/usr/sbin/nginx', ['-c', folder.path('nginx.conf'), '-e', 'stderr'], { stdio: 'ignore' })
    open.push(() => nginx.kill())
    await vi.waitUntil(() => existsSync(folder.path('nginx.pid')), { timeout: 60_000 })

    const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, servername: 'kentei.example' })
    open.push(() => session.destroy())
    const stream = session.request({
      ':path': '/exams',
      ':authority': 'kentei.example',
      'x-forwarded-for': '198.51.100.1',
    })
    let text = ''
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
    // the service has not ended its answer, and will not before this has come
    await vi.waitUntil(() => text === 'first ', { timeout: 60_000 })
    page?.end('last')
    await vi.waitUntil(() => text === 'first last', { timeout: 60_000 })
    expect(seen[0]).toMatchObject({
      host: 'kentei.example',
      'x-forwarded-for': '198.51.100.1, 127.0.0.1',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })
})
