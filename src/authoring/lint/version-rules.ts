import type { CompileMemory } from '../compile-memory.ts'
import { error, type Report, say } from '../diagnostic.ts'
import { compareWithLock, hashesOf, historyOf, type ItemLock, type LockEntry, readLock, reusesRetiredId } from '../item-lock.ts'
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
export function lintVersions(subjects: readonly Subject[], lock: SourceFile, { ids, report, memory }: VersionContext): void {
  const locked = readLock(lock.content)
  if (!locked) {
    report(
      { line: 1, column: 1 },
      error('lock/invalid', say('items.lock.json を読めません', 'cannot read items.lock.json'), say('手で直さず、版管理から元に戻してください', 'restore it from version control')),
    )
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

function lintVersion({ item, at, report }: Subject, history: readonly LockEntry[], memory: CompileMemory): void {
  if (reusesRetiredId(item, history)) {
    report(
      at.heading,
      error(
        'item/retired-id',
        say(`${item.id} は、廃止した別の問題の番号です`, `${item.id} is the id of another item, which was retired`),
        say('まだ使われていない番号を付けてください', 'give it a number that was never used'),
      ),
    )
    return
  }
  if (item.status === 'honeypot' && history.some(({ status }) => status !== 'honeypot' && status !== 'retired'))
    report(
      at.heading,
      error(
        'item/honeypot-seen',
        say(`${item.id} は出題できる状態で公開したことがあるので、おとりになりません`, `${item.id} was published to be drawn, so it cannot be a honeypot`),
        say('元の状態に戻し、新しい問題をおとりにしてください', 'give it its status back, and write a new item as the honeypot'),
      ),
    )
  if (item.status !== 'live' && item.status !== 'dormant' && item.status !== 'honeypot') return
  const verdict = compareWithLock(item, history, () => memory.once('lock', [item], () => hashesOf(item)))
  if (verdict === 'changed')
    report(
      at.heading,
      error(
        'item/version',
        say(`${item.id} の採点される内容が、v${item.version} のまま変わっています`, `the scored content of ${item.id} changed, but it is still v${item.version}`),
        say(`「\`v${item.version + 1}\`」にしてください`, `make it \`v${item.version + 1}\``),
      ),
    )
  if (verdict === 'older') {
    const published = history.at(-1)?.v
    report(at.heading, error('item/version', say(`${item.id} は、公開済みの v${published} より古い v${item.version} です`, `${item.id} is v${item.version}, older than the published v${published}`)))
  }
}

/** Published items that no file holds any more, though nobody retired them. */
function lintVanished(locked: ItemLock, lock: SourceFile, ids: ReadonlySet<string>, report: Report): void {
  const gone = Object.keys(locked).filter((id) => !ids.has(id) && historyOf(locked, id).at(-1)?.status !== 'retired')
  if (gone.length === 0) return
  const lines = (typeof lock.content === 'string' ? lock.content : new TextDecoder().decode(lock.content)).split('\n')
  for (const id of gone)
    report(
      { line: Math.max(1, lines.findIndex((line) => line.trimStart().startsWith(`${JSON.stringify(id)}:`)) + 1), column: 1 },
      error(
        'item/vanished',
        say(`公開した ${id} が、廃止されないままファイルから消えています`, `${id} was published and is in no file any more, though it was not retired`),
        say(`元に戻してから「kentei retire」で廃止してください`, 'restore it, then retire it with kentei retire'),
      ),
    )
}
