import { cp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sentenceOf } from '../../src/authoring/said.ts'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { printStatistics, readStatistics } from '../../src/cli/statistics/statistics-file.ts'
import { measureItems } from '../../src/flows/read-item-statistics.ts'
import { analyseItems } from '../../src/measurement/item-analysis.ts'
import { answerAll, sit, submit } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { terminalOfEachTest } from '../support/fake-terminal.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { picked } from '../support/graded-papers.ts'

let w: FixedWorld
const { path, kentei, out, err, env, stop } = terminalOfEachTest({ now: () => NOON, waits: true })

const exam = () => path('tiny')
const file = () => join(exam(), 'statistics.csv')
const written = () => readFile(file(), 'utf8')

beforeEach(async () => {
  await cp('test/support/tiny-exam', exam(), { recursive: true })
  const { compiled } = await checkFolder(exam(), { now: NOON, language: 'en' })
  if (!compiled.bank) throw new Error('the tiny exam does not compile')
  w = await fixedWorld({ bank: { ...compiled.bank, exam: { ...compiled.bank.exam, id: 'tiny' } } })
})
afterEach(() => w.close())

async function takenBy(...workers: string[]) {
  for (const worker of workers) {
    const sitting = await sit(w, worker)
    await answerAll(w, sitting)
    await submit(w, sitting)
  }
}

