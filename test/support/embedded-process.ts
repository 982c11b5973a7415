import { instant } from '../../src/kernel/instant.ts'
import { spendToken } from '../../src/platform/http/replay/store.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'

// A process that writes to an embedded database and ends without closing it.
const { db } = await openEmbeddedDatabase(process.argv[2] ?? '', 'migrations')
console.log(await spendToken(db, { jti: 'written', expiresAt: instant(1) }))
