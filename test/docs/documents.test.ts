import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentFiles, LANGUAGES, readDocument } from './read-document.ts'

// What is written beside the code: that it is there, in both languages, and leads to what is there.

const files = await documentFiles()

/** The anchors that a code host makes and those that are given. */
async function anchorsOf(path: string): Promise<ReadonlySet<string>> {
  const { anchors, text } = await readDocument(path)
  const made = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .replace(/<[^>]*>/g, '')
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(/\s/g, '-'),
  )
  return new Set([...anchors, ...made])
}

describe.each(files)('%s', (path) => {
  it('leads only to files and places that are there', async () => {
    const lost: string[] = []
    for (const { href } of (await readDocument(path)).links.filter(({ href }) => !/^(https?|mailto):/.test(href))) {
      const [to = '', anchor] = href.split('#')
      const target = to === '' ? path : normalize(join(dirname(path), to))
      const isThere = existsSync(target) && (anchor === undefined || (await anchorsOf(target)).has(anchor))
      if (!isThere) lost.push(href)
    }
    expect(lost).toEqual([])
  })

  it('calls files of the repository by the paths that they have', async () => {
    const { text } = await readDocument(path)
    const named = [...text.matchAll(/`((?:src|test|migrations|[.]github)\/[\w./-]+)`/g)].map(([, file = '']) => file)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
  })
})

describe('the README', () => {
  it('has at most 150 lines and one picture', async () => {
    const text = await readFile('README.md', 'utf8')
    expect(text.split('\n').length).toBeLessThanOrEqual(150)
    expect(text.match(/!\[/g)).toHaveLength(1)
  })
})

describe('the documents', () => {
  const namesIn = async (language: string) =>
    (await readdir(`src/docs/${language}`, { recursive: true })).filter((name) => name.endsWith('.md')).sort()

  it('are there in both languages', async () => {
    const [en = [], ja = []] = await Promise.all(LANGUAGES.map(namesIn))
    expect(ja).toEqual(en)
    expect(en.filter((name) => /^decisions\/\d{4}-/.test(name)).length).toBeGreaterThan(3)
  })

  it('have the same chapters in both languages', async () => {
    for (const name of await namesIn('ja')) {
      const [en, ja] = await Promise.all(LANGUAGES.map((language) => readDocument(`src/docs/${language}/${name}`)))
      expect(ja?.anchors, name).toEqual(en?.anchors)
      expect(new Set(en?.anchors).size, name).toBe(en?.anchors.length)
    }
  })

  it.each(LANGUAGES)('list every decision: %s', async (language) => {
    const decisions = (await readdir(`src/docs/${language}/decisions`)).filter((name) => /^\d{4}-/.test(name)).sort()
    const { links } = await readDocument(`src/docs/${language}/decisions/README.md`)
    expect(links.map(({ href }) => href.split('/').at(-1)).filter((name) => name !== 'README.md')).toEqual(decisions)
  })

  it.each(LANGUAGES)('walk through at most six files each, called by their paths: %s', async (language) => {
    const { text } = await readDocument(`src/docs/${language}/architecture.md`)
    const walks = text.split(/^## /m).filter((chapter) => chapter.includes('<a id="walk-'))
    expect(walks).toHaveLength(4)
    for (const walk of walks) {
      const steps = [...walk.matchAll(/^\d\. \[`([^`]+)`\]\(([^)]+)\)/gm)]
      expect(steps.length).toBeGreaterThan(3)
      expect(steps.length).toBeLessThanOrEqual(6)
      expect(steps.length).toBe(walk.match(/^\d\. /gm)?.length)
      for (const [, name = '', href = ''] of steps) expect(normalize(join('src/docs', language, href))).toBe(name)
      for (const step of walk.split(/^\d\. /m).slice(1)) {
        const [path = '', ...named] = [...step.matchAll(/`([\w./-]+)`/g)].map(([, word = '']) => word)
        const code = await readFile(path, 'utf8')
        // functions that a step calls by name
        expect(
          named.filter((word) => /^[a-z]+[A-Za-z]*$/.test(word) && !code.includes(word)),
          path,
        ).toEqual([])
      }
    }
  })

  it.each(LANGUAGES)('say what lives in every room: %s', async (language) => {
    const { tables } = await readDocument(`src/docs/${language}/architecture.md`)
    const rooms = (await readdir('src', { withFileTypes: true })).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
    expect(
      tables('rooms')[0]
        ?.map(([room]) => room)
        .toSorted(),
    ).toEqual(rooms.sort())
  })
})
