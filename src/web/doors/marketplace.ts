import { marketplaceApi } from '../api/marketplace-api.ts'
import { openBadgesApi } from '../api/open-badges-api.ts'
import type { Door } from '../web-env.ts'

/** The marketplace's programs, and wallets. */
export const marketplaceDoor: Door = () => [marketplaceApi(), openBadgesApi()]
