import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lexer } from 'marked'
import { runCheck } from '../../src/cli/check-command.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { generateExam, NOW } from './generated-exam.ts'
import { inTurn, type Measure, rounded, timed } from './measure.ts'

const ITEMS = 10_000
const ROUNDS = 5
/** What reading the folder and every lint rule may take beyond one and a half times the lexer's own time. */
const ALLOWANCE_MS = 1_000

/** `kentei check` as it is typed, on a folder of ten thousand items: reading, compiling, linting, printing. */
export async function measureChecking(): Promise<Measure[]> {
  const files = generateExam(ITEMS)
  const folder = await mkdtemp(join(tmpdir(), 'kentei-check-'))
  for (const { path, content } of files) await writeFile(join(folder, path), content)
  let summary = ''
  const terminal: Terminal = {
    cwd: folder,
    isInteractive: false,
    env: {},
    now: () => NOW,
    out: () => {},
    err: (line) => {
      summary = line
    },
    confirm: async () => true,
    stopped: () => Promise.resolve(),
  }
  const check = async () => {
    await runCheck({ folders: ['.'], format: 'text', fix: false, watch: false, language: 'en' }, terminal)
    if (!summary.startsWith(`${ITEMS} items`)) throw new Error(summary)
  }
  try {
    const { a, b } = await inTurn(
      ROUNDS,
      () => timed(() => files.map((file) => lexer(file.content as string))),
      () => timed(check),
    )
    const most = 1.5 * a + ALLOWANCE_MS
    return [
      {
        name: `kentei check of ${ITEMS.toLocaleString('en')} items − (1.5 × marked.lexer + 1 s)`,
        value: b - most,
        unit: 'ms',
        most: 0,
        detail: `${rounded(b)} ms; the lexer alone ${rounded(a)} ms`,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
