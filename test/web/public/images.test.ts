import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unbakePng } from '../../../src/credential/baked-badge.ts'
import type { CredentialStatus } from '../../../src/credential/credential-status.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { createPress } from '../../../src/web/public/image-routes.ts'
import { publicWorld } from '../../support/public-world.ts'
import { dayAfter } from '../../support/sample-credential.ts'

let open: Awaited<ReturnType<typeof publicWorld>>
let folder: string
beforeAll(async () => {
  open = await publicWorld()
  folder = await mkdtemp(join(tmpdir(), 'kentei-images-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const get = async (path: string, headers: Record<string, string> = {}) =>
  open.app.request(`https://kentei.example/credentials/${path}`, { headers })
const bytesOf = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer())
const become = async (to: CredentialStatus) =>
  changeStatusStatement(open.world.db, { id: open.id, to, cause: 'operator', at: dayAfter })
const isThere = (tool: string) => spawnSync(tool, ['--version']).error === undefined

/** Share of pixels with a strong colour of their own: a grey picture has next to none. */
function colourfulness(png: Uint8Array): number {
  const { data, width, height } = decode(png)
  let colourful = 0
  for (let i = 0; i < data.length; i += 4) {
    const pixel = [...data.slice(i, i + 3)]
    if (data[i + 3] === 255 && Math.max(...pixel) - Math.min(...pixel) > 60) colourful++
  }
  return colourful / (width * height)
}

describe('the badge as PNG', () => {
  it('is a square of 600 pixels that carries the signed credential', async () => {
    const png = await bytesOf(`${open.id}.png`)
    expect(decode(png, { checkCrc: true })).toMatchObject({ width: 600, height: 600, channels: 4 })
    expect(unbakePng(png)).toBe(open.jwt)
  })

  it.runIf(isThere('pngcheck'))('has nothing that pngcheck would say', async () => {
    const file = join(folder, 'badge.png')
    await writeFile(file, await bytesOf(`${open.id}.png`))
    const said = execFileSync('pngcheck', ['-v', file], { encoding: 'utf8' })
    expect(said).toMatch(/chunk iTXt .*keyword: openbadgecredential\s+uncompressed, no language tag/)
    expect(said).toContain('No errors detected')
  })

  it('is drawn once, and not sent to whoever has it, until its state changes', async () => {
    const first = await get(`${open.id}.png`)
    const etag = first.headers.get('etag') as string
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'no-cache',
    ])
    expect((await get(`${open.id}.png`, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
    await become('suspended')
    const changed = await get(`${open.id}.png`, { 'if-none-match': etag })
    await become('active')
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
    expect((await get(`${open.id}.png`, { 'if-none-match': etag })).status).toBe(304)
  })

  it('speaks the language asked for', async () => {
    expect(await bytesOf(`${open.id}.png?lang=en`)).not.toEqual(await bytesOf(`${open.id}.png?lang=ja`))
  })
})

describe.each(['.png', '/share.png'])('%s', (form) => {
  it('loses its colour with its validity', async () => {
    const valid = colourfulness(await bytesOf(`${open.id}${form}`))
    const ended: number[] = []
    for (const status of ['suspended', 'revoked', 'expired'] as const) {
      open = await publicWorld()
      await become(status)
      ended.push(colourfulness(await bytesOf(`${open.id}${form}`)))
    }
    open = await publicWorld()
    // the stamp keeps its vermilion
    for (const share of ended) expect([share > 0.002, share < valid / 3]).toEqual([true, true])
  })

  it('is of no credential that there is not', async () => {
    expect((await get(`crd_none${form}`)).status).toBe(404)
  })
})

describe('the badge as SVG', () => {
  it('names no font, asks for nothing, runs nothing', async () => {
    const svg = new TextDecoder().decode(await bytesOf(`${open.id}.svg`))
    expect(svg).not.toMatch(/<text|font-family|<script|href|style=|url\(|<image|foreignObject/)
    expect(svg).toContain(`<openbadges:credential verify="${open.jwt}"/>`)
  })

  it.runIf(isThere('xmllint'))('is well-formed XML', async () => {
    const file = join(folder, 'badge.svg')
    await writeFile(file, await bytesOf(`${open.id}.svg`))
    expect(execFileSync('xmllint', ['--noout', file], { encoding: 'utf8' })).toBe('')
  })
})

describe('the image beside a link', () => {
  it('has the size that sites agree on, and may be kept for a while', async () => {
    const response = await get(`${open.id}/share.png?lang=en`)
    expect(decode(new Uint8Array(await response.arrayBuffer()))).toMatchObject({ width: 1_200, height: 630 })
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  })

  it('is named by the page, without the holder', async () => {
    const head = (
      (await (await get(`${open.id}?lang=en`, { accept: 'text/html' })).text()).match(/<head>.*<\/head>/s) as string[]
    )[0] as string
    expect(head).toContain(
      `<meta property="og:image" content="https://kentei.example/credentials/${open.id}/share.png?lang=en"/>`,
    )
    expect(head).toContain('<meta property="og:title" content="Business Administration, Grade 3"/>')
    expect(head).toContain('<meta name="twitter:card" content="summary_large_image"/>')
    expect(head).not.toContain('みなと')
  })
})

it('pictures that nobody has drawn yet are so many a minute for everybody together', () => {
  const press = createPress()
  const waits = Array.from({ length: 121 }, (_, n) => press.waitFor(`picture ${n}`, `caller ${n % 10}`, dayAfter))
  expect([Math.max(...waits.slice(0, 120)), waits[120]]).toEqual([0, 60])
  expect(press.waitFor('picture', 'caller 0', instant(dayAfter + 60_000))).toBe(0)
})

it('who asks for one new picture after the other leaves three quarters of them to everybody else', () => {
  const press = createPress()
  const waits = Array.from({ length: 31 }, (_, n) => press.waitFor(`picture ${n}`, 'one', dayAfter))
  expect([Math.max(...waits.slice(0, 30)), waits[30]]).toEqual([0, 60])
  expect(press.waitFor('another picture', 'two', dayAfter)).toBe(0)
})

it('callers whose network is not known share the pictures of all, and not those of one', () => {
  const press = createPress()
  const waits = Array.from({ length: 121 }, (_, n) => press.waitFor(`picture ${n}`, undefined, dayAfter))
  expect([Math.max(...waits.slice(0, 120)), waits[120]]).toEqual([0, 60])
})
