import { mkdir, readdir } from 'node:fs/promises'
import { parse as parseJsonc } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankSchema } from '../../src/authoring/parse-bank.ts'
import { examSchema } from '../../src/authoring/read-exam.ts'
import { OWN_FILES } from '../../src/cli/editor/editor-files.ts'
import { bankMd, examMd, NOW, SINGLE } from '../support/bank-fixture.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { path, read, write, kentei, out, err } = terminalOfEachTest()
const text = (name: string) => read(`.vscode/${name}`)
const put = (name: string, content: string) => write(`.vscode/${name}`, content)

describe('kentei editor', () => {
  it('gives a matcher that reads every finding of a real run, and knows where a run begins and ends', async () => {
    await kentei('editor')
    const [check] = parseJsonc(await text('tasks.json')).tasks
    expect(check).toMatchObject({
      label: 'kentei: check',
      command: 'kentei check --watch --lang ja',
      isBackground: true,
    })
    const { pattern, background } = check.problemMatcher
    const broken = bankMd(SINGLE.replace('- [x] 【', '- [ｘ] 【').replace('最も適切', '10~20~30のうち最も適切'))
    await write('exams/demo/exam.md', examMd({ pass: '70' }))
    await write('exams/demo/office.ja.md', broken)
    for (const language of ['ja', 'en']) {
      // it stops as soon as it has checked once
      expect(await kentei('check', '--watch', '--lang', language)).toBe(0)
      const found = out.map((line) => new RegExp(pattern.regexp).exec(line))
      expect(
        found.map((match) => match && [match[pattern.file], match[pattern.severity], match[pattern.code]].join(' ')),
      ).toEqual(
        expect.arrayContaining([
          'exams/demo/exam.md error frontmatter/value',
          'exams/demo/office.ja.md error option/checkbox',
        ]),
      )
      expect(found).not.toContain(null)
      const checkbox = found.find((match) => match?.[pattern.code] === 'option/checkbox')
      expect([checkbox?.[pattern.line], checkbox?.[pattern.column]]).toEqual(['17', '3'])
      expect(checkbox?.[pattern.message]).toContain('[ｘ]')
      const marks = err.flatMap((line) =>
        new RegExp(background.beginsPattern).test(line)
          ? ['begins']
          : new RegExp(background.endsPattern).test(line)
            ? ['ends']
            : [],
      )
      expect(marks).toEqual(['begins', 'ends'])
      expect(err.some((line) => new RegExp(pattern.regexp).test(line))).toBe(false)
    }
  })

  it('keeps the tasks, settings and comments of others, and changes nothing the second time', async () => {
    await put(
      'tasks.json',
      '{\n  // ours\n  "version": "2.0.0",\n  "tasks": [{ "label": "build", "command": "make" }, { "label": "kentei: check", "command": "old" }],\n}\n',
    )
    await put('settings.json', '{\n  "[markdown]": { "editor.wordWrap": "off" } // we scroll\n}\n')
    expect(await kentei('editor', '--lang', 'en')).toBe(0)
    expect(out).toEqual(expect.arrayContaining(['.vscode/tasks.json', '.vscode/settings.json']))
    expect(await text('tasks.json')).toContain('// ours')
    expect(
      parseJsonc(await text('tasks.json')).tasks.map(
        (task: { label: string; command: string }) => `${task.label} ${task.command}`,
      ),
    ).toEqual([
      'build make',
      'kentei: check kentei check --watch --lang en',
      'kentei: preview kentei preview --lang en',
    ])
    expect(await text('settings.json')).toContain('// we scroll')
    expect(parseJsonc(await text('settings.json'))['[markdown]']).toMatchObject({
      'editor.wordWrap': 'off',
      'editor.quickSuggestions': { other: 'on' },
    })
    const paths = ['tasks.json', 'settings.json', ...Object.keys(OWN_FILES)]
    const first = await Promise.all(paths.map(text))
    expect(await kentei('editor', '--lang', 'en')).toBe(0)
    expect([out, err]).toEqual([[], ['.vscode has all of it already']])
    expect(await Promise.all(paths.map(text))).toEqual(first)
  })

  it('writes everything into a folder that is named, where its own script calls the tool', async () => {
    await mkdir(path('bank'))
    await write('bank/package.json', '{ "scripts": { "kentei": "kentei" } }')
    expect(await kentei('editor', 'bank')).toBe(0)
    const written = [
      'tasks.json',
      'settings.json',
      'kentei.code-snippets',
      'kentei-exam.schema.json',
      'kentei-bank.schema.json',
    ]
    expect([out, err]).toEqual([written.map((name) => `bank/.vscode/${name}`), []])
    expect((await readdir(path('bank/.vscode'))).sort()).toEqual(written.toSorted())
    expect(await text('../bank/.vscode/tasks.json')).toContain('npm run -s kentei -- check --watch --lang ja')
    expect(await kentei('editor', 'bank')).toBe(0)
    expect([out, err]).toEqual([[], ['bank/.vscode に変わりはありません']])
  })

  it('refuses a folder that is not there', async () => {
    expect(await kentei('editor', 'nowhere', '--lang=en')).toBe(2)
    expect(err.join()).toContain('nowhere: no such folder')
    expect(await readdir(path())).toEqual([])
  })

  it('leaves alone what it cannot read', async () => {
    await put('tasks.json', '{ "tasks": [')
    expect(await kentei('editor', '--lang', 'en')).toBe(0)
    expect(await text('tasks.json')).toBe('{ "tasks": [')
    expect(err).toEqual(['.vscode/tasks.json: cannot be read, so nothing was added to it'])
  })

  it('comes with a new exam', async () => {
    expect(await kentei('new', 'exam', 'office-work')).toBe(0)
    expect(out).toContain('.vscode/kentei.code-snippets')
  })
})

