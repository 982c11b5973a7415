import { readdir, readFile } from 'node:fs/promises'

/** A mistake as an author makes it, in an item of the shipped bank or in another file of the exam. */
export interface Planted {
  readonly rule: string
  /** The number of the item in `spreadsheet.ja.md`, or the file. */
  readonly at: string
  readonly from: string | RegExp
  readonly to: string
  /** Where it is told, if not at the first line that differs. */
  readonly line?: number
}

export const BANK = 'spreadsheet.ja.md'
const TASK = 'tasks/product-master.ja.md'

/** One of each kind: writing, Markdown, keys, options, numbers that are drawn, settings and tasks. */
export const planted: readonly Planted[] = [
  { rule: 'option/checkbox', at: '001', from: '- [x] `', to: '- [x]　`' },
  { rule: 'ja/fullwidth-marker', at: '002', from: '### 解説', to: '＃＃＃ 解説' },
  { rule: 'answer/numeric', at: '003', from: '4 ± 0 個', to: 'よっつ' },
  { rule: 'cloze/answer', at: '005', from: '2. "早瀬"', to: '2. 早瀬さん' },
  { rule: 'pill/unknown', at: '006', from: '`難易度2`', to: '`難易度9`' },
  { rule: 'section/unknown', at: '008', from: '### 解説', to: '### かいせつ' },
  { rule: 'section/twice', at: '009', from: '### 解説', to: '### 出典\n\n- 規則\n\n### 解説', line: 31 },
  { rule: 'option/duplicate', at: '010', from: '- [ ] 5,100円', to: '- [ ] 4,999円' },
  { rule: 'key/missing', at: '011', from: '- [x] 214', to: '- [ ] 214', line: 14 },
  { rule: 'markup/html', at: '012', from: /。\n/, to: '。<b>強い</b>\n' },
  { rule: 'key/asked-count', at: '013', from: '**2つ選びなさい**', to: '**3つ選びなさい**' },
  { rule: 'item/version', at: '016', from: '同じ列のC5', to: 'C列のC5', line: 1 },
  { rule: 'item/type', at: '018', from: '`単一`', to: '`たんいつ`' },
  { rule: 'key/conflict', at: '020', from: '- [ ] 誤り', to: '- [x] 誤り' },
  { rule: 'markup/image', at: '021', from: '### 正解', to: '![図](assets/nai.png)\n\n### 正解' },
  { rule: 'ja/tilde-range', at: '022', from: '### 正解', to: '10~20~30の順です。\n\n### 正解' },
  { rule: 'fence/open', at: '024', from: '### 正解', to: '```\n\n### 正解' },
  { rule: 'variables/unknown', at: '029', from: '- [x] `=IF(C2<{{ t', to: '- [x] `=IF(C2<{{ u', line: 9 },
  { rule: 'option/all-of-the-above', at: '030', from: '- [ ] 規則4', to: '- [ ] 上のすべて' },
  { rule: 'order/rows', at: '032', from: /\n2\. .*\n3\. .*\n4\. .*\n5\. .*/, to: '', line: 9 },
  { rule: 'match/table', at: '034', from: '| --- | --- |', to: '| --- | --- | --- |', line: 7 },
  { rule: 'rationale/missing', at: '035', from: /### 解説\n[\s\S]*?(?=### )/, to: '', line: 1 },
  { rule: 'variables/list', at: '037', from: '- r: 3〜9', to: '- r: 三から九' },
  { rule: 'frontmatter/value', at: 'exam.md', from: /^version: .*$/m, to: 'version: 三' },
  { rule: 'task/value', at: TASK, from: '品番 KT-/GL-/WD-/TX-0000', to: '品目 KT-0000' },
]

const itemOf = (number: string) => new RegExp(`^## spreadsheet-${number} [\\s\\S]*?(?=^## |(?![\\s\\S]))`, 'm')

/** The Markdown of the exam with every mistake in it. */
export async function plantAll(): Promise<Record<string, string>> {
  const folder = 'exams/business-admin'
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.md$|lock\.json$/.test(name))
  const texts = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(`${folder}/${name}`, 'utf8')] as const)),
  )
  for (const { at, from, to } of planted) {
    const path = /^\d/.test(at) ? BANK : at
    const text = texts.get(path) ?? ''
    const changed = path === BANK ? text.replace(itemOf(at), (item) => item.replace(from, to)) : text.replace(from, to)
    if (changed === text) throw new Error(`nothing planted at ${at}`)
    texts.set(path, changed)
  }
  return Object.fromEntries(texts)
}
