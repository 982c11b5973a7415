import { compileExam } from '../../src/authoring/compile-exam.ts'
import type { SourceFile } from '../../src/authoring/source-file.ts'
import type { Bank } from '../../src/item/bank.ts'
import { instant } from '../../src/kernel/instant.ts'

const TOPICS = 10
export const NOW = instant(Date.parse('2026-11-24T00:00:00Z'))

const words = [
  '見積書',
  '請求書',
  '納期',
  '添付',
  '件名',
  '取引先',
  '契約',
  '修正',
  '確認',
  '返信',
  '日程',
  '共有',
  '押印',
  '集計',
  '関数',
  '議事録',
]
const word = (n: number) => words[Math.abs(n) % words.length] as string

/** An item as authors write them: a stem of two paragraphs, four options, a rationale with a list, a reference. */
function itemOf(topic: string, n: number): string {
  const options = [0, 1, 2, 3].map(
    (i) =>
      `- [${i === n % 4 ? 'x' : ' '}] ${word(n + i * 5)}を**${word(n * 3 + i)}**に添えて、${n * 10 + i}日までに${word(n + i + 7)}へ送る`,
  )
  return `
## ${topic}-${String(n).padStart(3, '0')} ${word(n)}と${word(n * 7 + 3)} ${n}

\`単一\` \`難易度${(n % 5) + 1}\`

取引先から、${word(n)}と${word(n + 4)}について次の依頼がありました（番号${n}）。

> ${word(n * 5)}の\`${word(n * 2)}\`を、${(n % 28) + 1}日の正午までにお送りください。${word(n + 9)}は*不要*です。

対応として最も適切なものはどれですか。

${options.join('\n')}

### 解説

${word(n)}は、期限の前に${word(n + 2)}と一緒に送ります。

1. ${word(n + 1)}を確かめます。
2. ${word(n + 3)}を送ります。

### 出典

- [${word(n)}の手引き](https://guide.example/${n})
`
}

/** The source files of an exam of `items` single-choice items in ten topics. */
export function generateExam(items: number): SourceFile[] {
  const topics = Array.from({ length: TOPICS }, (_, i) => `topic${String.fromCharCode(97 + i)}`)
  const blueprint = topics.map((topic) => `  ${topic}: { draw: 5 }`).join('\n')
  const exam = `---\nid: bench\ntitle: { ja: 計測検定, en: Bench }\nlevel: 3\nversion: 1\nlocales: [ja]\ntime: 45m\npass: 70%\nvalid_for: 2y\nretake: { wait: 14d, per_year: 4 }\nblueprint:\n${blueprint}\n---\n\n# 計測検定\n\nよく読んでください。\n`
  const banks = topics.map((topic, t) => {
    const own = Array.from({ length: items / TOPICS }, (_, i) => itemOf(topic, t * 1_000 + i + 1))
    return {
      path: `${topic}.ja.md`,
      content: `---\nexam: bench\ntopic: ${topic}\nlocale: ja\ndefaults: { points: 1, time: 60s, status: live, v: 1 }\n---\n\n# ${topic}\n${own.join('')}`,
    }
  })
  return [{ path: 'exam.md', content: exam }, ...banks]
}

export function compiledExam(items: number): Bank {
  const { bank, diagnostics } = compileExam(generateExam(items), { now: NOW, lint: false })
  if (!bank) throw new Error(JSON.stringify(diagnostics.slice(0, 3)))
  return bank
}
