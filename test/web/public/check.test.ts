import { crc32, deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { bakePng, unbakePng } from '../../../src/credential/baked-badge.ts'
import { generateKey, openKeyRing } from '../../../src/credential/keys.ts'
import { signCredential } from '../../../src/credential/sign-credential.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { processorMs } from '../../support/processor-time.ts'
import { publicWorld } from '../../support/public-world.ts'
import { dayAfter, input } from '../../support/sample-credential.ts'

let open: Awaited<ReturnType<typeof publicWorld>>
/** The badge as it is given out. */
let badge: { readonly png: Uint8Array<ArrayBuffer>; readonly svg: string }

const ORIGIN = 'https://kentei.example'
const bytesOf = async (path: string) => new Uint8Array(await (await open.app.request(`${ORIGIN}${path}`)).arrayBuffer())

beforeAll(async () => {
  open = await publicWorld()
  badge = {
    png: await bytesOf(`/credentials/${open.id}.png`),
    svg: new TextDecoder().decode(await bytesOf(`/credentials/${open.id}.svg`)),
  }
})

async function check(asked: { text?: string; file?: Uint8Array<ArrayBuffer> | string }, lang = 'ja') {
  const form = new FormData()
  form.set('certificate', asked.text ?? '')
  if (asked.file !== undefined) form.set('image', new File([asked.file], 'badge'))
  const response = await open.app.request(`${ORIGIN}/check?lang=${lang}`, { method: 'POST', body: form })
  const html = await response.text()
  return {
    status: response.status,
    to: response.headers.get('location')?.replace(/\?.*/, ''),
    html,
    said: /id="outcome">(.*?)<\/div>/s.exec(html)?.[1]?.replaceAll(/<[^>]+>/g, ' ') ?? '',
  }
}
const found = () => ({ status: 303, to: `/credentials/${open.id}` })

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}
/** The badge without its credential, with other chunks behind its header. */
function withChunks(...chunks: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const bare = Buffer.from(badge.png)
  const at = 8 + 25
  const length = bare.readUInt32BE(at)
  expect(bare.toString('latin1', at + 4, at + 8)).toBe('iTXt')
  return new Uint8Array(Buffer.concat([bare.subarray(0, at), ...chunks, bare.subarray(at + 12 + length)]))
}
const keyword = 'openbadgecredential'