/** What VS Code writes for a snippet when one only presses Tab, in `exams/demo/office.ja.md`. */
const expand = (body: readonly string[], path = 'exams/demo/office.ja.md'): string => {
  const [folder, file = ''] = path.split(/\/(?=[^/]*$)/)
  const variables: Readonly<Record<string, string>> = {
    TM_FILENAME_BASE: file.replace(/\.md$/, ''),
    TM_DIRECTORY: `/home/author/${folder}`,
  }
  return body
    .join('\n')
    .replace(/\$\{([A-Z_]+)\/((?:\\.|\[(?:\\.|[^\]])*\]|[^/\\])+)\/([^/}]*)\/\}/g, (_, name, pattern, to) =>
      (variables[name] as string).replace(new RegExp(pattern), to),
    )
    .replace(
      /\$\{\d+\|((?:\\.|[^|\\])*)\|\}/g,
      (_, choices) => (choices as string).split(/(?<!\\),/)[0]?.replace(/\\(.)/g, '$1') ?? '',
    )
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, (_, written) => written.replace(/\\(.)/g, '$1'))
    .replace('$0', '')
    .replace(/\\([\\$}])/g, '$1')
}

describe('the snippets', () => {
  const snippets = JSON.parse((OWN_FILES['kentei.code-snippets'] as () => string)()) as Record<
    string,
    { prefix: string[]; body: string[] }
  >
  const bodyOf = (name: string) => snippets[name]?.body as string[]

  it.each(['ja', 'en'] as const)(
    'make an item of each type that compiles without a finding as it stands: %s',
    (locale) => {
      const names = Object.keys(snippets).filter((name) => name.endsWith(` ${locale}`) && !name.includes('variables'))
      expect(names).toHaveLength(9)
      for (const name of names) {
        const files = [
          { path: 'exam.md', content: examMd({ locales: `[${locale}]` }) },
          {
            path: `office.${locale}.md`,
            content: bankMd(`\n${expand(bodyOf(name), `exams/demo/office.${locale}.md`)}\n`, { locale }),
          },
        ]
        const { diagnostics, items } = compileExam(files, { now: NOW })
        expect(
          diagnostics.filter(({ file }) => file !== 'exam.md'),
          name,
        ).toEqual([])
        expect(items[0]?.item).toMatchObject({ id: 'office-001', type: name.split(' ')[1] })
      }
    },
  )

  it.each(['ja', 'en'] as const)('make variables that a formula can use: %s', (locale) => {
    const section = expand(bodyOf(`kentei variables ${locale}`))
    const item = `## office-001 x\n\n\`numeric\` \`draft\`\n\nGoods cost {{price}} yen each. How much do two cost?\n\n### Answer\n\n{{ price * 2 }} ± 0 yen\n\n${section}\n### Rationale\n\nIt is.\n`
    expect(
      compileExam(
        [
          { path: 'exam.md', content: examMd() },
          { path: 'office.ja.md', content: bankMd(`\n${item}`) },
        ],
        { now: NOW },
      ).diagnostics.filter(({ file }) => file !== 'exam.md'),
    ).toEqual([])
  })

  it('make frontmatter that the schemas accept', () => {
    const yamlOf = (name: string) => parseYaml(/^---\n([\s\S]*?)\n---\n/.exec(expand(bodyOf(name)))?.[1] ?? '')
    expect(examSchema.parse(yamlOf('kentei exam.md'))).toMatchObject({ id: 'demo', level: 3, locales: ['ja'] })
    expect(bankSchema.parse(yamlOf('kentei bank'))).toMatchObject({ exam: 'demo', topic: 'office', locale: 'ja' })
  })
})
