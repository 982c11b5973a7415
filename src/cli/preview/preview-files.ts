import questionNarrow from '../../web/candidate/runner/question-narrow.css?asset'
import questionPhone from '../../web/candidate/runner/question-phone.css?asset'
import kentei from '../../web/ui/kentei.css?asset'
import narrow from '../../web/ui/narrow.css?asset'
import own from './preview.css?asset'
import island from './preview.ts?asset'

/** What the product does on a narrow screen, done to whatever stands in `.phone` on a wide one. */
const phone = `@layer states{.phone .candidate{${[narrow, questionNarrow, questionPhone].map(({ text }) => text).join('')}}}`

/** The product's own sheet, a question's narrow layout for `.phone`, and what only authors see. */
export const previewCss = [kentei.text, phone, own.text].join('\n')
export const previewScript = island.text
