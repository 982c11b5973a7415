import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openCompiler } from '../../src/node/open-compiler.ts'
import { readBundle } from '../../src/web/read-bundle.ts'
import { bankMd, examMd, SINGLE } from '../support/bank-fixture.ts'
import { built } from '../support/built.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'

const { write, kentei, out } = terminalOfEachTest()

it('a bundle of kentei publish is compiled and linted by the service itself, whatever the author’s tool said', async () => {
  await built()
  await write('exams/demo/exam.md', examMd())
  await write('exams/demo/office.ja.md', bankMd(SINGLE.replace('Re: Re: 先日の打ち合わせの件について', '上記のすべて')))
  expect(await kentei('publish', '--out', 'bundles')).toBe(0)
  const text = await readFile(/ → (.*)$/.exec(out.at(-1) ?? '')?.[1] ?? '', 'utf8')
  expect(await readBundle(text, openCompiler('dist'))).toMatchObject({
    ok: true,
    value: { lint: expect.arrayContaining([expect.objectContaining({ severity: 'warning', item: 'office-001' })]) },
  })
})
