import narrow from '../../platform/page/styles/narrow.css?asset'
import questionNarrow from '../../web/candidate/runner/question-narrow.css?asset'
import questionPhone from '../../web/candidate/runner/question-phone.css?asset'
import stemNarrow from '../../web/ui/stem-narrow.css?asset'
import own from './preview.css?asset'
import island from './preview.ts?asset'

/** What the product does on a narrow screen, done to whatever stands in `.phone` on a wide one. */
const phone = `@layer states{.phone .candidate{${[narrow, stemNarrow, questionNarrow, questionPhone].map(({ text }) => text).join('')}}}`

/** What is shown, and a question's narrow layout for `.phone`. */
export const previewCss = `${own.text}\n${phone}`
export const previewScript = island.text
