import { startTimer } from './clock.ts'
import { finish, watchConnection } from './page-life.ts'
import { openPaper } from './paper.ts'
import { element, run, say, texts } from './run-data.ts'
import { flush, show, sync, waiting } from './saving.ts'
import { openTask } from './task.ts'

/** The exam's island: everything below only improves pages that already work as plain forms. */

/** An accommodation or an extension reaches the page within this time. */
const POLL = 4_000

// a page that was saved before says so from the start
if (element('save').dataset.s === 'none') show('none', texts.none)
if (run.page === 'paper') openPaper()
else if (run.page === 'task') openTask()
else if (run.page === 'review') {
  const form = element<HTMLFormElement>('submit')
  form.addEventListener('submit', async (e) => {
    if (!waiting()) return
    e.preventDefault()
    if (await flush()) form.submit()
    else say(texts.unsaved, 'alert')
  })
}
watchConnection()
startTimer(() => void finish())
setInterval(() => document.hidden || void sync(), POLL)
// answers left behind by an earlier page; the review counts them only after a reload
if (waiting()) void flush().then((saved) => saved && run.page === 'review' && location.reload())
