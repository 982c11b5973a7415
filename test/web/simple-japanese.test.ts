import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marks } from '../../src/platform/words/readings.ts'
import { pass, type Sitting, sit, submit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
let passed: Sitting & { readonly credential: string }
let open: Sitting
let failed: Sitting
beforeAll(async () => {
  w = await fixedWorld()
  passed = await pass(w, 'w-1')
  open = await sit(w, 'w-2')
  failed = await sit(w, 'w-3')
  await submit(w, failed)
})
afterAll(() => w.close())

interface Asking {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

const page = (path: string, { token, headers }: Asking = {}) =>
  w.call('GET', path, { headers: { accept: 'text/html', ...headers }, ...(token ? { token } : {}) })
const inSimple = (path: string, token?: string) =>
  page(`${path}${path.includes('?') ? '&' : '?'}lang=ja-simple`, token ? { token } : {})
const picked = { cookie: 'lang=ja-simple' }
const tagOf = ({ text }: { text: string }) => /<html lang="([^"]*)"/.exec(text)?.[1]

/** Pages by what they are, with whose they are. */
const pages: Readonly<Record<string, () => readonly [path: string, token?: string]>> = {
  'the front door': () => ['/'],
  'the catalogue': () => ['/', failed.token],
  'an exam': () => ['/exams/tiny'],
  'an exam to start': () => ['/exams/tiny', failed.token],
  'the records': () => ['/records', passed.token],
  'the certificates': () => ['/certificates', passed.token],
  'a paper': () => [`/attempts/${open.id}`, open.token],
  'the review of a paper': () => [`/attempts/${open.id}/review`, open.token],
  'a result that is a pass': () => [`/attempts/${passed.id}/result`, passed.token],
  'a result that is none': () => [`/attempts/${failed.id}/result`, failed.token],
  'a certificate': () => [`/credentials/${passed.credential}`],
  'no certificate': () => ['/credentials/crd_none'],
  'a concern': () => [`/credentials/${passed.credential}/concern`],
  'the check of certificates': () => ['/check'],
  'how exams are passed': () => ['/about/pass-score'],
  'what is recorded': () => ['/about/privacy'],
  'no page': () => ['/none'],
  'no session': () => ['/records'],
}

describe('a page in simple Japanese', () => {
  it.each(Object.entries(pages))('%s says so, and has its readings above its words', async (_, of) => {
    const reply = await inSimple(...of())
    expect(tagOf(reply)).toBe('ja-simple')
    expect(reply.text).toMatch(/<ruby>[^<]+<rp>（<rt aria-hidden=true>[ぁ-ゖ]+<rp>）<\/ruby>/)
    const left = Object.values(marks).flatMap((mark) => [mark, encodeURIComponent(mark)])
    expect(left.filter((mark) => reply.text.includes(mark))).toEqual([])
  })

  it('is one of three that the switch of a page leads to', async () => {
    const { text } = await page('/exams/tiny')
    const offered = [...text.matchAll(/<a [^>]*hreflang="([^"]*)"[^>]*>/g)].map(([, tag]) => tag)
    expect(new Set(offered)).toEqual(new Set(['en', 'ja-simple']))
    expect(text).toContain('やさしい日本語')
  })

  it('tells that the exam itself is in ordinary Japanese', async () => {
    expect((await inSimple('/exams/tiny')).text).toMatch(/ふつうの<wbr><ruby>日本語/)
    expect((await page('/exams/tiny?lang=ja')).text).not.toContain('ふつうの日本語')
  })

  it('has its paper in Japanese', async () => {
    const { text } = await inSimple(`/attempts/${open.id}`, open.token)
    expect(text).toMatch(/class="stem"[^>]* lang="ja"/)
  })

  it('gives its scripts their sentences with readings in brackets', async () => {
    const { text } = await inSimple(`/attempts/${open.id}`, open.token)
    expect(text).toContain('&quot;saving&quot;:&quot;保存（ほぞん）しています&quot;')
  })
})

describe('simple Japanese', () => {
  it('is read by whoever picked it before, or whose browser asks for it', async () => {
    const tags = await Promise.all(
      [picked, { 'accept-language': 'ja-simple, ja;q=0.9' }, { 'accept-language': 'JA-Simple' }].map(async (headers) =>
        tagOf(await page('/', { headers })),
      ),
    )
    expect(tags).toEqual(['ja-simple', 'ja-simple', 'ja-simple'])
  })

  it('is never what a browser gets that asks for Japanese', async () => {
    const tags = await Promise.all(
      ['ja', 'ja-JP, ja;q=0.9, en;q=0.8', 'en;q=0.1, ja-Latn', 'ja;q=0.5, ja-simple;q=0.4'].map(async (wish) =>
        tagOf(await page('/', { headers: { 'accept-language': wish } })),
      ),
    )
    expect(tags).toEqual(['ja', 'ja', 'ja', 'ja'])
  })

  it('lasts through another launch of the same language', async () => {
    const enter = async (locale: string) => {
      const token = await w.market.launchToken({ sub: `w-${locale}`, locale })
      const reply = await page(`/launch?token=${token}`, { headers: picked })
      return reply.headers.get('location')
    }
    expect([await enter('ja'), await enter('en')]).toEqual(['/?lang=ja-simple', '/?lang=en'])
  })

  it('is Japanese for whoever runs the service, on pages for those who build, and in what other sites show', async () => {
    const { token } = await w.launch('w-9', { role: 'operator' })
    const { credential } = passed
    const replies = await Promise.all([
      page('/staff/deliveries', { token, headers: picked }),
      page('/docs', { headers: picked }),
      page('/exams/tiny/evidence', { headers: picked }),
      page(`/embed/${credential}`, { headers: picked }),
      page(`/credentials/${credential}/print`, { headers: picked }),
    ])
    expect(replies.map(tagOf)).toEqual(['ja', 'ja', 'ja', 'ja', 'ja'])
    expect(replies.filter(({ text }) => text.includes('ja-simple') || text.includes('<ruby>'))).toEqual([])
    const { json } = await w.call('GET', `/api/credentials/${credential}?lang=ja-simple`)
    expect(json.image).toMatch(/lang=ja$/)
  })

  it('is not copied with what a page gives to other places', async () => {
    const { text } = await inSimple('/certificates', passed.token)
    const copied = [...text.matchAll(/<[^>]* id="copy-[^"]*"[^>]*>[^<]*/g)].map(([code]) => code)
    expect(copied.length).toBeGreaterThan(0)
    expect(copied.filter((code) => code.includes('ja-simple') || code.includes('《'))).toEqual([])
  })
})
