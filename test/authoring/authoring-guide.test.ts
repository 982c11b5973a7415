import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankMd, examMd, NOW } from '../support/bank-fixture.ts'

/** The words in code of the left column of a guide's table of pills. */
const keywordsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word))

/** The fenced examples of a guide; one that stands in a list is indented. */
const examplesOf = (text: string): string[] =>
  [...text.matchAll(/^( *)```md\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', body = '']) =>
    body.replace(new RegExp(`^${indent}`, 'gm'), ''),
  )

describe.each([
  ['exams/README.md', 'ja'],
  ['exams/README.en.md', 'en'],
] as const)('%s', (path, locale) => {
  const text = readFileSync(path, 'utf8')
  const examples = examplesOf(text)
  const compile = (items: string) =>
    compileExam(
      [
        { path: 'exam.md', content: examMd({ locales: `[${locale}]`, blueprint: '{ messages: { draw: 1 } }' }) },
        { path: `messages.${locale}.md`, content: bankMd(`\n${items}`, { topic: 'messages', locale }) },
      ],
      { now: NOW },
    )
  const problems = (items: string) => compile(items).diagnostics.filter(({ file }) => file.startsWith('messages.'))

  it('shows every type once or more', () => {
    const types = new Set(examples.flatMap((example) => compile(example).items.map(({ item }) => item?.type)))
    expect(types).toEqual(
      new Set(['single', 'multiple', 'true-false', 'numeric', 'short', 'cloze', 'order', 'match', 'essay']),
    )
  })

  it('has examples that compile without a finding, alone and together', () => {
    expect(examples.length).toBeGreaterThanOrEqual(9)
    for (const example of examples) expect(problems(example)).toEqual([])
    expect(problems(examples.join('\n\n'))).toEqual([])
  })

  it('names only words that the format knows', () => {
    for (const word of keywordsOf(text))
      expect(
        problems(
          `## messages-001\n\n\`${locale === 'ja' ? '正誤' : 'true-false'}\` \`${word}\`\n\n正しい。\n\n- [x] 正しい\n- [ ] 誤り\n\n### ${locale === 'ja' ? '解説' : 'Rationale'}\n\nです。\n`,
        ).map(({ rule }) => rule),
        word,
      ).not.toContain('pill/unknown')
  })
})
