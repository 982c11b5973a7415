import { dirname, relative, sep } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'

/** Editors write a file in several steps; what follows waits until they are quiet. A step that comes later brings it again. */
const QUIET_MS = 15

export interface FolderWatch {
  close(): Promise<void>
}

/** An exam's folder, a single bank file, or a folder of exam folders; absolute. */
export interface WatchedPath {
  readonly path: string
  readonly holdsExams?: boolean
}

interface Watching {
  readonly paths: readonly WatchedPath[]
  /** Called with the absolute paths that changed, one call after the other; what changes meanwhile brings another. */
  readonly changed: (paths: ReadonlySet<string>) => Promise<void>
  readonly failed: (problem: unknown) => void
}

export const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}${sep}`)

/** What no exam is made of is not looked into: what is hidden, and folders in an exam's own but `assets`. */
function isForeign(seen: string, { path, holdsExams = false }: WatchedPath): boolean {
  const parts = relative(path, seen).split(sep)
  const inExam = holdsExams ? parts.slice(1) : parts
  return parts.some((part) => part.startsWith('.')) || (inExam.length > 1 && inExam[0] !== 'assets')
}

/**
 * Watches files that are written, replaced, renamed, added and removed, also in a folder that is deleted and comes back:
 * it is its parent that is watched.
 */
export async function watchFolders({ paths, changed, failed }: Watching): Promise<FolderWatch> {
  const watchers = paths.map((path) => watchOne(path, failed))
  await Promise.all(watchers.map((watcher) => new Promise<void>((resolve) => watcher.once('ready', resolve))))
  let pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const flush = () => {
    const now = pending
    pending = new Set()
    running = running.then(() => changed(now)).catch(failed)
  }
  for (const watcher of watchers)
    watcher.on('all', (_event, path) => {
      pending.add(path)
      clearTimeout(timer)
      timer = setTimeout(flush, QUIET_MS)
    })
  return {
    close: async () => {
      clearTimeout(timer)
      await Promise.all(watchers.map((watcher) => watcher.close()))
      await running
    },
  }
}

function watchOne(watched: WatchedPath, failed: (problem: unknown) => void): FSWatcher {
  const { path } = watched
  const parent = dirname(path)
  const isIgnored = (seen: string) => seen !== parent && (!isWithin(seen, path) || isForeign(seen, watched))
  return watch(parent, { ignoreInitial: true, followSymlinks: false, atomic: false, ignored: isIgnored }).on('error', failed)
}
