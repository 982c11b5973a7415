import type { Bank } from '../../src/item/bank.ts'
import { publishVersion } from '../../src/item/publishing/store.ts'
import type { Instant } from '../../src/kernel/instant.ts'
import type { Database } from '../../src/world/database.ts'

/** Makes a bank live in a database that has no world around it. */
export const publishBank = (db: Database, bank: Bank, at: Instant): Promise<void> =>
  publishVersion(db, bank, { id: `pub_${crypto.randomUUID()}`, act: 'deployed', by: 'test', why: '', at }, [])
