import { openApiRoutes } from './calls.ts'
import { demoApi } from './demo-api.ts'
import { escrowApi } from './escrow-api.ts'
import { jobApi } from './job-api.ts'
import { keysApi } from './keys-api.ts'
import { moderationApi } from './moderation-api.ts'
import { operatorsApi } from './operators-api.ts'
import { payoutApi } from './payout-api.ts'
import { pluginApi } from './plugin-api.ts'
import { reviewApi } from './review-api.ts'
import { sampleApi } from './sample-api.ts'
import { webhookDoor } from './webhook-door.ts'
import { workersApi } from './workers-api.ts'

/** Every door for programs. */
export const apis = [
  pluginApi,
  jobApi,
  escrowApi,
  reviewApi,
  moderationApi,
  operatorsApi,
  payoutApi,
  sampleApi,
  webhookDoor,
  workersApi,
  demoApi,
  openApiRoutes,
  keysApi,
] as const
