import { gzipSync } from 'node:zlib'
import { drawTask } from '../../src/task/draw-task.ts'
import { type DrawnKind, TASK_KINDS } from '../../src/task/task-kinds.ts'
import { PracticePage } from '../../src/web/candidate/practice/practice-page.tsx'
import { textsOf } from '../../src/web/ui/message.ts'
import { noBrand } from '../../src/world/brand.ts'
import { compileOne, familiesIn } from './try-tasks.ts'

// Tells the kilobytes, gzipped, of the heaviest page of each kind of task: one to try it on, which is a paper's less the way
// to its other tasks. What a page loads is not counted.

const seed = '0'.repeat(32)
const context = {
  locale: 'ja',
  tag: 'ja',
  offered: [],
  t: textsOf('ja'),
  brand: noBrand,
  issuer: 'Kentei',
  path: '/',
} as const
const families = familiesIn('exams').map(compileOne)

function weightOf(family: (typeof families)[number]): number {
  const { presented: task } = drawTask(family, { locale: 'ja', seed })
  const practice = { exam: 'exam', title: 'exam', family: family.id, seed, locale: 'ja', task } as const
  return gzipSync(String(PracticePage({ context, practice, entries: {}, ticks: new Set() }))).length / 1_000
}

const weights = (Object.keys(TASK_KINDS) as DrawnKind[]).map((kind) => [
  kind,
  Math.max(...families.filter((family) => family.kind === kind).map(weightOf)),
])
process.send?.(Object.fromEntries(weights))
