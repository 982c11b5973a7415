import { describe, expect, it } from 'vitest'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { kentei, out, err } = terminalOfEachTest()

/** Words without which English has no sentences, where nobody wrote them as code. */
const ENGLISH =
  /(?<![-\w<|`/])(?:the|of|an?|is|are|to|and|with|for|in|from|not|be|no|where|which|must|cannot|more|folder)(?![-\w>|`/])/i
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u

const help = async (...args: string[]): Promise<readonly string[]> => {
  await kentei(...args, '--help')
  return out.filter((line) => line !== '')
}
/** The commands, by what the help of all of them lists. */
const commands = async (): Promise<readonly string[]> =>
  (await help()).flatMap((line) => /^ +([a-z][a-z-]*) {2}/.exec(line)?.[1] ?? [])

describe('kentei --help', () => {
  it('is Japanese unless English is asked for, of every command', async () => {
    const all = await commands()
    expect(all.length).toBeGreaterThan(20)
    for (const args of [[], ...all.map((name) => [name])]) {
      const lines = await help(...args)
      expect(lines[0], args.join()).toMatch(JAPANESE)
      expect(lines.filter((line) => ENGLISH.test(line))).toEqual([])
    }
  })

  it('says in English what it says in Japanese', async () => {
    for (const args of [[], ...(await commands()).map((name) => [name])]) {
      const japanese = await help(...args)
      const english = await help(...args, '--lang', 'en')
      expect(english).toHaveLength(japanese.length)
      expect(english.filter((line) => /\(Default: *\)/.test(line))).toEqual([])
      expect(english.filter((line) => JAPANESE.test(line.replace(/type of the item: .*/, '')))).toEqual([])
    }
  })

  it('describes an option in English after the frame of its commands', async () => {
    const [first, usage, options, ...described] = await help('fmt', '--lang=en')
    expect([first, usage, options]).toEqual([
      'rewrite bank files in their canonical form (kentei fmt)',
      'USAGE kentei fmt [OPTIONS] ',
      'OPTIONS',
    ])
    expect(described.map((line) => line.trim())).toEqual([
      '--lang=<ja|en>    language of messages: ja or en (Default: ja)',
      '--check    change nothing; exit 1 when a file would change',
    ])
  })
})

describe('what kentei does not understand', () => {
  const mistakes = [
    [['chekc'], 'kentei: Unknown command chekc'],
    [['--'], 'kentei: No command specified.'],
    [['check', '--fromat', 'json'], 'kentei: unknown option --fromat'],
    [['check', '--format', 'xml'], 'kentei: --format must be one of text, json, sarif, github'],
    [['check', 'nowhere'], 'kentei: nowhere: no such folder'],
    [['keys', 'list'], /^kentei: .*keys\.json holds no keys; `kentei keys generate` makes them/],
    [['audit', 'verify'], /^kentei: .*kentei\.db is not there; name the data folder with --data$/],
    [['sessions', 'end', '--worker', 'a'], 'kentei: say why, in 1 to 400 characters: --why "…"'],
    [['tour', '--exam', 'none'], 'kentei: exams/none: no such exam here'],
    [['conformance', '--wait', 'long'], 'kentei: --wait must be a number of seconds'],
    [['conformance', '--marketplace', 'x'], 'kentei: --marketplace must be an origin: scheme and host, no path'],
  ] as const

  it.each(mistakes)('%j is refused in Japanese, and in English where that is asked for', async (args, english) => {
    expect(await kentei(...args)).toBe(2)
    expect(err).toHaveLength(1)
    expect(err[0]).toMatch(JAPANESE)
    expect(err[0]).not.toMatch(ENGLISH)
    const [command = '', ...others] = args
    expect(await kentei(command, '--lang=en', ...others)).toBe(2)
    expect(err).toEqual([typeof english === 'string' ? english : expect.stringMatching(english)])
  })

  it('a language that there is not is refused in the usual one', async () => {
    expect(await kentei('check', '--lang', 'fr')).toBe(2)
    expect(err).toEqual(['kentei: --lang は ja か en です（fr は使えません）'])
  })
})
