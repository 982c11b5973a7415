import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ItemSource } from '../../../src/authoring/bank-source.ts'
import type { ExportFormat } from '../../../src/authoring/formats/read-exchange.ts'
import { writeExchange } from '../../../src/authoring/formats/write-exchange.ts'
import { parseBank } from '../../../src/authoring/parse-bank.ts'
import { bankMd } from '../../support/bank-fixture.ts'
import { publishDeskExam } from '../../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { textOfHtml } from '../../support/text-of-html.ts'

let w: FixedWorld
let token: string
beforeAll(async () => {
  w = await fixedWorld()
  await publishDeskExam(w)
  token = (await w.launch('aut-1', { role: 'author', name: '青木' })).token
})
afterAll(() => w.close())

const DESK = '/staff/desk/clerk'

/** A question of its own for each file: one that is there already would not be taken again. */
const stemOf = (number: number) => `${number}番の棚の札に必ず書くものはどれですか`
const itemsOf = (number: number) =>
  (
    parseBank({
      path: 'office.ja.md',
      content: bankMd(`
## office-${number} 札

\`単一\` \`難易度2\`

${stemOf(number)}。

- [x] 宛先の名前
- [ ] 年齢
- [ ] 血液型

### 解説

だれに宛てたかが分かるようにします。
`),
    }).bank?.items ?? []
  ).filter((item): item is ItemSource => item.kind === 'item')
const context = { examId: 'clerk', locale: 'ja', assets: [] } as const
const exported = (format: ExportFormat, number: number): string | Uint8Array =>
  writeExchange(itemsOf(number), format, context).content

/** The form that takes what was shown, sent as it says. */
async function takeAs(page: string, text?: string) {
  const [, tag = '', shown = ''] =
    /(<form[^>]*>)\s*<textarea name="writes"[^>]*>([\s\S]*?)<\/textarea>/.exec(page) ?? []
  const fields = { act: 'take', writes: text ?? textOfHtml(shown) }
  if (tag.includes('enctype="multipart/form-data"')) return send(fields)
  const reply = await w.app.request(`${w.world.settings.origin}${DESK}/import`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { authorization: `Bearer ${token}` },
  })
  return { status: reply.status, text: await reply.text() }
}

async function send(fields: Readonly<Record<string, string | File>>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const encoded = new Request('http://form.example', { method: 'POST', body: form })
  const reply = await w.app.request(`${w.world.settings.origin}${DESK}/import`, {
    method: 'POST',
    body: await encoded.arrayBuffer(),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': encoded.headers.get('content-type') ?? '',
    },
  })
  return { status: reply.status, text: await reply.text() }
}
const offer = (name: string, content: string | Uint8Array) =>
  send({ act: 'import', topic: 'office', locale: 'ja', file: new File([content as BlobPart], name) })

const drafted = async () => (await w.call('GET', `${DESK}/source`, { token })).text

describe('questions of another system', () => {
  it.each([
    ['a table', 'quiz.csv', 101, exported('csv', 101)],
    [
      'a table of a spreadsheet',
      'a.csv',
      102,
      `問題,選択肢1,選択肢2,選択肢3,正解\n${stemOf(102)}。,宛先,年齢,血液型,1\n`,
    ],
    ['GIFT, as Moodle writes it', 'quiz.gift', 103, exported('gift', 103)],
    ['XML of Moodle', 'quiz.xml', 106, exported('moodle', 106)],
    ['a package of QTI', 'quiz.zip', 104, exported('qti', 104)],
    ['Markdown', 'quiz.md', 105, `## 札\n\n${stemOf(105)}。\n\n- [x] 宛先\n- [ ] 年齢\n- [ ] 血液型\n`],
  ])('%s is shown first, and then taken', async (_, name, number, content) => {
    const before = await drafted()
    const shown = await offer(name, content)
    expect(shown.status).toBe(200)
    expect(shown.text.includes(stemOf(number)), 'shows the question').toBe(true)
    expect(await drafted()).toBe(before)
    expect((await takeAs(shown.text)).status).toBe(303)
    expect(before).not.toContain(stemOf(number))
    expect((await drafted()).includes(stemOf(number)), 'is in the draft').toBe(true)
    const again = await offer(name, content)
    expect(again.text.includes('<textarea name="writes"'), 'is not taken twice').toBe(false)
  })
})

const bomb = `<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]><assessmentItem>&a8;</assessmentItem>`
const outside =
  '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY f SYSTEM "file:///etc/passwd">]><assessmentItem>&f;</assessmentItem>'

it('what was shown of nine megabytes is read when it is taken', async () => {
  const { text } = await offer('quiz.csv', exported('csv', 108))
  const large = JSON.stringify([{ path: 'unknown/x.md', was: null, text: '札'.repeat(3_000_000) }])
  expect((await takeAs(text, large)).status).toBe(422)
})

describe('a file that cannot be taken', () => {
  it.each([
    ['XML that would unfold without end', 'item.xml', bomb],
    ['XML of Moodle that would unfold without end', 'quiz.xml', bomb.replaceAll('assessmentItem', 'quiz')],
    ['XML that asks for a file of the machine', 'item.xml', outside],
    ['broken XML', 'item.xml', '<?xml version="1.0"?><assessmentItem><p>'],
    ['a package with nothing in it', 'empty.zip', zipSync({})],
    ['a package that is cut off', 'cut.zip', (exported('qti', 107) as Uint8Array).slice(0, 300)],
    [
      'a package that unfolds into hundreds of megabytes',
      'large.zip',
      zipSync({ 'item.xml': new Uint8Array(300_000_000) }, { level: 9 }),
    ],
    ['a picture', 'photo.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])],
    ['an empty file', 'empty.csv', ''],
  ])('%s, and changes nothing', async (_, name, content) => {
    const before = await drafted()
    const shown = await offer(name, content)
    expect(shown.status).toBe(422)
    expect(/role="alert"[^>]*>[\s\S]{0,400}<p>[^<]{5,}/.test(shown.text), 'says why').toBe(true)
    expect(shown.text.includes('root:'), 'a file of the machine').toBe(false)
    expect(await drafted()).toBe(before)
  })

  it('a folder with a text that is not UTF-8 is refused with its name', async () => {
    const before = await drafted()
    const garbled = Uint8Array.from([0x23, 0x20, 0x8e, 0xd0, 0x93, 0xe0]) // Shift_JIS
    const { status, text } = await send({ act: 'folder', files: new File([garbled], 'clerk/office.ja.md') })
    expect(status).toBe(422)
    expect(text).toContain('office.ja.md は UTF-8 として読めません。')
    expect(await drafted()).toBe(before)
  })

  it('one that is too large is refused before it is read', async () => {
    expect((await offer('huge.csv', 'a,b\n'.repeat(3_000_000))).status).toBe(413)
  })
})
