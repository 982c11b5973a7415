import { adminApi, statisticsApi } from '../api/admin-api.ts'
import { proposalsApi } from '../api/proposals-api.ts'
import { staffApi } from '../api/staff-api.ts'
import { bankRoutes } from '../staff/bank/bank-routes.tsx'
import { staffCredentialRoutes } from '../staff/credentials/staff-credential-routes.tsx'
import { deskRoutes } from '../staff/desk/desk-routes.tsx'
import { staffRoutes } from '../staff/staff-routes.tsx'
import type { Door } from '../web-env.ts'

/** Operators and authors, and their tools. */
export const staffDoor: Door = () => [
  adminApi(),
  // authors may do what is in the proposals' API, and nothing else of what operators may: it stands before theirs
  proposalsApi(),
  statisticsApi(),
  staffApi(),
  staffRoutes(),
  bankRoutes(),
  deskRoutes(),
  staffCredentialRoutes(),
]
