import { expect, it } from 'vitest'
import { measureBank } from '../../src/authoring/measure-bank.ts'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { NOW } from '../support/bank-fixture.ts'
import { LANGUAGES, readDocument } from './read-document.ts'

// What the author's guide says of the exams that come with the repository, against what they are.

const EXAMS = ['business-admin', 'web-writer']

const measured = await Promise.all(
  EXAMS.map(async (exam) => {
    const { compiled } = await checkFolder(`exams/${exam}`, { now: NOW, language: 'en', seeds: 0 })
    return measureBank(compiled, { adversary: true })
  }),
)

/** The figures of each row of the table, exam by exam. */
async function rowsOf(language: string): Promise<string[][]> {
  const { text } = await readDocument(`src/docs/${language}/author.md`)
  const [, table = ''] = /^(?:\|.*(?:Web Writer|WEBライター検定) \|\n\| ---.*\n)((?:\|.*\n)+)/m.exec(text) ?? []
  return table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(2, 4)
        .map((cell) => (cell.match(/[\d.]+/g) ?? []).join(' ')),
    )
}

it.each(LANGUAGES)('the figures of the exams are those of their banks: %s', async (language) => {
  const rows = await rowsOf(language)
  const types = (...names: string[]) => measured.map(([ja]) => names.map((name) => ja?.types[name] ?? 0).join(' '))
  expect(rows.slice(0, 6)).toEqual([
    measured.map(([ja]) => String(ja?.items)),
    types('single', 'multiple'),
    types('numeric', 'cloze', 'short'),
    types('order', 'match', 'true-false'),
    measured.map(([ja]) => String(ja?.parametric)),
    measured.map((locales) => locales.map(({ adversary }) => ((adversary?.hits ?? 0) * 100).toFixed(1)).join(' ')),
  ])
})
