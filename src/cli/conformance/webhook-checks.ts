import { marketplaceEvent } from '../../contract/events.ts'
import { instant } from '../../kernel/instant.ts'
import { verifyWebhook } from '../../platform/outbox/webhook-signature.ts'
import type { Bench } from './bench.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import type { Delivery, PluginDoor } from './plugin-door.ts'
import type { Provocation } from './provoke-webhooks.ts'

const POLL_MS = 50
const MOST_BYTES = 1_024
/** A timer may fire this much early. */
const TOLERANCE_MS = 100

/** Waits for a delivery; undefined when it does not come in time. */
export async function awaitDelivery(
  bench: Bench,
  door: PluginDoor,
  is: (delivery: Delivery) => boolean,
): Promise<Delivery | undefined> {
  for (const end = Date.now() + bench.webhookPatience; ; await bench.wait(POLL_MS)) {
    const found = door.deliveries.find(is)
    if (found || Date.now() > end) return found
  }
}

const isAbout = (worker: string, { body }: Delivery): boolean => body.includes(JSON.stringify(worker))

/** Tries something on webhooks that this run made the marketplace send. */
async function withWebhooks(
  bench: Bench,
  act: (of: { readonly door: PluginDoor; readonly provocation: Provocation }) => Promise<Finding>,
): Promise<Finding> {
  const { door, provocation } = bench
  if (!door) return notTried('webhooks go to the plugin whose keys these are')
  return provocation ? act({ door, provocation }) : notTried('nothing made the marketplace send one; see --wait')
}

/** Waits for a refused delivery and for the next one of the same id, and judges the two. */
async function judgeRetry(
  bench: Bench,
  of: { readonly door: PluginDoor; readonly worker: string; readonly status: number },
  judge: (first: Delivery, again: Delivery) => Finding,
): Promise<Finding> {
  const first = await awaitDelivery(
    bench,
    of.door,
    (delivery) => isAbout(of.worker, delivery) && delivery.answered === of.status,
  )
  if (!first) return fails(`no webhook about ${of.worker} within ${bench.webhookPatience / 1_000} s`)
  const again = await awaitDelivery(
    bench,
    of.door,
    (delivery) => isAbout(of.worker, delivery) && delivery.at >= first.at && delivery !== first,
  )
  return again ? judge(first, again) : fails(`not sent again within ${bench.webhookPatience / 1_000} s`)
}

async function judgeSignatures(bench: Bench, door: PluginDoor): Promise<Finding> {
  for (const { at, headers, body } of door.deliveries) {
    const verified = await verifyWebhook({
      headers: (name) => headers[name],
      body,
      keys: bench.webhookKeys,
      now: instant(at),
    })
    if (!verified.ok) return fails(verified.problem.reason)
  }
  return holds(`${door.deliveries.length} deliveries`)
}

function judgeEnvelope({ headers, body }: Delivery): Finding {
  const read = marketplaceEvent.safeParse(JSON.parse(body))
  if (!read.success)
    return fails(
      `${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')} in ${body.slice(0, 200)}`,
    )
  const thick = Object.entries(read.data.data).find(
    ([, value]) => !(typeof value === 'number' || (typeof value === 'string' && value.length <= 128)),
  )
  if (thick || body.length > MOST_BYTES) return fails(`more than ids: ${thick?.[0] ?? `${body.length} bytes`}`)
  return read.data.id === headers['webhook-id']
    ? holds(body.slice(0, 200))
    : fails(`id ${read.data.id}, webhook-id ${headers['webhook-id']}`)
}

const versionOf = ({ body }: Delivery): number => marketplaceEvent.safeParse(JSON.parse(body)).data?.data.version ?? 0

export const webhookChecks = [
  ...checksOf('Marketplace → plugin', [
    {
      id: 'webhook.arrives',
      expects: 'a change of standing is announced at /webhooks/marketplace',
      run: (bench) =>
        withWebhooks(bench, async ({ door, provocation }) => {
          const came = await awaitDelivery(bench, door, (delivery) =>
            isAbout(provocation.inRow ?? provocation.refused, delivery),
          )
          return came ? holds(came.body.slice(0, 200)) : fails(`nothing within ${bench.webhookPatience / 1_000} s`)
        }),
    },
    {
      id: 'webhook.signature',
      expects: 'every webhook carries a good Standard Webhooks signature over its raw body',
      run: (bench) =>
        withWebhooks(bench, async ({ door }) => {
          if (bench.webhookKeys.length === 0) return notTried('no key to verify it by; see --webhook-key')
          return (await awaitDelivery(bench, door, () => true)) ? judgeSignatures(bench, door) : fails('there was none')
        }),
    },
    {
      id: 'webhook.envelope',
      expects: 'the envelope is {id, type, timestamp, data: {ids, version}} and no more; its id is the webhook-id',
      run: (bench) =>
        withWebhooks(bench, async ({ door }) => {
          if (!(await awaitDelivery(bench, door, () => true))) return fails('there was none')
          const findings = door.deliveries.map(judgeEnvelope)
          return findings.find(({ outcome }) => outcome === 'fails') ?? (findings[0] as Finding)
        }),
    },
  ]),
  ...checksOf('Behaviour', [
    {
      id: 'webhook.retried',
      expects: 'after a 500 it comes again, with the same id and the same bytes',
      run: (bench) =>
        withWebhooks(bench, ({ door, provocation }) =>
          judgeRetry(bench, { door, worker: provocation.refused, status: 500 }, (first, again) => {
            if (first.headers['webhook-id'] !== again.headers['webhook-id'])
              return fails(`first ${first.headers['webhook-id']}, then ${again.headers['webhook-id']}`)
            return first.body === again.body
              ? holds(`again after ${((again.at - first.at) / 1_000).toFixed(1)} s`)
              : fails('another body under the same id')
          }),
        ),
    },
    {
      id: 'webhook.retry-after',
      expects: 'Retry-After is honoured',
      run: (bench) =>
        withWebhooks(bench, async ({ door, provocation }) =>
          provocation.delayed === undefined
            ? notTried('one webhook does not tell')
            : judgeRetry(bench, { door, worker: provocation.delayed, status: 503 }, (first, again) => {
                const waited = again.at - first.at
                const said = `asked for ${bench.retryAfter} s, again after ${(waited / 1_000).toFixed(1)} s`
                return waited >= bench.retryAfter * 1_000 - TOLERANCE_MS ? holds(said) : fails(said)
              }),
        ),
    },
    {
      id: 'webhook.order',
      required: false,
      expects: 'three changes in a row arrive in the order of their versions',
      run: (bench) =>
        withWebhooks(bench, async ({ door, provocation: { inRow } }) => {
          if (inRow === undefined) return notTried('nobody could make three in a row')
          const of = () => door.deliveries.filter((delivery) => isAbout(inRow, delivery))
          await awaitDelivery(bench, door, () => of().length >= 3)
          const versions = of().map(versionOf)
          return versions.length >= 3 && versions.every((version, at) => at === 0 || version >= (versions[at - 1] ?? 0))
            ? holds(versions.join(', '))
            : fails(versions.join(', ') || 'none')
        }),
    },
  ]),
]
