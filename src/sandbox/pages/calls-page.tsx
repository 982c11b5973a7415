import * as z from 'zod'
import type { Call, Security } from '../../contract/call.ts'
import { Terms } from '../../platform/page/terms.tsx'
import { calls } from '../api/calls.ts'
import { problemKinds } from '../problem-response.ts'
import { Page, type Reader } from './parts/layout.tsx'

type SandboxCall = (typeof calls)[number]

const anchor = ({ method, path }: Call) => `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`

const callers: Readonly<Record<Security, string>> = {
  none: 'anybody',
  session: 'a session of POST /demo/session',
  service: 'a service token',
  either: 'a session or a service token',
  webhook: 'a signed webhook',
}

/** Names of what a call takes; those that may be left out with a question mark. */
function fieldsOf(type: z.ZodType): string {
  const { properties = {}, required = [] } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })
  return Object.keys(properties)
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .join(', ')
}

const refusalsOf = ({ refusals }: SandboxCall): string =>
  refusals.map((code) => `${problemKinds[code].status} ${code}`).join(', ')

function CallCard({ call }: { call: SandboxCall }) {
  const { query, body, success, already } = call
  const facts: readonly (readonly [string, string])[] = [
    ['Caller', callers[call.security]],
    ['Query', query ? fieldsOf(query) : ''],
    ['Body', body ? fieldsOf(body) : ''],
    ...[success, ...(already ? [already] : [])].map(([status, description]) => [String(status), description] as const),
    ['Refusals', refusalsOf(call)],
  ]
  return (
    <section class="card flow" aria-labelledby={anchor(call)}>
      <h3 id={anchor(call)}>
        <code>
          {call.method.toUpperCase()} {call.path}
        </code>
      </h3>
      <p class="small">{call.summary}</p>
      <Terms className="kv" terms={facts.filter(([, text]) => text !== '')} />
    </section>
  )
}

/** Every call of the HTTP API for people, as `/openapi.json` tells it to programs. In English, like the codes in it. */
export const CallsPage = ({ reader }: { reader: Reader }) => (
  <Page reader={reader} title="HTTP API">
    <main id="main" class="wrap narrow">
      <div class="head">
        <div>
          <h1 lang="en">HTTP API</h1>
          <p class="lead" lang="en">
            JSON in and out; refusals are <code>application/problem+json</code> with a stable <code>code</code>. For
            programs: <a href="/openapi.json">OpenAPI 3.1</a>
          </p>
        </div>
      </div>
      <div class="stack" lang="en">
        {[...Map.groupBy(calls, ({ tag }) => tag)].map(([tag, list]) => (
          <div class="stack s">
            <h2>{tag}</h2>
            {list.map((call) => (
              <CallCard call={call} />
            ))}
          </div>
        ))}
      </div>
    </main>
  </Page>
)
