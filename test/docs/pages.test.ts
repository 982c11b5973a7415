import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDocument } from '../../src/web/api/docs-routes.tsx'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { textOfHtml } from '../support/text-of-html.ts'
import { readDocument } from './read-document.ts'

let hall: FixedWorld
beforeAll(async () => {
  hall = await fixedWorld()
})
afterAll(() => hall.close())

const page = async (path: string, language: string) => hall.call('GET', `${path}?lang=${language}`)

/** Text as it stands in HTML. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

describe.each([
  'integrate',
  'errors',
  'verify',
  'operate',
  'watch',
  'records',
  'tenants',
  'author',
  'architecture',
  'items',
])('/docs/%s', (name) => {
  it.each(['en', 'ja'] as const)(
    'is the Markdown file as a page, with every chapter of its list: %s',
    async (language) => {
      const { status, text } = await page(`/docs/${name}`, language)
      expect(status).toBe(200)
      const path =
        name === 'items' ? `exams/README${language === 'en' ? '.en' : ''}.md` : `src/docs/${language}/${name}.md`
      const document = await readDocument(path)
      const title = /^# (.+)$/m.exec(document.text)?.[1] ?? ''
      expect(text).toContain(`<h1>${escaped(title)}</h1>`)
      for (const anchor of document.anchors) expect(text, anchor).toContain(`id="${anchor}"`)
      for (const [, id = ''] of text.matchAll(/href="#([^"]+)"/g)) expect(text, id).toContain(`id="${id}"`)
      expect(text).toContain(`<h2>`)
      // a mark that the compiler did not take for one
      expect(text.replaceAll(/<pre[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, '')).not.toMatch(/\*\*|\]\(/)
    },
  )
})

describe('the pages of the documents', () => {
  it('show every program as it stands in its file, in both languages', async () => {
    const programs = [
      ...(await readdir('src/docs/examples')).map((name) => `src/docs/examples/${name}`),
      'src/verify/examples/node.mjs',
      'src/kit/examples/marketplace.mjs',
    ]
    for (const language of ['en', 'ja']) {
      const shown = ['/docs/integrate', '/docs/verify', '/docs/operate', '/docs/watch'].map(async (path) =>
        textOfHtml((await page(path, language)).text),
      )
      const text = (await Promise.all(shown)).join('')
      for (const program of programs) expect(text, program).toContain((await readFile(program, 'utf8')).trimEnd())
    }
  })

  it('have at most 40 KB of text each', async () => {
    for (const language of ['en', 'ja'])
      for (const name of await readdir(`src/docs/${language}`))
        if (name.endsWith('.md'))
          expect((await readFile(`src/docs/${language}/${name}`)).length, name).toBeLessThanOrEqual(40_960)
  })

  it('lead to each other, and no further than the service has pages', async () => {
    const found = new Set<string>()
    for (const path of [
      '/docs',
      '/docs/integrate',
      '/docs/errors',
      '/docs/verify',
      '/docs/operate',
      '/docs/author',
      '/docs/architecture',
      '/docs/decisions',
    ])
      for (const language of ['en', 'ja'])
        for (const [, href = ''] of (await page(path, language)).text.matchAll(/(?:href|src)="(\/docs[^"#?]*)/g))
          found.add(href)
    expect(found.size).toBeGreaterThan(12)
    for (const path of found) expect((await page(path, 'en')).status, path).toBe(200)
  })

  it('are read in English where a language has none of them yet', () => {
    const text = { title: 'Operating', lead: '', chapters: [] } as never
    expect(findDocument({ texts: { en: { operate: text } }, pictures: {}, programs: {} }, 'operate', 'ja')).toEqual({
      text,
      language: 'en',
    })
  })

  it('have a picture of the rooms', async () => {
    const { headers, text } = await hall.call('GET', '/docs/img/rooms.svg')
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(text).toBe(await readFile('src/docs/img/rooms.svg', 'utf8'))
  })

  it.each(['/docs/nothing', '/docs/__proto__', '/docs/decisions/9999-nothing', '/docs/img/nothing.svg'])(
    'say that %s is not there',
    async (path) => {
      expect((await page(path, 'en')).status).toBe(404)
    },
  )
})
