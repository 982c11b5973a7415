import programs from '../desk?programs'
import { script, styleSheet } from '../platform/page/asset.ts'
import documents from './api/documents.css?asset'
import about from './candidate/about/about.css?asset'
import exam from './candidate/exam/exam.css?asset'
import front from './candidate/front/front.css?asset'
import practice from './candidate/island/practice.ts?asset'
import runner from './candidate/island/runner.ts?asset'
import questions from './candidate/practice/practice.css?asset'
import records from './candidate/records/records.css?asset'
import fail from './candidate/result/fail.css?asset'
import pass from './candidate/result/pass.css?asset'
import progress from './candidate/result/progress-island.ts?asset'
import result from './candidate/result/result.css?asset'
import paper from './candidate/runner/paper.css?asset'
import review from './candidate/runner/review.css?asset'
import study from './candidate/study/study.css?asset'
import claims from './candidate/tasks/claims/claims.css?asset'
import draft from './candidate/tasks/draft/draft.css?asset'
import draftIsland from './candidate/tasks/draft/draft-island.ts?asset'
import inbox from './candidate/tasks/inbox/inbox.css?asset'
import inboxIsland from './candidate/tasks/inbox/inbox-island.ts?asset'
import formulas from './candidate/tasks/sheet/evaluate-sheet.ts?asset'
import sheet from './candidate/tasks/sheet/sheet.css?asset'
import sheetIsland from './candidate/tasks/sheet/sheet-island.ts?asset'
import grid from './candidate/tasks/table/grid-island.ts?asset'
import table from './candidate/tasks/table/table.css?asset'
import tasks from './candidate/tasks/tasks.css?asset'
import embed from './public/embed/embed.css?asset'
import print from './public/print.css?asset'
import printing from './public/print.ts?asset'
import verify from './public/verify.css?asset'
import desk from './staff/desk/desk.css?asset'
import deskEditor from './staff/desk/editor.css?asset'
import handIn from './staff/desk/hand-in.css?asset'
import deskView from './staff/desk/view.css?asset'
import staff from './staff/staff.css?asset'
import today from './staff/today/today-island.ts?asset'
import badge from './ui/badge/kentei-badge.ts?asset'
import check from './ui/checker.css?asset'
import kentei from './ui/kentei.css?asset'
import parts from './ui/parts.css?asset'
import copy from './ui/share/copy.ts?asset'
import waiting from './ui/waiting/waiting.ts?asset'

// a page loads one sheet: of its part, behind what every page needs
/** Of pages without a sheet of their own. */
export const pageStyles = styleSheet('/assets/kentei.css', parts, kentei)
/** Of the page for everybody who is not signed in. */
export const frontStyles = styleSheet('/assets/front.css', parts, kentei, front)
export const examStyles = styleSheet('/assets/exam.css', parts, kentei, exam)
export const paperStyles = styleSheet('/assets/paper.css', parts, paper)
export const studyStyles = styleSheet('/assets/study.css', parts, kentei, study)
export const practiceStyles = styleSheet('/assets/practice.css', parts, questions)
export const tableStyles = styleSheet('/assets/task-table.css', parts, tasks, table)
export const claimsStyles = styleSheet('/assets/task-claims.css', parts, tasks, claims)
export const inboxStyles = styleSheet('/assets/task-inbox.css', parts, tasks, inbox)
export const sheetStyles = styleSheet('/assets/task-sheet.css', parts, tasks, sheet)
export const draftStyles = styleSheet('/assets/task-draft.css', parts, tasks, draft)
export const reviewStyles = styleSheet('/assets/review.css', parts, review)
export const resultStyles = styleSheet('/assets/result.css', parts, kentei, result)
export const passStyles = styleSheet('/assets/pass.css', parts, kentei, pass)
export const failStyles = styleSheet('/assets/fail.css', parts, kentei, fail)
export const recordsStyles = styleSheet('/assets/records.css', parts, kentei, records)
export const aboutStyles = styleSheet('/assets/about.css', parts, kentei, about)
export const staffStyles = styleSheet('/assets/staff.css', parts, kentei, staff)
export const deskStyles = styleSheet('/assets/desk.css', parts, kentei, staff, desk, deskEditor)
export const deskViewStyles = styleSheet('/assets/desk-view.css', parts, paper, deskView)
export const handInStyles = styleSheet('/assets/hand-in.css', parts, kentei, staff, handIn)
export const documentStyles = styleSheet('/assets/guide.css', parts, kentei, documents)
export const verifyStyles = styleSheet('/credentials/assets/verify.css', parts, kentei, verify)
export const checkStyles = styleSheet('/assets/check.css', parts, kentei, check)
export const printStyles = styleSheet('/credentials/assets/print.css', parts, print)
export const embedStyles = styleSheet('/assets/embed.css', parts, embed)

/** The exam's island. Pages work without it. */
export const runnerScript = script('/assets/runner.js', runner)
/** What the scripts of tasks need of a page that saves nothing. */
export const practiceScript = script('/assets/practice.js', practice)
/** The cells of a table to put in order: keys, pasting, and what cannot be seen. */
export const gridScript = script('/assets/grid.js', grid)
/** The list of an inbox, and which mail of it is open. */
export const inboxScript = script('/assets/inbox.js', inboxIsland)
/** The margin of a manuscript, and what was changed in it. */
export const draftScript = script('/assets/draft.js', draftIsland)
/** A sheet for formulas: what each comes to, and where it goes. */
export const sheetScript = script('/assets/sheet.js', sheetIsland)
/** What calculates them, loaded when the page is there. */
export const evaluatorScript = script('/assets/formulas.js', formulas)
/** The island of the page for those who wait. */
export const waitingScript = script('/assets/waiting.js', waiting)
/** Shows a pass as it is at this moment. */
export const progressScript = script('/assets/progress.js', progress)
/** Keeps the first page of staff as it is now. */
export const todayScript = script('/assets/today.js', today)
/** Makes the copy buttons work. */
export const copyScript = script('/credentials/assets/copy.js', copy)
export const printScript = script('/credentials/assets/print.js', printing)
/** The `<kentei-badge>` element for other sites. They write its address into their pages, so that it never changes. */
export const badgeScript = script('/kentei-badge.js', badge)

type Program = (typeof programs)[string]
/** The author's editor, of the desk's page alone; and what it asks for findings, for the candidate's view, and what a paste holds. */
export const deskEditorScript = script('/assets/desk-editor.js', programs['desk-editor'] as Program)
export const deskCheckerScript = script('/assets/desk-checker.js', programs['desk-checker'] as Program)
export const deskPasteScript = script('/assets/desk-paste.js', programs['desk-paste'] as Program)
