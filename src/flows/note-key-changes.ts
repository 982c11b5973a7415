import { knowKeyStatement, listKnownKeys } from '../audit/store.ts'
import type { Database, Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'
import { noteActIfDone } from './note-act.ts'

// Settings come anew when a key changes; what was compared once needs no second look.
const compared = new WeakSet<object>()

/** Whether the service has run on this database, with keys of its own. */
export const hasHadKeys = async (db: Database): Promise<boolean> => (await listKnownKeys(db)).length > 0

/** What a key that is there no more is noted as. */
const REMOVED = 'removed'

/**
 * Notes in the log of acts which of the service's own keys came, signs now, was retired, blocked or removed since the log
 * last saw them, whoever changed them and by whatever tool: the key file on Node, the secret of a Worker.
 */
export async function noteKeyChanges(world: World): Promise<void> {
  const { keys } = world.settings
  if (compared.has(keys)) return
  const present = (await keyRingOf(world)).keys.map(({ thumbprint, use, state }) => ({
    thumbprint,
    use: String(use),
    state: String(state),
  }))
  const known = await listKnownKeys(world.db)
  const stateOf = new Map(known.map((key) => [key.thumbprint, key.state]))
  const gone = known
    .filter(({ thumbprint, state }) => state !== REMOVED && !present.some((key) => key.thumbprint === thumbprint))
    .map((key) => ({ ...key, state: REMOVED }))
  const changes = [...present, ...gone].filter(({ thumbprint, state }) => stateOf.get(thumbprint) !== state)
  const statements: Statement[] = []
  for (const key of changes) {
    const from = stateOf.get(key.thumbprint) ?? 'none'
    statements.push(
      knowKeyStatement(world.db, key),
      ...(await noteActIfDone(world, {
        act: 'keys.changed',
        actor: 'machine',
        object: key.thumbprint,
        facts: { use: key.use, from, to: key.state },
      })),
    )
  }
  const [first, ...rest] = statements
  if (first) await world.db.batch([first, ...rest])
  compared.add(keys)
}
