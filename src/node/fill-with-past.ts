import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ToldError } from '../platform/log-line.ts'
import { fillEmptyFolder } from './data-folder.ts'
import type { Ports } from './demo-places.ts'
import type { ExamOnDisk } from './exam-folders.ts'
import { keepPast, takeKeptPast } from './kept-past.ts'

interface DemoPast {
  /** Of the repository, with the build in `dist/`. */
  readonly root: string
  readonly ports: Ports
  readonly exams: Promise<readonly ExamOnDisk[]>
}

/** Makes the past of the demonstration in a process of its own, which takes the memory that this needs away with it. */
async function makePastIn(folder: string, { root, ports, exams }: DemoPast): Promise<void> {
  const maker = spawn(process.execPath, [join(root, 'dist/past.mjs'), folder, JSON.stringify(ports)], {
    // it ends when its input does: when this process is no more
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(maker, 'exit')
  // it gets ready while the exams are compiled here
  const compiled = await exams
  const source = (compiled[0]?.files ?? []).map(({ path, content }) =>
    typeof content === 'string' ? { path, text: content } : { path, base64: Buffer.from(content).toString('base64') },
  )
  const input = JSON.stringify({ banks: compiled.map(({ bank }) => bank), source })
  maker.stdin?.on('error', () => {}).write(`${input}\n`)
  const [code] = await ended
  if (code !== 0) throw new ToldError(`the demonstration begins without a past: making one ended with ${code}`)
}

const isAsked = () => process.env.DEMO_PAST !== 'none'

/**
 * Fills a data folder in which nothing is yet with the past of the demonstration: the one that was kept, if it is for this start, or
 * else a new one. Nothing happens with `DEMO_PAST=none`.
 */
export async function fillWithPast(dataFolder: string, past: DemoPast): Promise<void> {
  if (!isAsked()) return
  await fillEmptyFolder(dataFolder, async (into) => {
    if (!(await takeKeptPast(past, into))) await makePastIn(into, past)
  })
}

/** Keeps a past for the first start, which follows soon as a rule. */
export async function keepPastFor(past: DemoPast): Promise<void> {
  if (isAsked()) await keepPast(past, (into) => makePastIn(into, past))
}
