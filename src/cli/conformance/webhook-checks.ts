import { countedEventTypes, eventIds, marketplaceEvent } from '../../contract/events.ts'
import { instant } from '../../kernel/instant.ts'
import { verifyWebhook } from '../../platform/outbox/webhook.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { checksOf, type Finding, fails, holds, notOffered, notTried } from './check.ts'
import type { Delivery, PluginDoor, Provocation } from './plugin-door.ts'

const POLL_MS = 50
const NONE_CAME: Say = (t) => t('conformance.came.noneCame')
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
  if (!door) return notTried((t) => t('conformance.came.ownDoor'))
  return provocation ? act({ door, provocation }) : notTried((t) => t('conformance.came.nothingSent'))
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
  if (!first)
    return fails((t) => t('conformance.came.noWebhook', { worker: of.worker, seconds: bench.webhookPatience / 1_000 }))
  const again = await awaitDelivery(
    bench,
    of.door,
    (delivery) => isAbout(of.worker, delivery) && delivery.at >= first.at && delivery !== first,
  )
  return again
    ? judge(first, again)
    : fails((t) => t('conformance.came.notAgain', { seconds: bench.webhookPatience / 1_000 }))
}

async function judgeSignatures(bench: Bench, door: PluginDoor): Promise<Finding> {
  for (const { at, headers, body } of door.deliveries) {
    const verified = await verifyWebhook({
      headers: (name) => headers[name],
      body,
      keys: bench.webhookKeys,
      now: instant(at),
    })
    if (!verified.ok) return fails(() => verified.problem.reason)
  }
  return holds((t) => t('conformance.came.deliveries', { count: door.deliveries.length }))
}

function judgeEnvelope({ headers, body }: Delivery): Finding {
  const read = marketplaceEvent.safeParse(JSON.parse(body))
  if (!read.success)
    return fails((t) =>
      t('conformance.came.inBody', {
        issues: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
        body: body.slice(0, 200),
      }),
    )
  const thick = Object.entries(read.data.data).find(
    ([, value]) => !(typeof value === 'number' || (typeof value === 'string' && value.length <= 128)),
  )
  if (thick || body.length > MOST_BYTES)
    return fails((t) =>
      t('conformance.came.moreThanIds', {
        what: thick?.[0] ?? t('conformance.came.bytes', { bytes: body.length }),
      }),
    )
  return read.data.id === headers['webhook-id']
    ? holds(() => body.slice(0, 200))
    : fails(() => `id ${read.data.id}, webhook-id ${headers['webhook-id']}`)
}

const versionOf = ({ body }: Delivery): number => marketplaceEvent.safeParse(JSON.parse(body)).data?.data.version ?? 0

export const webhookChecks = [
  ...checksOf(
    'events',
    [
      {
        id: 'webhook.arrives',
        run: (bench) =>
          withWebhooks(bench, async ({ door, provocation }) => {
            const came = await awaitDelivery(bench, door, (delivery) =>
              isAbout(provocation.inRow ?? provocation.refused, delivery),
            )
            return came
              ? holds(() => came.body.slice(0, 200))
              : fails((t) => t('conformance.came.nothingWithin', { seconds: bench.webhookPatience / 1_000 }))
          }),
      },
      {
        id: 'webhook.signature',
        run: (bench) =>
          withWebhooks(bench, async ({ door }) => {
            if (bench.webhookKeys.length === 0) return notTried((t) => t('conformance.came.noWebhookKey'))
            return (await awaitDelivery(bench, door, () => true)) ? judgeSignatures(bench, door) : fails(NONE_CAME)
          }),
      },
      {
        id: 'webhook.envelope',
        run: (bench) =>
          withWebhooks(bench, async ({ door }) => {
            if (!(await awaitDelivery(bench, door, () => true))) return fails(NONE_CAME)
            const findings = door.deliveries.map(judgeEnvelope)
            return findings.find(({ outcome }) => outcome === 'fails') ?? (findings[0] as Finding)
          }),
      },
    ],
    'events',
  ),
  ...checksOf(
    'behaviour',
    [
      {
        id: 'webhook.retried',
        run: (bench) =>
          withWebhooks(bench, ({ door, provocation }) =>
            judgeRetry(bench, { door, worker: provocation.refused, status: 500 }, (first, again) => {
              if (first.headers['webhook-id'] !== again.headers['webhook-id'])
                return fails((t) =>
                  t('conformance.came.firstThen', {
                    first: String(first.headers['webhook-id']),
                    next: String(again.headers['webhook-id']),
                  }),
                )
              return first.body === again.body
                ? holds((t) => t('conformance.came.again', { seconds: ((again.at - first.at) / 1_000).toFixed(1) }))
                : fails((t) => t('conformance.came.otherBody'))
            }),
          ),
      },
      {
        id: 'webhook.retry-after',
        run: (bench) =>
          withWebhooks(bench, async ({ door, provocation }) =>
            provocation.delayed === undefined
              ? notTried((t) => t('conformance.came.oneWebhook'))
              : judgeRetry(bench, { door, worker: provocation.delayed, status: 503 }, (first, again) => {
                  const waited = again.at - first.at
                  const said: Say = (t) =>
                    t('conformance.came.waited', {
                      asked: bench.retryAfter,
                      seconds: (waited / 1_000).toFixed(1),
                    })
                  return waited >= bench.retryAfter * 1_000 - TOLERANCE_MS ? holds(said) : fails(said)
                }),
          ),
      },
      {
        id: 'webhook.order',
        level: 'optional',
        run: (bench) =>
          withWebhooks(bench, async ({ door, provocation: { inRow } }) => {
            if (inRow === undefined) return notTried((t) => t('conformance.came.noThree'))
            const of = () => door.deliveries.filter((delivery) => isAbout(inRow, delivery))
            await awaitDelivery(bench, door, () => of().length >= 3)
            const versions = of().map(versionOf)
            return versions.length >= 3 &&
              versions.every((version, at) => at === 0 || version >= (versions[at - 1] ?? 0))
              ? holds(() => versions.join(', '))
              : fails((t) => versions.join(', ') || t('conformance.came.none'))
          }),
      },
      {
        id: 'webhook.counted',
        level: 'optional',
        run: (bench) =>
          withWebhooks(bench, async ({ door }) => {
            const came = door.deliveries.flatMap(({ body }) => marketplaceEvent.safeParse(JSON.parse(body)).data ?? [])
            const counted = came.filter(({ type }) => (countedEventTypes as readonly string[]).includes(type))
            if (counted.length === 0) return notOffered
            const wrong = counted.find(({ data }) => {
              const { worker, exam } = eventIds.parse(data)
              return worker === undefined || exam === undefined
            })
            return wrong
              ? fails(() => JSON.stringify(wrong).slice(0, 200))
              : holds((t) => t('conformance.came.deliveries', { count: counted.length }))
          }),
      },
    ],
    'events',
  ),
]
