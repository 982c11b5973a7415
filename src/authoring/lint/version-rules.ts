import type { ItemPlaces } from '../bank-source.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { type Edit, error, type Report, withFix } from '../diagnostic.ts'
import {
  compareWithLock,
  hashesOf,
  historyOf,
  type ItemLock,
  type LockEntry,
  nextVersion,
  readLock,
  reusesRetiredId,
} from '../item-lock.ts'
import { say } from '../said.ts'
import type { SourceFile } from '../source-file.ts'
import type { Subject } from './subject.ts'

interface VersionContext {
  /** Of all items in the files, readable or not; undefined where a whole file could not be read. */
  readonly ids: ReadonlySet<string> | undefined
  readonly report: Report
  readonly memory: CompileMemory
}

/**
 * Holds items to what was published: a live one that changes under its old version number would spoil its statistics, an
 * id that comes back with other content would mix two items, and one that vanishes leaves nobody the reason.
 */
export function lintVersions(
  subjects: readonly Subject[],
  lock: SourceFile,
  { ids, report, memory }: VersionContext,
): void {
  const locked = readLock(lock.content)
  if (!locked) {
    report({ line: 1, column: 1 }, error('lock/invalid', say('finding.lockUnreadable'), say('advice.restoreLock')))
    return
  }
  const seen = new Set<string>()
  for (const subject of subjects) {
    if (seen.has(subject.item.id)) continue
    seen.add(subject.item.id)
    lintVersion(subject, historyOf(locked, subject.item.id), memory)
  }
  if (ids) lintVanished(locked, lock, ids, report)
}

function lintVersion(
  { item, variant, at, report }: Subject,
  history: readonly LockEntry[],
  memory: CompileMemory,
): void {
  if (reusesRetiredId(item, history)) {
    report(
      at.heading,
      error('item/retired-id', say('finding.retiredId', { id: item.id }), say('advice.neverUsedNumber')),
    )
    return
  }
  if (item.status === 'honeypot' && history.some(({ status }) => status !== 'honeypot' && status !== 'retired'))
    report(
      at.heading,
      error('item/honeypot-seen', say('finding.honeypotWasShown', { id: item.id }), say('advice.restoreStatus')),
    )
  const wasElsewhere = history.some(
    ({ status = 'live' }) => (status === 'practice') !== (item.status === 'practice') && status !== 'retired',
  )
  if (item.status !== 'retired' && item.status !== 'draft' && wasElsewhere)
    report(
      at.heading,
      error('practice/was-other', say('finding.practiceWasOther', { id: item.id }), say('advice.writeAnother')),
    )
  if (item.status !== 'live' && item.status !== 'dormant' && item.status !== 'honeypot' && item.status !== 'practice')
    return
  const verdict = compareWithLock(item, history, () => memory.once('lock', [item], () => hashesOf(item)))
  const next = nextVersion(history)
  if (verdict === 'changed')
    report(
      at.heading,
      withFix(
        error(
          'item/version',
          say('finding.scoredContentChanged', { id: item.id, version: item.version }),
          say('advice.raiseVersion', { version: next }),
        ),
        fixVersion(variant.places, next),
      ),
    )
  if (verdict === 'older') {
    report(
      at.heading,
      error(
        'item/version',
        say('finding.versionOlder', { id: item.id, published: next - 1, version: item.version }),
        say('advice.higherVersion'),
      ),
    )
  }
}

/** The version with a free number, where it is written or behind the other pills. */
function fixVersion({ versionPill, lastPill }: ItemPlaces, version: number): Edit[] {
  const { line, column, written } = versionPill ?? lastPill
  if (written === '') return []
  return [{ line, column, was: written, text: versionPill ? `\`v${version}\`` : `${written} \`v${version}\`` }]
}

/** Published items that no file holds any more, though nobody retired them. */
function lintVanished(locked: ItemLock, lock: SourceFile, ids: ReadonlySet<string>, report: Report): void {
  const gone = Object.keys(locked).filter((id) => !ids.has(id) && historyOf(locked, id).at(-1)?.status !== 'retired')
  if (gone.length === 0) return
  const lines = (typeof lock.content === 'string' ? lock.content : new TextDecoder().decode(lock.content)).split('\n')
  for (const id of gone)
    report(
      {
        line: Math.max(1, lines.findIndex((line) => line.trimStart().startsWith(`${JSON.stringify(id)}:`)) + 1),
        column: 1,
      },
      error('item/vanished', say('finding.itemVanished', { id }), say('advice.restoreAndRetire')),
    )
}
