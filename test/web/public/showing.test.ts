import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkNames } from '../../../src/verify/reasons.ts'
import { badgeScript } from '../../../src/web/assets.ts'
import { linkedInUrl } from '../../../src/web/ui/share/profile-fields.tsx'
import { showingWorld } from '../../support/showing-world.ts'
import { textOfHtml } from '../../support/text-of-html.ts'

let open: Awaited<ReturnType<typeof showingWorld>>
beforeAll(async () => {
  open = await showingWorld()
})
afterAll(() => open.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(open.origin + path, { headers })
const page = async (path: string) => (await get(path, { accept: 'text/html' })).text()
const oembed = async (address: string, more = '') => get(`/oembed?url=${encodeURIComponent(address)}${more}`)
const described = async (address: string, more = '') =>
  (await (await oembed(address, more)).json()) as Record<string, string | number>

describe('a picture of a badge', () => {
  it('loads on any page, sets no cookie, and is asked for anew each time', async () => {
    const { headers } = await get('/credentials/crd_valid.svg')
    expect(
      Object.fromEntries(
        ['access-control-allow-origin', 'cross-origin-resource-policy', 'cache-control', 'set-cookie'].map((name) => [
          name,
          headers.get(name),
        ]),
      ),
    ).toEqual({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
      'set-cookie': null,
    })
  })

  it('is a download only for whoever asks for one', async () => {
    expect((await get('/credentials/crd_valid.svg')).headers.get('content-disposition')).toBeNull()
    for (const form of ['png', 'svg', 'jwt', 'json']) {
      expect((await get(`/credentials/crd_valid.${form}?download`)).headers.get('content-disposition')).toBe(
        `attachment; filename="business-admin-crd_valid.${form}"`,
      )
    }
  })
})

describe('a frame', () => {
  it('says in its own form that there is no such certificate', async () => {
    const response = await get('/embed/crd_none', { accept: 'text/html' })
    expect([
      response.status,
      response.headers.get('content-security-policy')?.includes('frame-ancestors *'),
      (await response.text()).includes('証明書が見つかりません'),
    ]).toEqual([404, true, true])
  })

  it('does not look valid when the record cannot be read', async () => {
    const failing = vi.spyOn(open.world.db, 'select').mockImplementation(() => {
      throw new Error('down')
    })
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const response = await get('/embed/crd_valid', { accept: 'text/html' })
    failing.mockRestore()
    silent.mockRestore()
    expect([response.status, (await response.text()).includes('いまは確認できません')]).toEqual([503, true])
  })
})

describe('oEmbed', () => {
  it('knows every address of a certificate, and its language', async () => {
    for (const path of [
      '/credentials/crd_valid?lang=en',
      '/credentials/crd_valid.svg?lang=en',
      '/embed/crd_valid?lang=en',
    ])
      expect(await described(open.origin + path)).toMatchObject({
        version: '1.0',
        type: 'rich',
        title: 'Business Administration, Grade 3',
        width: 320,
        height: 112,
        cache_age: 3_600,
      })
  })

  it('names itself on the page, in its head and in its header', async () => {
    const response = await get('/credentials/crd_valid?lang=en', { accept: 'text/html' })
    const [, address] =
      /<([^>]+)>; rel="alternate"; type="application\/json\+oembed"/.exec(response.headers.get('link') ?? '') ?? []
    const [head] = (await response.text()).split('</head>')
    expect(head).toContain(`<link rel="alternate" type="application/json+oembed" href="${address}"`)
    expect(((await (await fetch(address as string)).json()) as { html: string }).html).toContain(
      '/embed/crd_valid?lang=en',
    )
  })

  it.each([
    ['&maxwidth=250', 'rich', 250, 112],
    ['&maxwidth=900&maxheight=900', 'rich', 320, 112],
    ['&maxheight=90', 'rich', 320, 90],
    ['&maxwidth=100', 'photo', 100, 116],
    ['&maxheight=50', 'photo', 42, 50],
    ['&maxwidth=0&maxheight=x', 'rich', 320, 112],
  ])('stays within %s', async (more, type, width, height) =>
    expect(await described(`${open.origin}/credentials/crd_valid`, more)).toMatchObject({ type, width, height }),
  )

  it('gives no thumbnail larger than there is room for', async () => {
    const { thumbnail_width, thumbnail_height } = await described(
      `${open.origin}/credentials/crd_valid`,
      '&maxheight=100',
    )
    expect([thumbnail_width, thumbnail_height]).toEqual([85, 100])
  })

  it('is 404 for what is not here, and 501 for XML', async () => {
    for (const address of [
      '',
      'nonsense',
      'https://other.example/credentials/crd_valid',
      `${open.origin}/credentials/crd_none`,
      `${open.origin}/exams/crd_valid`,
      `${open.origin}/credentials/crd_valid.exe`,
    ])
      expect((await oembed(address)).status, address).toBe(404)
    expect((await oembed(`${open.origin}/credentials/crd_valid`, '&format=xml')).status).toBe(501)
  })
})

describe('the live state', () => {
  it('tells the verdict, and neither holder nor score', async () => {
    const response = await get('/api/credentials/crd_revoked?lang=en')
    const answer = (await response.json()) as Record<string, unknown>
    expect([response.headers.get('access-control-allow-origin'), response.headers.get('cache-control')]).toEqual([
      '*',
      'no-store',
    ])
    expect(answer).toMatchObject({
      verdict: 'revoked',
      name: 'Business Administration, Grade 3',
      level: 3,
      url: `${open.origin}/credentials/crd_revoked`,
    })
    expect(Object.keys(answer).sort()).toEqual([
      'checkedAt',
      'exam',
      'id',
      'image',
      'issuedAt',
      'level',
      'name',
      'statusChangedAt',
      'url',
      'validUntil',
      'verdict',
    ])
    expect((await get('/api/credentials/crd_none')).status).toBe(404)
  })
})

describe('the badge element', () => {
  it('is a module of less than 3 KB, for any site, at an address that stays', async () => {
    expect(gzipSync(badgeScript.body).length).toBeLessThan(3_000)
    expect((await get('/kentei-badge.js')).headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('the verification page', () => {
  it('gives three commands that check the certificate without it', async () => {
    const html = await page('/credentials/crd_valid')
    const text = /id="commands"[^>]*>([^]*?)<\/pre>/.exec(html)?.[1] ?? ''
    const commands = textOfHtml(text)
    const cwd = await mkdtemp(join(tmpdir(), 'kentei-proof-'))
    const run = async (lines: string) =>
      (
        await promisify(execFile)('bash', ['-ec', lines], {
          cwd,
          env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
        })
      ).stdout
    expect(await run(commands)).toBe('true\n0\n')
    await open.set('crd_valid', 'revoked')
    expect(await run(commands)).toBe('true\n1\n')
    await open.set('crd_valid', 'active')
    const forged = commands.replace('-o badge.jwt', "| sed 's/\\.e/.f/' > badge.jwt")
    expect(await run(forged)).toBe('false\n0\n')
    await rm(cwd, { recursive: true })
  })

  it('says of every check how it came out, also of those that were not reached', async () => {
    const html = await page('/credentials/crd_blocked?lang=en')
    expect(html.match(/<ol class="checks">[^]*?<\/ol>/)?.[0].match(/<li>/g)).toHaveLength(checkNames.length)
    expect(html).toContain('Not checked, since an earlier check did not pass.')
  })

  it('links the key and the list by their own addresses', async () => {
    const html = await page('/credentials/crd_valid')
    const [, key] = /href="(http[^"]*\/keys\/[^"]+)"/.exec(html) ?? []
    expect((await fetch(key as string)).status).toBe(200)
    expect(html).toContain(`href="${open.origin}/status/3"`)
  })

  it('offers the document for wallets where one can be made', async () => {
    const link = 'crd_valid.vc.json?download'
    const html = await page('/credentials/crd_valid')
    expect(html).toContain(link)
    // the experts' part has every form by the document itself
    const part = html.match(/aria-labelledby="token-heading"[^]*?<\/section>/)?.[0] ?? ''
    expect([...part.matchAll(/href="[^"]*crd_valid\.([a-z.]+)\?download/g)].map(([, form]) => form)).toEqual([
      'png',
      'svg',
      'jwt',
      'json',
      'vc.json',
    ])
    const { headers } = await get(`/credentials/${link}`)
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'application/vc',
      'attachment; filename="business-admin-crd_valid.vc.json"',
    ])
  })

  it('looks like nothing valid where there is no certificate', async () => {
    const html = await page('/credentials/crd_none')
    expect(html).toContain('class="verdict off"')
    expect(html).toContain('何の証明にもなりません')
  })
})

it('LinkedIn gets the months in Japan, counted from 1', () => {
  const at = (text: string) => Date.parse(text)
  const url = new URL(
    linkedInUrl({
      name: 'A & B',
      organisation: 'Kentei',
      issuedAt: at('2026-12-31T15:00:00Z'),
      validUntil: at('2028-12-31T14:59:59Z'),
      id: 'crd_1',
      url: 'https://k.example/credentials/crd_1',
    }),
  )
  expect(url.origin + url.pathname).toBe('https://www.linkedin.com/profile/add')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    startTask: 'CERTIFICATION_NAME',
    name: 'A & B',
    organizationName: 'Kentei',
    issueYear: '2027',
    issueMonth: '1',
    expirationYear: '2028',
    expirationMonth: '12',
    certUrl: 'https://k.example/credentials/crd_1',
    certId: 'crd_1',
  })
})

it('the guide’s oEmbed example prints the frame', async () => {
  const { stdout } = await promisify(execFile)('bash', [
    'src/docs/examples/oembed.sh',
    `${open.origin}/credentials/crd_valid`,
  ])
  expect(stdout).toMatch(/^<iframe src="[^"]+\/embed\/crd_valid[^"]*"[^>]* width="280"/)
})
