import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { tryFamily } from '../../src/authoring/tasks/try-family.ts'
import { bankMd, examMd, NOW } from '../support/bank-fixture.ts'
import { compiledFamily } from '../support/compiled.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { documentFiles, LANGUAGES, readDocument } from './read-document.ts'

// The commands and the items that the documents show. Whole courses of commands are run by other suites: the quickstart, the
// leak of a key, what the command line does.

/** Commands of the shell blocks, a line each, without remarks. */
const commandsOf = (block: string): string[] =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')

const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }

/** What `kentei` takes behind its first word, as its own help says. */
async function helpOf(command: string): Promise<string> {
  const terminal = fakeTerminal(() => process.cwd())
  expect(await terminal.kentei(command, '--help'), `kentei ${command}`).toBe(0)
  return terminal.out.join('\n')
}

describe.each(await documentFiles())('the commands of %s', async (path) => {
  const lines = (await readDocument(path)).fences('sh').flatMap(commandsOf)

  it('are scripts that there are', () => {
    const named = lines
      .flatMap((line) => [...line.matchAll(/\bnpm (?:run )?([a-z:-]+)/g)].map(([, name = '']) => name))
      .filter((name) => !['ci', 'install'].includes(name))
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('name files of the repository that there are', () => {
    const named = lines.flatMap((line) =>
      [...line.matchAll(/(?<=\s)(?:src|test|exams|migrations)\/[\w./-]+/g)].map(([path]) => path),
    )
    // what the line before has made
    expect(named.filter((path) => !path.startsWith('exams/office-work') && !existsSync(path))).toEqual([])
  })

  it('are commands of kentei that there are, with options that they take', async () => {
    for (const line of lines) {
      const [, command, rest = ''] =
        /\bkentei(?:\.mjs)?(?: --)? ([a-z-]+)((?: [^|&>]*)?)/.exec(
          line.replace('d1 create kentei', '').replace('apply kentei', ''),
        ) ?? []
      if (command === undefined) continue
      const help = await helpOf(command)
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(help, line).toContain(option)
    }
  })
})

it.each(LANGUAGES)('the commands that operators are told of are those that there are: %s', async (language) => {
  const { text } = await readDocument(`src/docs/${language}/operate.md`)
  const row = /^\| `npm run kentei -- <command>` \|(.*)$/m.exec(text)?.[1] ?? ''
  const named = [...row.replaceAll(/[（(].*?[）)]/g, '').matchAll(/`([a-z][a-z-]*)`/g)].map(([, name]) => name)
  const usage = fakeTerminal(() => process.cwd())
  await usage.kentei('--help')
  const offered = [...usage.out.join('\n').matchAll(/^ +([a-z][a-z-]*) {2,}\S/gm)].map(([, name]) => name)
  expect(offered.length).toBeGreaterThan(20)
  expect(named.toSorted()).toEqual(offered.toSorted())
})

describe.each(LANGUAGES)('the task that authors are shown: %s', async (language) => {
  const steps = (await readDocument(`src/docs/${language}/author.md`)).fences('markdown')

  it('compiles when all its steps stand in one file, and is too small for three bounds', () => {
    expect(steps).toHaveLength(3)
    const family = compiledFamily('draft', steps.join('\n\n'))
    const broken = tryFamily(family, 30, () => 0).bots.filter(({ holds }) => !holds)
    expect(broken.map(({ name }) => name)).toEqual(['dictionary', 'polished', 'synonyms'])
  })

  it('says after its first step what is missing', () => {
    expect(() => compiledFamily('draft', steps[0] as string)).toThrow('task/section')
  })
})

describe.each(LANGUAGES)('the items that authors are shown: %s', async (language) => {
  const items = (await readDocument(`src/docs/${language}/author.md`)).fences('md')

  it('compile without a finding', () => {
    expect(items.length).toBeGreaterThan(1)
    for (const item of items) {
      const topic = /^## ([a-z]+)-/.exec(item)?.[1] ?? ''
      const { diagnostics } = compileExam(
        [
          { path: 'exam.md', content: examMd({ locales: `[${language}]`, blueprint: `{ ${topic}: { draw: 1 } }` }) },
          { path: `${topic}.${language}.md`, content: bankMd(`\n${item}`, { topic, locale: language }) },
        ],
        { now: NOW },
      )
      expect(diagnostics.filter(({ file }) => file.startsWith(topic))).toEqual([])
    }
  })
})