describe('a certificate is found by', () => {
  it.each([
    ['its number', (id: string) => id],
    ['its number with blanks', (id: string) => `  ${id.slice(0, 7)} ${id.slice(7)}　\n`],
    [
      'its number in full width',
      (id: string) => id.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ['its number as a phone begins it', (id: string) => id.replace('crd_', 'Crd_')],
    ['its number in brackets', (id: string) => `「${id}」`],
    ['its address', (id: string) => `${ORIGIN}/credentials/${id}`],
    ['its address in another language', (id: string) => `${ORIGIN}/credentials/${id}?lang=en#verdict`],
    ['its address without a scheme', (id: string) => `kentei.example/credentials/${id}`],
    ['its address with a trailing slash', (id: string) => `${ORIGIN}/credentials/${id}/`],
    ['the address of its picture', (id: string) => `${ORIGIN}/credentials/${id}.png`],
    ['the address of its print', (id: string) => `${ORIGIN}/credentials/${id}/print`],
    ['the address of its frame', (id: string) => `${ORIGIN}/embed/${id}?lang=ja`],
  ])('%s', async (_, write) => {
    expect(await check({ text: write(open.id) })).toMatchObject(found())
  })

  it('its signed document', async () => {
    expect(await check({ text: open.jwt })).toMatchObject(found())
  })

  it('its picture, PNG or SVG', async () => {
    expect(await check({ file: badge.png })).toMatchObject(found())
    expect(await check({ file: badge.svg })).toMatchObject(found())
  })

  it('its picture after it was revoked, and its page says so', async () => {
    const id = 'crd_taken' as const
    await open.issue({ id, status: { list: input.status.list, index: 4_711 } })
    const png = await bytesOf(`/credentials/${id}.png`)
    await changeStatusStatement(open.world.db, { id, to: 'revoked', cause: 'operator', at: dayAfter })
    expect(await check({ file: png })).toMatchObject({ status: 303, to: `/credentials/${id}` })
    const page = await open.app.request(`${ORIGIN}/credentials/${id}`, { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('取り消されています')
  })
})

describe('what is no certificate of ours is told as such:', () => {
  it('nothing', async () => {
    expect(await check({})).toMatchObject({ status: 422, said: expect.stringContaining('どれかを入れて') })
  })

  it.each([
    'こんにちは',
    'https://kentei.example/exams/business-admin',
    `${ORIGIN}/credentials/..%2fstaff`,
    'crd_',
    '<script>',
  ])('the text %s', async (text) => {
    const reply = await check({ text })
    expect(reply).toMatchObject({ status: 422, said: expect.stringContaining('読めません') })
    expect(reply.html).not.toContain('<script>')
  })

  it('an address of another host, by name and without a link to it', async () => {
    const reply = await check({ text: `https://kentei.example.evil.example/credentials/${open.id}` })
    expect(reply).toMatchObject({ status: 422, said: expect.stringContaining('kentei.example.evil.example') })
    expect(reply.html).not.toContain('href="https://kentei.example.evil')
  })

  it('a badge of another issuer, without asking anybody', async () => {
    const other = 'https://other.example'
    const ring = await openKeyRing(other, [await generateKey('credential')])
    const jwt = await signCredential({ ...input, issuer: { ...input.issuer, origin: other } }, ring)
    // the world has no network: a call would fail
    expect(await check({ file: new Uint8Array(bakePng(badge.png, jwt)) })).toMatchObject({
      status: 422,
      said: expect.stringContaining('other.example'),
    })
  })

  it('a badge with our name that we did not sign', async () => {
    const ring = await openKeyRing(ORIGIN, [await generateKey('credential')])
    const jwt = await signCredential(input, ring)
    for (const forged of [jwt, `${open.jwt.slice(0, -8)}AAAAAAAA`])
      expect(await check({ file: new Uint8Array(bakePng(badge.png, forged)) })).toMatchObject({
        status: 422,
        said: expect.stringContaining('記録と一致しません'),
      })
  })

  it('a picture without a credential, and what is no picture', async () => {
    expect(await check({ file: withChunks() })).toMatchObject({
      status: 422,
      said: expect.stringContaining('入っていません'),
    })
    for (const file of [
      badge.png.slice(0, 200),
      new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
      '%PDF-1.7',
      '<html></html>',
      '',
    ])
      expect(await check({ file })).toMatchObject({ status: 422 })
    expect(await check({ file: '%PDF-1.7' })).toMatchObject({ said: expect.stringContaining('画像として読めません') })
  })
})

describe('a hostile file is refused with a sentence:', () => {
  // what would be 400 MB, in 400 KB
  const bomb = deflateSync(Buffer.alloc(64 * 1_048_576))
  it.each([
    ['zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), bomb])],
    ['iTXt', Buffer.concat([Buffer.from(`${keyword}\0\x01\0\0\0`, 'latin1'), bomb])],
  ])('text that inflates without end, in a chunk %s, and is not inflated', async (type, data) => {
    const began = processorMs()
    expect(await check({ file: withChunks(chunk(type, data)) })).toMatchObject({
      status: 422,
      said: expect.stringContaining('圧縮された'),
    })
    expect(unbakePng(withChunks(chunk(type, data)))).toBeUndefined()
    expect(processorMs() - began).toBeLessThan(2_000)
  })

  it('a chunk that says it is longer than the file', async () => {
    const cut = Buffer.from(badge.png)
    cut.writeUInt32BE(0xffff_fff0, 33)
    expect(await check({ file: new Uint8Array(cut) })).toMatchObject({
      status: 422,
      said: expect.stringContaining('読めません'),
    })
  })

  it('two credentials in one picture', async () => {
    const text = chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${open.jwt}`, 'latin1'))
    expect(await check({ file: withChunks(text, text) })).toMatchObject({ said: expect.stringContaining('いくつも') })
    const element = /<openbadges:credential[^>]*>/.exec(badge.svg)?.[0] ?? ''
    expect(await check({ file: badge.svg.replace(element, element + element) })).toMatchObject({
      said: expect.stringContaining('いくつも'),
    })
  })

  it.each([
    ['a script', (svg: string) => svg.replace('</svg>', '<script>alert(1)</script></svg>')],
    ['a handler', (svg: string) => svg.replace('<svg ', '<svg onload="alert(1)" ')],
    ['entities', (svg: string) => `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${svg}`],
    ['a foreign page', (svg: string) => svg.replace('</svg>', '<foreignObject><p/></foreignObject></svg>')],
  ])('an SVG with %s', async (_, change) => {
    expect(await check({ file: change(badge.svg) })).toMatchObject({
      status: 422,
      said: expect.stringContaining('スクリプトなどを含むため'),
    })
  })

  it('one of many openings that belong to nothing, in no time', async () => {
    const began = processorMs()
    expect(await check({ file: `<svg>${'<openbadges:credential verify="'.repeat(30_000)}` })).toMatchObject({
      status: 422,
    })
    expect(await check({ file: `${'<!--'.repeat(100_000)}` })).toMatchObject({ status: 422 })
    expect(processorMs() - began).toBeLessThan(2_000)
  })
})

it('the page to check a certificate is one form without a script, in both languages', async () => {
  for (const [lang, title] of [
    ['ja', '証明書を確かめる'],
    ['en', 'Check a certificate'],
  ]) {
    const html = await (await open.app.request(`${ORIGIN}/check?lang=${lang}`)).text()
    expect(html).toContain(`<h1 id="check">${title}</h1>`)
    expect(html).toMatch(/<form[^>]*enctype="multipart\/form-data"/)
    expect(html).not.toMatch(/<script|undefined|\[object/)
  }
})

it('whoever checks too many certificates in a minute is asked to wait, and keeps what was typed', async () => {
  const fresh = await publicWorld()
  const post = () => {
    const body = new FormData()
    body.set('certificate', 'crd_none')
    return fresh.app.request(`${ORIGIN}/check`, { method: 'POST', body })
  }
  let response = await post()
  for (let i = 0; i < 60; i++) response = await post()
  const html = await response.text()
  expect([response.status, html.includes('value="crd_none"')]).toEqual([429, true])
})
