import { script, styleSheet } from '../../platform/page/asset.ts'
import badge from './badge/kentei-badge.ts?asset'
import kentei from './kentei.css?asset'
import runner from './runner/runner.ts?asset'
import waiting from './waiting/waiting.ts?asset'

export const pageStyles = styleSheet('/assets/kentei.css', kentei)

/** The exam's island. Pages work without it. */
export const runnerScript = script('/assets/runner.js', runner)

/** The island of the page for those who wait. */
export const waitingScript = script('/assets/waiting.js', waiting)

/** The `<kentei-badge>` element for other sites. They write its address into their pages, so that it never changes. */
export const badgeScript = script('/kentei-badge.js', badge)
