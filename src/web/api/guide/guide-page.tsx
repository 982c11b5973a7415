import { guideStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { ErrorsChapter, EventsChapter, RetriesChapter } from './guide-events.tsx'
import { Chapter, Code, GuideTable } from './guide-parts.tsx'
import { ShowChapter } from './guide-show.tsx'
import { DutiesChapter, QuickstartChapter, TrustChapter } from './guide-trust.tsx'
import { VerifyChapter } from './guide-verify.tsx'

const contents = [
  ['quickstart', 'In ten minutes'],
  ['build', 'What you build'],
  ['trust', 'Trust'],
  ['verify', 'Verifying a badge'],
  ['show', 'Showing a badge'],
  ['events', 'Events'],
  ['errors', 'Errors'],
  ['retries', 'Retries'],
  ['privacy', 'Privacy'],
  ['try', 'Trying it'],
  ['go-live', 'Before you go live'],
] as const

const PrivacyChapter = () => (
  <Chapter id="privacy" title="Privacy">
    <ul>
      <li>Kentei shares exam, level, dates, credential id and status. Scores, answers, timings, attempts and failures never leave it, not even in a case of suspected cheating.</li>
      <li>
        The ranking signal is a number of the exam, not of the person: everybody with the same certificate gets the same <code>priorMean</code>.
      </li>
      <li>You share a pairwise id, a display name and a locale at launch; then standings, amounts in ranges, clients under opaque names, and hidden answers only as an aggregate of five or more.</li>
      <li>
        A worker who leaves is erased on both sides: <code>worker.deleted</code>, or <code>DELETE /api/workers/{'{worker}'}</code> (scope <code>workers:erase</code>). From then on each form of a badge
        answers 410, pages, frames and pictures with a tombstone that names nobody, and a copy that somebody kept verifies as revoked.
      </li>
    </ul>
  </Chapter>
)

const TryChapter = () => (
  <Chapter id="try" title="Trying it">
    <p>
      <code>kentei conformance</code> takes Kentei’s part against your marketplace and says, line by line, what holds and what does not, and below each failure what to do. It serves keys and a webhook
      door of its own; configure your marketplace to trust that origin as it would trust Kentei’s.
    </p>
    <Code label="Conformance runs">
      {[
        'npm run kentei -- conformance                                    # against a throw-away reference marketplace',
        'npm run kentei -- conformance --marketplace https://staging.market.example \\',
        '  --listen 127.0.0.1:9000 --plugin-origin https://tunnel.example --worker <id> --wait 120 --json',
        'npm run kentei -- conformance --marketplace http://localhost:8788   # beside npm start, as the Kentei that it started',
      ].join('\n')}
    </Code>
    <GuideTable
      caption="What the reference marketplace offers to integrators"
      columns={['what', 'for']}
      rows={[
        [<code>wrk_suspended</code>, 'A worker who gets no badge.'],
        [<code>wrk_flaky</code>, 'Two of three calls fail with 503 and Retry-After.'],
        [<code>wrk_slow</code>, 'Every call takes three seconds.'],
        [
          <>
            <code>POST /demo/clock</code> <code>{'{"advance":"P14D"}'}</code>
          </>,
          'Moves the test clock, and with it every timer of both services. What is issued afterwards lies in the future for a program that goes by the real clock: it says “not valid yet”.',
        ],
        [
          <>
            <code>POST /demo/session</code> <code>{'{"user":"cli_03"}'}</code>
          </>,
          'Signs in as anybody: a bearer session for the marketplace’s own calls (wrk_001, cli_01, opr_demo, opr_second).',
        ],
        [
          <>
            <code>POST /demo/trigger</code> <code>{'{"event":"escrow.released","worker":"wrk_007"}'}</code>
          </>,
          'Brings about any event of the catalogue through the acts of people, and names what was made on the way.',
        ],
        [
          <>
            <code>POST /demo/workers/{'{id}'}/standing</code> <code>{'{"status":"suspended"}'}</code>
          </>,
          'Decides on a standing, which is announced.',
        ],
        [
          <>
            <code>POST /demo/faults</code> <code>{'{"status":500,"times":3}'}</code>
          </>,
          'Makes the next calls of Kentei fail; with delayMs, wait.',
        ],
        [<code>POST /demo/launch</code>, 'Makes a launch token for anybody.'],
      ]}
    />
  </Chapter>
)

const checklist = [
  'kentei conformance finds nothing wrong with your staging, and what it could not try was tried by hand.',
  'Private keys lie in the secret store; the next key of each kind is published already.',
  'Clocks are kept by NTP: tokens live for minutes.',
  'Webhook ids are kept for good, under a unique key; versions are compared in the same statement that writes.',
  'Signatures are checked over the raw bytes, before anything is parsed.',
  'A badge is verified before it is shown, and shown as suspended, revoked or expired when it is.',
  'A signal without an active badge behind it, or past its validUntil, counts for nothing.',
  'A suspension takes the boost away in the same moment, not at the next re-indexing.',
  'Readers are told why a worker stands where they stand, and that a certificate fades as reviews come in.',
  'Dead letters and failed webhooks alert somebody; there is a button to send them again.',
  'Erasure was tried from end to end.',
  'A person, not a rule, decides every case; the statement of reasons and the appeal are in place.',
]

const JapaneseSummary = () => (
  <section class="card guide" lang="ja" aria-labelledby="summary-ja">
    <h2 id="summary-ja">日本語の概要</h2>
    <ul>
      <li>このページは、検定 Kentei をマーケットプレイスにつなぐ方のための手引きです。本文は英語ですが、例のプログラムはそのまま動きます（すべて自動テストで実行しています）。</li>
      <li>10分で試す：npm start で両方を起動し、quickstart.sh を実行すると、受験者の送り出し、合格、バッジの検証、順位への反映、停止の反映までを一度に確かめられます。</li>
      <li>双方の信頼は、公開鍵で検証する5分以内・1回限りのトークンだけで成り立ちます。共有の秘密はありません。</li>
      <li>バッジは Open Badges 3.0 の署名つき証明書です。JavaScript、Python、Go、Java、Ruby での検証例があります。</li>
      <li>イベントは順不同・重複ありを前提に、id で重複を除き、version が大きいときだけ反映してください。</li>
      <li>得点・解答・不合格は、どこにも送られません。</li>
      <li>公開前に kentei conformance で、契約どおりに動くかを1行ずつ確かめられます。</li>
    </ul>
  </section>
)

/** How to connect a marketplace, from the first try to going live. */
export const GuidePage = ({ context }: { context: PageContext }) => (
  <Page styles={guideStyles} context={context} title="Integrator’s guide">
    <main id="main" class="wrap narrow">
      <p class="crumb">
        <a href="/docs">HTTP API</a>
      </p>
      <div class="head" lang="en">
        <div>
          <h1>Integrator’s guide</h1>
          <p class="lead">Connect a marketplace to Kentei: people go over to be examined, badges and evidence come back. Every program on this page is run by the tests as it stands here.</p>
        </div>
      </div>
      <div class="stack">
        {context.locale === 'ja' && <JapaneseSummary />}
        <nav class="card contents" aria-label="Contents" lang="en">
          <ol>
            {contents.map(([id, title]) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="stack" lang="en">
          <QuickstartChapter />
          <DutiesChapter />
          <TrustChapter />
          <VerifyChapter />
          <ShowChapter />
          <EventsChapter />
          <ErrorsChapter />
          <RetriesChapter />
          <PrivacyChapter />
          <TryChapter />
          <Chapter id="go-live" title="Before you go live">
            <ul class="checks">
              {checklist.map((point) => (
                <li>{point}</li>
              ))}
            </ul>
          </Chapter>
        </div>
      </div>
    </main>
  </Page>
)
