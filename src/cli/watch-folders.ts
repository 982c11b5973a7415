import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { dirname, join, sep } from 'node:path'

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
  /** Goes before all changes, which may come as soon as the watch stands. */
  readonly first?: () => Promise<void>
  /** Called with the absolute paths that changed, one call after the other; what changes meanwhile brings another. */
  readonly changed: (paths: ReadonlySet<string>) => Promise<void>
  readonly failed: (problem: unknown) => void
}

export const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}${sep}`)

/**
 * Watches files that are written, replaced, renamed, added and removed, also in a folder that is deleted and comes back.
 * It is folders that are watched, never files: a file that an editor replaces is another file, and its watch would die.
 */
export function watchFolders({ paths, first, changed, failed }: Watching): FolderWatch {
  let pending = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const folders = watchEach((path) => {
    if (!paths.some((one) => isWithin(path, one.path) || isWithin(one.path, path))) return
    pending.add(path)
    clearTimeout(timer)
    timer = setTimeout(flush, QUIET_MS)
  })
  const settle = () => folders.settle(new Set(paths.flatMap(foldersOf)))
  settle()
  let running = first?.().catch(failed) ?? Promise.resolve()
  function flush(): void {
    const seen = pending
    pending = new Set()
    // before anything is read: what is written after that is seen
    settle()
    running = running.then(() => changed(seen)).catch(failed)
  }
  return {
    close: async () => {
      clearTimeout(timer)
      folders.settle(new Set())
      await running
    },
  }
}

/** The folders at `path` and what holds it, as far up as it takes to see it come back. */
function foldersOf({ path, holdsExams = false }: WatchedPath): string[] {
  let above = dirname(path)
  while (!existsSync(above)) above = dirname(above)
  const exams = holdsExams ? foldersIn(path) : [path]
  const parts = exams.flatMap((exam) => ['assets', 'tasks'].flatMap((part) => withFolders(join(exam, part))))
  return [above, path, ...exams, ...parts]
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !entry.name.startsWith('.') ? [join(path, entry.name)] : [],
    )
  } catch {
    // it is not there now, or no folder
    return []
  }
}

const withFolders = (path: string): string[] => [path, ...foldersIn(path).flatMap(withFolders)]

/** Keeps one watcher for each folder that is wanted and there. */
function watchEach(seen: (path: string) => void) {
  const watchers = new Map<string, FSWatcher>()
  const leave = (folder: string) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  const attend = (folder: string) => {
    if (watchers.has(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
    const watcher = watch(folder, (event, name) => {
      if (name?.startsWith('.')) return
      const path = name === null ? folder : join(folder, name)
      // a folder of this name may be another one now
      if (event === 'rename')
        for (const known of watchers.keys()) if (isWithin(known, path) && known !== folder) leave(known)
      seen(path)
    })
    watchers.set(
      folder,
      watcher.on('error', () => leave(folder)),
    )
  }
  return {
    settle: (wanted: ReadonlySet<string>) => {
      for (const folder of watchers.keys()) if (!wanted.has(folder)) leave(folder)
      for (const folder of wanted) attend(folder)
    },
  }
}
