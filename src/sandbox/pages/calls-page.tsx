import * as z from 'zod'
import { operations } from '../api/openapi.ts'
import type { Operation } from '../api/operation.ts'
import { problemKinds } from '../problem-response.ts'
import { Page, type Reader } from './parts/layout.tsx'

const anchor = ({ method, path }: Operation) => `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`

const callers: Readonly<Record<Operation['security'], string>> = {
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

const refusalsOf = ({ refusals }: Operation): string => refusals.map((code) => `${problemKinds[code].status} ${code}`).join(', ')

function Call({ operation }: { operation: Operation }) {
  const { query, body, success, already } = operation
  const facts = [
    ['Caller', callers[operation.security]],
    ['Query', query ? fieldsOf(query) : ''],
    ['Body', body ? fieldsOf(body) : ''],
    ...[success, ...(already ? [already] : [])].map(([status, description]) => [String(status), description]),
    ['Refusals', refusalsOf(operation)],
  ].filter(([, text]) => text !== '')
  return (
    <section class="card flow" aria-labelledby={anchor(operation)}>
      <h3 id={anchor(operation)}>
        <code>
          {operation.method.toUpperCase()} {operation.path}
        </code>
      </h3>
      <p class="small">{operation.summary}</p>
      <dl class="kv">
        {facts.map(([name, text]) => (
          <div>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
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
            JSON in and out; refusals are <code>application/problem+json</code> with a stable <code>code</code>. For programs: <a href="/openapi.json">OpenAPI 3.1</a>
          </p>
        </div>
      </div>
      <div class="stack" lang="en">
        {[...Map.groupBy(operations, ({ tag }) => tag)].map(([tag, calls]) => (
          <div class="stack s">
            <h2>{tag}</h2>
            {calls.map((operation) => (
              <Call operation={operation} />
            ))}
          </div>
        ))}
      </div>
    </main>
  </Page>
)
