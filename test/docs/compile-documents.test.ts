import { beforeEach, describe, expect, it } from 'vitest'
import { compileDocuments } from '../../src/docs/compile-documents.ts'
import { type Chapter, withPrograms } from '../../src/docs/documents.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder()

beforeEach(async () => {
  const files = {
    'exams/README.md': '# 書き方\n',
    'exams/README.en.md': '# Writing\n',
    'src/kit/examples/three.mjs': 'connect()\n',
    'src/verify/examples/one.mjs': 'verify()\n',
    'src/docs/examples/two.sh': 'echo "<b>"\n',
    'src/docs/img/rooms.svg': '<svg/>',
  }
  for (const [path, content] of Object.entries({
    ...files,
    'src/docs/ja/a.md': '# あ\n',
    'src/docs/en/b/README.md': '# B\n',
  }))
    await folder.write(path, content)
})

/** The only chapter of a document that reads so. */
async function chapterOf(markdown: string): Promise<Chapter> {
  await folder.write('src/docs/en/a.md', `# A\n\nLead.\n\n## Chapter <a id="here"></a>\n\n${markdown}\n`)
  const documents = await compileDocuments(folder.path('src/docs'))
  const chapter = documents.texts.en?.a?.chapters[0] as Chapter
  return { ...chapter, html: withPrograms(documents, chapter.html) }
}

describe('a document', () => {
  it('has chapters with the anchors that they are given, behind a title and a lead', async () => {
    expect(await chapterOf('Text.')).toEqual({ id: 'here', title: 'Chapter', html: '<p>Text.</p>' })
  })

  it('leads to other documents at their addresses, and names files of the code', async () => {
    const { html } = await chapterOf(
      '[B](b/README.md#why), [items](../../../exams/README.en.md), [`x.ts`](../../x.ts), [out](https://a.example/?b&c).',
    )
    expect(html).toBe(
      '<p><a href="/docs/b#why">B</a>, <a href="/docs/items">items</a>, <code>x.ts</code>, <a href="https://a.example/?b&amp;c">out</a>.</p>',
    )
  })

  it('leaves out the way to itself in another language', async () => {
    expect((await chapterOf('[日本語](../ja/a.md)')).html).toBe('')
  })

  it('shows a program where a paragraph is nothing but a link to it, the first one open', async () => {
    const { html } = await chapterOf('[Two](../examples/two.sh)\n\n[One](../../verify/examples/one.mjs)')
    expect(html).toContain('<details class="example" open=""><summary>Two <code>two.sh</code></summary>')
    expect(html).toContain('<code>echo "&lt;b&gt;"</code>')
    expect(html).toContain('<details class="example"><summary>One <code>one.mjs</code></summary>')
  })

  it('keeps a program once, however many languages show it', async () => {
    await folder.write('src/docs/ja/c.md', '# う\n\n## え\n\n[二](../examples/two.sh)\n')
    await folder.write('src/docs/en/c.md', '# C\n\n## D\n\n[Two](../examples/two.sh)\n')
    const documents = await compileDocuments(folder.path('src/docs'))
    expect(JSON.stringify(documents).split('echo ').length - 1).toBe(1)
  })

  it.each([
    ['HTML that is no anchor', 'A <b>word</b>.', 'HTML that is no anchor: <b>'],
    ['a block of HTML', '<script>x</script>', 'HTML that is no anchor'],
    ['a picture that is not there', '![x](../img/none.svg)', '../img/none.svg is not there'],
  ])('is refused with %s', async (_, markdown, message) => {
    await expect(chapterOf(markdown)).rejects.toThrow(message)
  })

  it('is refused without a title', async () => {
    await folder.write('src/docs/en/c.md', 'Text.\n')
    await expect(compileDocuments(folder.path('src/docs'))).rejects.toThrow('c.md does not begin with its title')
  })
})
