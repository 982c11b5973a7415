import { RETRY_WAITS } from '../../../platform/outbox/retry-schedule.ts'
import { problemKinds } from '../../problem-response.ts'
import { adviceOn, answersUnderstood, ineligibleMeanings, refusalMeanings, webhookRefusalMeanings } from './error-catalogue.ts'
import { type DescribedEvent, incomingEvents, outgoingEvents } from './event-catalogue.ts'
import { Chapter, Code, Example, GuideTable } from './guide-parts.tsx'

const EventTable = ({ caption, effect, events }: { caption: string; effect: string; events: readonly DescribedEvent[] }) => (
  <>
    <h3>{caption}</h3>
    <GuideTable caption={caption} columns={['type', 'when', effect]} rows={events.map((event) => [<code>{event.type}</code>, event.when, event.effect])} />
    <details class="example">
      <summary>An envelope of each</summary>
      <Code label={`${caption}: envelopes`}>{events.map(({ example }) => JSON.stringify(example)).join('\n\n')}</Code>
    </details>
  </>
)

/** What is told in each direction, and how. */
export const EventsChapter = () => (
  <Chapter id="events" title="Events">
    <p>
      Envelopes are thin: <code>{'{id, type, timestamp, data}'}</code>, where <code>data</code> holds ids and a <code>version</code>. Whoever needs more asks. Both sides sign as Standard Webhooks do,
      over the raw body: <code>v1</code> by a shared <code>whsec_…</code> secret or <code>v1a</code> by Ed25519.
    </p>
    <p>
      An id is applied once, for good. Apply a state only when its version is higher than the one you have; on a gap, ask. Then neither duplicates nor another order do harm, and what was lost is
      mended by asking.
    </p>
    <EventTable caption="Marketplace → Kentei: POST /webhooks/marketplace" effect="what Kentei does" events={incomingEvents} />
    <Example name="send.mjs" title="Sending one" />
    <EventTable caption="Kentei → subscribers" effect="what to do" events={outgoingEvents} />
    <Example name="receive.mjs" title="Receiving them" />
  </Chapter>
)

const Reasons = ({ code, caption, meanings }: { code: string; caption: string; meanings: Readonly<Record<string, string>> }) => (
  <>
    <h3>
      Reasons beside <code>{code}</code>
    </h3>
    <GuideTable caption={caption} columns={['reason', 'meaning']} rows={Object.entries(meanings).map(([reason, meaning]) => [<code>{reason}</code>, meaning])} />
  </>
)

/** The refusals of Kentei, and what it makes of those of a marketplace. */
export const ErrorsChapter = () => (
  <Chapter id="errors" title="Errors">
    <p>
      Every refusal is <code>application/problem+json</code> (RFC 9457) with <code>title</code>, <code>status</code> and a <code>code</code> that never changes its meaning. Answer Kentei’s calls in
      the same form.
    </p>
    <GuideTable
      caption="Refusals of Kentei"
      columns={['code', 'status', 'meaning', 'what to do']}
      rows={(Object.keys(problemKinds) as (keyof typeof problemKinds)[]).map((code) => [<code>{code}</code>, problemKinds[code].status, problemKinds[code].title, adviceOn[code]])}
    />
    <Reasons code="token-refused" caption="Reasons of a refused token" meanings={refusalMeanings} />
    <Reasons code="signature-invalid" caption="Reasons of a refused webhook" meanings={webhookRefusalMeanings} />
    <Reasons code="not-eligible" caption="Reasons why no attempt may be started" meanings={ineligibleMeanings} />
    <h3>What Kentei makes of your answer</h3>
    <GuideTable caption="Answers of a marketplace" columns={['answer', 'meaning']} rows={answersUnderstood.map(([answer, meaning]) => [answer, meaning])} />
  </Chapter>
)

/** A length of time in hours and minutes; in seconds below a minute. */
function inWords(milliseconds: number): string {
  const [hours, minutes, seconds] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60, milliseconds / 1_000]
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, milliseconds < 60_000 && `${seconds} s`].filter(Boolean).join(' ')
}

/** When a message that failed is sent again. */
export const RetriesChapter = () => {
  const sums = RETRY_WAITS.map((_, at) => RETRY_WAITS.slice(0, at + 1).reduce((sum, wait) => sum + wait, 0))
  return (
    <Chapter id="retries" title="Retries">
      <p>
        Kentei sends strictly in order per worker: standing, badge, signal. Each try carries the same <code>Idempotency-Key</code> (the same <code>webhook-id</code> for events) and the same bytes. Up
        to a tenth is added to each wait, another share for each message and try; <code>Retry-After</code> makes it longer, up to 24 h. After the last try, or at once where you answer 400, 404, 405,
        410, 413 or 422, the message goes to the dead letters. Retry your own webhooks by the same table.
      </p>
      <GuideTable
        caption="Tries"
        columns={['try', 'waits', 'since the first']}
        rows={RETRY_WAITS.map((wait, at) => [String(at + 1), at === 0 ? 'at once' : inWords(wait), at === 0 ? '–' : `about ${inWords(sums[at] ?? 0)}`])}
      />
    </Chapter>
  )
}
