import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { printReport } from '../../../src/sandbox/commands/print-report.ts'
import { textsOf } from '../../../src/sandbox/commands/texts.ts'
import { openCommittedModel } from '../../../src/sandbox/detector/judge/model.ts'
import { evaluateModel } from '../../../src/sandbox/detector/learn/evaluate.ts'
import { readSmallSet } from '../../support/labelled-set.ts'
import { runIn } from '../../support/sandbox/sandbox-cli.ts'

/** Words without which English has no sentences, where nobody wrote them as code. */
const ENGLISH =
  /(?<![-\w<|`/])(?:the|of|an?|is|are|to|and|with|for|in|from|not|be|no|where|which|must|cannot|more|folder)(?![-\w>|`/])/i
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u

const commands = [[], ['detector'], ['detector', 'train'], ['detector', 'evaluate'], ['simulate']]
const help = async (...args: string[]): Promise<readonly string[]> =>
  (await runIn(tmpdir(), ...args, '--help')).out.split('\n').filter((line) => line !== '')

describe('sandbox --help', () => {
  it.each(commands.map((args) => [args]))('of %j is Japanese unless English is asked for', async (args) => {
    const lines = await help(...args)
    expect(lines[0]).toMatch(JAPANESE)
    expect(lines.filter((line) => ENGLISH.test(line))).toEqual([])
    const english = await help(...args, '--lang', 'en')
    expect(english).toHaveLength(lines.length)
    expect(english.filter((line) => JAPANESE.test(line))).toEqual([])
  })

  it('describes options in English after the frame of its commands', async () => {
    const lines = await help('detector', 'evaluate', '--lang=en')
    expect(lines.slice(0, 3)).toEqual([
      'test a model on posts without training (detector evaluate)',
      'USAGE detector evaluate [OPTIONS] ',
      'OPTIONS',
    ])
    expect(lines.slice(3).map((line) => line.trim().replace(/ {2,}/, '  '))).toEqual([
      '--lang=<ja|en>  language of messages: ja or en (Default: ja)',
      '--posts=<file>  JSON Lines of labelled posts, more than once for several; the committed set without it. A line needs title, body and kinds',
      '--data=<folder>  data folder of the sandbox (Default: .data)',
      "--model=<file>  model to test; the data folder's own without it, else the committed one",
      '--json  one JSON document',
    ])
  })
})

describe('what sandbox does not understand', () => {
  const mistakes = [
    [['simulation'], 'sandbox: Unknown command simulation'],
    [['detector', 'learn'], 'sandbox: Unknown command learn'],
    [['--'], 'sandbox: No command specified.'],
    [['simulate', '--day', '3'], 'sandbox: unknown option --day'],
    [['simulate', 'now'], 'sandbox: too many arguments: now'],
    [['simulate', '--days', '0'], 'sandbox: --days must be a whole number from 1 to 3650, not 0'],
    [['simulate', '--lose', '2'], 'sandbox: --lose must be a number from 0 to 1, not 2'],
    [['simulate', '--model', 'nowhere.json'], 'sandbox: nowhere.json cannot be read (ENOENT)'],
    [['detector', 'evaluate', '--posts', 'nowhere.jsonl'], 'sandbox: nowhere.jsonl cannot be read (ENOENT)'],
  ] as const

  it.each(mistakes)('%j is refused in Japanese, and in English where that is asked for', async (args, english) => {
    const japanese = await runIn(tmpdir(), ...args)
    expect(japanese.code).toBe(2)
    expect(japanese.err).toMatch(JAPANESE)
    expect(japanese.err).not.toMatch(ENGLISH)
    const [command, ...others] = args
    const asked = command === '--' ? ['--lang=en', command] : [command, ...others, '--lang=en']
    expect(await runIn(tmpdir(), ...asked)).toEqual({ code: 2, out: '', err: english })
  })

  it('a language that there is not is refused in the usual one', async () => {
    expect((await runIn(tmpdir(), 'simulate', '--lang', 'fr')).err).toBe(
      'sandbox: --lang は ja か en です（fr は使えません）',
    )
  })
})

it('a report of the detector stands in columns in either language', () => {
  const report = evaluateModel(openCommittedModel(), readSmallSet())
  const [head, note, , bands] = printReport(report, textsOf('en')).split('\n')
  expect(head).toMatch(/^model: \d+ posts tested, \d+ of them against a rule$/)
  expect(note).toBe('P precision, R recall; ECE over ten bins of equal size. Flagged is queued or held.')
  expect(bands).toBe('flagged posts            queue P       R  hold P       R    ECE')
  // a character that is twice as wide takes the place of two
  const japanese = printReport(report, textsOf('ja')).split('\n')
  expect(japanese[3]).toBe('挙がった求人            人の列 P       R  保留 P       R    ECE')
})
