import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('each test')

const cost = async (...args: string[]) => {
  const { kentei, out, err } = fakeTerminal(folder.path)
  return { code: await kentei('cost', '--lang', 'en', ...args), out: out.join('\n'), err: err.join('\n') }
}
const asJson = async (...args: string[]) =>
  JSON.parse((await cost('--json', ...args)).out) as {
    lines: { what: string; quantity: number; sum?: number }[]
    total?: number
  }
const layPrices = (prices: unknown) => writeFile(folder.path('prices.json'), JSON.stringify(prices))

it('what a month asks for rises with its exams and verifications, from what its minutes ask for alone', async () => {
  const [none, some, verified] = [
    await asJson('--exams', '0'),
    await asJson(),
    await asJson('--exams=0', '--verifications=5'),
  ]
  const of = ({ lines }: typeof none, name: string) => lines.find(({ what }) => what === name)?.quantity ?? 0
  for (const what of ['statements', 'rowsRead']) expect(of(none, what)).toBeGreaterThan(43_000)
  for (const what of ['requests', 'statements', 'rowsRead', 'rowsWritten', 'storedBytes'])
    expect(of(some, what)).toBeGreaterThan(of(none, what))
  expect(of(verified, 'requests')).toBe(5)
})

it('amounts are multiplied by the prices of a file, past what is free, and those without a price cost nothing', async () => {
  await layPrices({ currency: 'EUR', fixed: 5, prices: { requests: { price: 2, per: 1_000, free: 10_000 } } })
  const { lines, total } = await asJson('--prices', 'prices.json', '--exams', '1000')
  const requests = lines.find(({ what }) => what === 'requests')
  const sum = (((requests?.quantity ?? 0) - 10_000) * 2) / 1_000
  expect([requests?.sum, total]).toEqual([sum, 5 + sum])
  const { out } = await cost('--prices', 'prices.json', '--exams', '1000')
  expect(out).toContain(`= ${sum.toFixed(2)} EUR`)
  expect(out).toMatch(/rows read: [\d,]+$/m)
})

it.each([
  ['a file that is not there', undefined, /prices\.json is no file of prices \(ENOENT\)/],
  ['a price of something that is not counted', { currency: 'EUR', prices: { rows: { price: 1, per: 1 } } }, /prices/],
  ['no currency', { prices: {} }, /currency/],
])('prices are refused by name: %s', async (_, prices, said) => {
  if (prices) await layPrices(prices)
  const { code, err } = await cost('--prices', 'prices.json')
  expect([code, err]).toEqual([2, expect.stringMatching(said)])
})

it('a number of exams that is none is refused', async () => {
  expect(await cost('--exams', '1.5')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--exams is a whole number/),
  })
})
