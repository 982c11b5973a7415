import { script, styleSheet } from '../../platform/page/asset.ts'
import account from './account.css?asset'
import applicants from './applicants.css?asset'
import contracts from './contracts.css?asset'
import frontIsland from './front/front-island.ts?asset'
import front from './front.css?asset'
import home from './home.css?asset'
import jobs from './jobs.css?asset'
import queueKeysIsland from './operators/queue-keys-island.ts?asset'
import operators from './operators.css?asset'
import profile from './profile.css?asset'
import sandbox from './sandbox.css?asset'
import search from './search.css?asset'
import watch from './watch.css?asset'

// a page loads one sheet: of its part, behind what every page needs
/** Of pages without a sheet of their own. */
export const sandboxStyles = styleSheet('/assets/sandbox.css', sandbox)
export const accountStyles = styleSheet('/assets/account.css', sandbox, account)
export const applicantsStyles = styleSheet('/assets/applicants.css', sandbox, applicants)
export const contractsStyles = styleSheet('/assets/contracts.css', sandbox, contracts)
export const frontStyles = styleSheet('/assets/front.css', sandbox, front)
export const frontScript = script('/assets/front.js', frontIsland)
export const homeStyles = styleSheet('/assets/home.css', sandbox, home)
export const jobsStyles = styleSheet('/assets/jobs.css', sandbox, jobs)
export const operatorsStyles = styleSheet('/assets/operators.css', sandbox, operators)
export const queueKeysScript = script('/assets/queue-keys.js', queueKeysIsland)
export const profileStyles = styleSheet('/assets/profile.css', sandbox, profile)
export const searchStyles = styleSheet('/assets/search.css', sandbox, search)
export const watchStyles = styleSheet('/assets/watch.css', sandbox, watch)
