import type { Database } from '../../../src/world/database.ts'

/** A database in which something else is written right before the next batch: what lies between reading and writing. */
export function interrupted(db: Database, meanwhile: () => Promise<unknown>): Database {
  let happened = false
  return new Proxy(db, {
    get: (target, name) => {
      if (name !== 'batch' || happened) return Reflect.get(target, name)
      return async (statements: Parameters<Database['batch']>[0]) => {
        happened = true
        await meanwhile()
        return db.batch(statements)
      }
    },
  })
}
