import { rm } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { writtenKindOf } from '../../src/authoring/tasks/written-kinds.ts'
import { bundleAsset } from '../../src/node/assets.ts'
import { type DrawnKind, TASK_KINDS } from '../../src/task/task-kinds.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { startChild } from './child.ts'
import type { Measure } from './measure.ts'
import { compileOne, familiesIn, type TriedTask, tryTask } from './try-tasks.ts'

const SEEDS = 6
const PAGE = 'src/web/candidate'
const KINDS = Object.keys(TASK_KINDS) as DrawnKind[]

/** The scripts of a kind's page, beside that of every page, and what they may weigh together. Claims have none. */
const SCRIPTS: Readonly<Partial<Record<DrawnKind, { readonly paths: readonly string[]; readonly most: number }>>> = {
  table: { paths: ['table/grid-island.ts'], most: 3 },
  // 12 of them evaluate formulas, and are loaded by themselves
  sheet: { paths: ['sheet/sheet-island.ts', 'sheet/evaluate-sheet.ts'], most: 14 },
  draft: { paths: ['draft/draft-island.ts'], most: 3.5 },
  inbox: { paths: ['inbox/inbox-island.ts'], most: 2 },
}
const MOST_STYLES = 5
const MOST_PAGE = 15

const kilobytes = (text: string) => gzipSync(text).length / 1_000
const bundled = async (path: string) => (await bundleAsset(`${PAGE}/${path}`)).text

/** The heaviest page of each kind. Pages are bundled as the service is, which a script that runs as it is written cannot read. */
async function pageWeights(): Promise<Readonly<Record<DrawnKind, number>>> {
  const bundle = await bundleTestEntry('test/bench/task-pages.ts', 'node')
  const child = startChild(bundle)
  try {
    return await child.told()
  } finally {
    child.end()
    await rm(bundle, { force: true })
  }
}

function timesOf(kind: DrawnKind, tried: readonly TriedTask[]): Measure[] {
  const most = writtenKindOf(kind)?.bounds.gradeMs
  const mean = tried.reduce((sum, { grading }) => sum + grading.mean, 0) / tried.length
  const worst = Math.max(...tried.map(({ grading }) => grading.worst))
  const detail = `${tried.length} families, ${SEEDS} seeds, every simulated candidate`
  return [
    { name: `${kind}: a grade, mean`, value: mean, unit: 'ms', detail },
    { name: `${kind}: a grade, worst`, value: worst, unit: 'ms', ...(most === undefined ? {} : { most }) },
  ]
}

/** What practical tasks weigh in a browser, gzipped, and what a grade of each kind takes. */
export async function measureTasks(): Promise<Measure[]> {
  const families = familiesIn('exams').map(compileOne)
  const pages = await pageWeights()
  const measures: Measure[] = []
  for (const kind of KINDS) {
    const own = families.filter((family) => family.kind === kind)
    const script = SCRIPTS[kind]
    const styles = (await Promise.all([bundled('tasks/tasks.css'), bundled(`tasks/${kind}/${kind}.css`)])).join('')
    if (script)
      measures.push({
        name: `${kind}: its scripts`,
        value: (await Promise.all(script.paths.map((path) => bundled(`tasks/${path}`)))).reduce(
          (sum, text) => sum + kilobytes(text),
          0,
        ),
        unit: 'KB gz',
        most: script.most,
      })
    measures.push(
      { name: `${kind}: its styles`, value: kilobytes(styles), unit: 'KB gz', most: MOST_STYLES },
      {
        name: `${kind}: its heaviest page`,
        value: pages[kind],
        unit: 'KB gz',
        most: MOST_PAGE,
      },
      ...timesOf(
        kind,
        own.map((family) => tryTask(family, SEEDS)),
      ),
    )
  }
  return measures
}
