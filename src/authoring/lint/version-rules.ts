import type { CompileMemory } from '../compile-memory.ts'
import { error, type Report, say } from '../diagnostic.ts'
import { compareWithLock, lockItem, readLock } from '../item-lock.ts'
import type { SourceFile } from '../source-file.ts'
import type { Subject } from './subject.ts'

/** A live item that changes under its old version number would spoil its statistics and the papers that pinned it. */
export function lintVersions(subjects: readonly Subject[], lock: SourceFile, { report, memory }: { readonly report: Report; readonly memory: CompileMemory }): void {
  const locked = readLock(typeof lock.content === 'string' ? lock.content : new TextDecoder().decode(lock.content))
  if (!locked) {
    report(
      { line: 1, column: 1 },
      error('lock/invalid', say('items.lock.json を読めません', 'cannot read items.lock.json'), say('手で直さず、版管理から元に戻してください', 'restore it from version control')),
    )
    return
  }
  const seen = new Set<string>()
  for (const { item, at, report: say1 } of subjects) {
    if ((item.status !== 'live' && item.status !== 'dormant') || seen.has(item.id)) continue
    seen.add(item.id)
    const before = Object.hasOwn(locked, item.id) ? locked[item.id] : undefined
    const verdict = compareWithLock(item, before, () => memory.once('lock', [item], () => lockItem(item)))
    if (verdict === 'changed')
      say1(
        at.heading,
        error(
          'item/version',
          say(`${item.id} の採点される内容が、v${item.version} のまま変わっています`, `the scored content of ${item.id} changed, but it is still v${item.version}`),
          say(`「\`v${item.version + 1}\`」にしてください`, `make it \`v${item.version + 1}\``),
        ),
      )
    if (verdict === 'older')
      say1(at.heading, error('item/version', say(`${item.id} は、公開済みの v${before?.v} より古い v${item.version} です`, `${item.id} is v${item.version}, older than the published v${before?.v}`)))
  }
}
