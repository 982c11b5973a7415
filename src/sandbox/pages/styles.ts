import { styleSheet } from '../../platform/page/asset.ts'
import account from './account.css?asset'
import applicants from './applicants.css?asset'
import contracts from './contracts.css?asset'
import home from './home.css?asset'
import jobs from './jobs.css?asset'
import operators from './operators.css?asset'
import profile from './profile.css?asset'
import sandbox from './sandbox.css?asset'
import search from './search.css?asset'

// a page loads one sheet: the one of its part, which has in it what every page needs
/** Of pages without a sheet of their own. */
export const sandboxStyles = styleSheet('/assets/sandbox.css', sandbox)
export const accountStyles = styleSheet('/assets/account.css', account)
export const applicantsStyles = styleSheet('/assets/applicants.css', applicants)
export const contractsStyles = styleSheet('/assets/contracts.css', contracts)
export const homeStyles = styleSheet('/assets/home.css', home)
export const jobsStyles = styleSheet('/assets/jobs.css', jobs)
export const operatorsStyles = styleSheet('/assets/operators.css', operators)
export const profileStyles = styleSheet('/assets/profile.css', profile)
export const searchStyles = styleSheet('/assets/search.css', search)