describe('kentei statistics', () => {
  it('writes what the data folder knows beside the bank, the same bytes each time, and kentei check minds it not', async () => {
    await takenBy('w-1', 'w-2')
    expect(await kentei('statistics', exam(), '--data', w.folder, '--lang', 'en'), err.join()).toBe(0)
    const first = await written()
    expect(first.split('\n')[0]).toBe(
      'item,locale,n,facility,facility_low,facility_high,discrimination,discrimination_low,discrimination_high,unanswered,seconds,picks,flags,hash,date',
    )
    expect(first).toMatch(/^[a-z-]+\d+@\d+,ja,\d+,1\.000,.*,2026-11-25$/m)
    expect(await kentei('statistics', exam(), '--data', w.folder)).toBe(0)
    expect(await written()).toBe(first)
    await kentei('check', exam(), '--format', 'json')
    expect(out.join()).not.toContain('statistics')
  })

  it('asks a running service under its own scope, and gets the same', async () => {
    await takenBy('w-1')
    const seen: string[] = []
    const server = createServer(async (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      const { newest, ...told } = await measureItems(w.world, 'tiny')
      response.end(JSON.stringify({ ...told, newest: new Date(newest as number).toISOString() }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    env.KENTEI_SERVICE_TOKEN = 'token'
    expect(await kentei('statistics', exam(), '--from', `http://127.0.0.1:${port}`)).toBe(0)
    server.close()
    expect(seen).toEqual(['GET /admin/exams/tiny/statistics Bearer token'])
    const remote = await written()
    await kentei('statistics', exam(), '--data', w.folder)
    expect(await written()).toBe(remote)
    expect(await kentei('statistics', exam(), '--from', 'http://kentei.example')).toBe(2)
  })

  it('leaves a file alone where there is nothing to tell', async () => {
    await writeFile(file(), 'old')
    expect(await kentei('statistics', exam(), '--data', w.folder, '--lang', 'en')).toBe(1)
    expect(err.join()).toContain('no paper has been graded yet')
    expect(await written()).toBe('old')
    expect(await kentei('statistics', exam(), '--data', path('nowhere'))).toBe(2)
  })
})

describe('the door of a running service', () => {
  const path = '/admin/exams/tiny/statistics'

  it('gives numbers to its own service key, and nothing of texts, keys or people', async () => {
    await takenBy('w-1')
    const stored = w.world.settings.keys.find(({ use, state }) => use === 'service' && state === 'active')
    const key = await crypto.subtle.importKey(
      'jwk',
      stored?.jwk as JsonWebKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
    const tokenFor = (scope: string) =>
      w.market.serviceToken(scope as 'statistics:read', {
        key,
        header: { kid: String(stored?.jwk.kid) },
        claims: { iss: PLUGIN, aud: PLUGIN },
      })
    const reply = await w.call('GET', path, { token: await tokenFor('statistics:read') })
    expect(reply.status).toBe(200)
    expect(reply.json).toMatchObject({ exam: 'tiny', papers: 1, newest: '2026-11-25T03:00:00.000Z' })
    expect(reply.text).not.toMatch(/w-1|isKey|text|response/)
    expect((await w.call('GET', path, { token: await tokenFor('exams:publish') })).status).toBe(401)
  })

  it('is shut for everybody else', async () => {
    const staff = (await w.launch('op-1', { role: 'operator' })).token
    for (const token of [undefined, staff, await w.market.serviceToken('statistics:read'), 'x'])
      expect((await w.call('GET', path, token ? { token } : {})).status).toBe(401)
  })
})

describe('the file of statistics', () => {
  const items = [
    ...analyseItems(
      Array.from({ length: 70 }, (_, i) => [
        picked('office-001', i % 3 === 0 ? 0 : 1, { responseMs: 12_340 }),
        picked('office-002', i < 20 ? 1 : 0),
      ]),
    ),
  ]
  const text = printStatistics(items, '2026-11-25')
  const read = (changed: string) => readStatistics(changed)

  it('reads what it prints, to three decimals', () => {
    const back = read(text)
    if (!back.ok) throw new Error(sentenceOf(back.problem.message, 'en'))
    expect(
      back.value.map(({ item, version, n, flags, picks, medianSeconds }) => ({
        item,
        version,
        n,
        flags,
        picks,
        medianSeconds,
      })),
    ).toEqual(
      items.map(({ item, version, n, flags, options, medianSeconds }) => ({
        item,
        version,
        n,
        flags,
        picks: options.map(({ id, picks }) => ({ id, picks })),
        medianSeconds: medianSeconds && 12.3,
      })),
    )
    expect(back.value[0]?.discrimination?.value).toBeCloseTo(items[0]?.discrimination?.value ?? Number.NaN, 3)
  })

  it('is read as a spreadsheet saves it, too', () => {
    expect(read(`\ufeff${text.replaceAll('\n', '\r\n').replaceAll('0.300', '0.3')}`).ok).toBe(true)
  })

  it.each([
    ['a column is missing', text.replace('facility,', ''), 1, 'facility'],
    ['a number is none', text.replace(/,70,[\d.]+/, ',70,many'), 2, 'facility'],
    ['a share is above one', text.replace(/,70,[\d.]+/, ',70,1.5'), 2, 'facility'],
    ['a line breaks off', text.slice(0, -20), 3, 'hash'],
    ['a flag is unknown', text.replace(/,sha256/, 'wrong,sha256'), 2, 'flags'],
    ['a quote stays open', text.replace('office-001', '"office-001'), undefined, 'quote'],
    ['it is something else', 'once upon a time', 1, 'item'],
  ])('says where it is damaged: %s', (_, damaged, line, word) => {
    const refused = read(damaged)
    if (refused.ok) throw new Error('it was read')
    expect(sentenceOf(refused.problem.message, 'en')).toContain(word)
    if (line !== undefined) expect(refused.problem.line).toBe(line)
  })
})

describe('kentei preview', () => {
  async function pageOf(language = 'en'): Promise<{ html: string; end: () => Promise<void> }> {
    const done = kentei('preview', exam(), '--port', '0', '--lang', language)
    await expect.poll(() => out[0]).toMatch(/^http/)
    const html = await (await fetch(out[0] as string)).text()
    const end = async () => {
      stop()
      await done
    }
    return { html: html.replaceAll('<wbr>', ''), end }
  }

  it('shows how an item did, and apart from it how it did before it was changed', async () => {
    await takenBy('w-1')
    await kentei('statistics', exam(), '--data', w.folder)
    const current = await pageOf()
    await current.end()
    expect(current.html).toContain('<section class="stats"')
    expect(current.html).toContain('1 paper until 2026-11-25. A very easy item. Too few yet for more than a hint.')
    expect(current.html).not.toContain('Results of what it was before')
    expect(current.html).not.toMatch(/style="|<script>/)
    await writeFile(file(), (await written()).replaceAll(/sha256:[0-9a-f]{8}/g, 'sha256:00000000'))
    const older = await pageOf()
    await older.end()
    expect(older.html).toContain('Results of what it was before (1)')
    expect(older.html).not.toContain('class="stat"')
  })

  it('says what is wrong with a damaged file, and shows the items all the same', async () => {
    await writeFile(file(), 'once upon a time')
    const { html, end } = await pageOf('ja')
    await end()
    expect(html).toContain('statistics.csv の1行目：一行目に「item」の列がありません')
    expect(html).toContain('<article class="item"')
  })
})
