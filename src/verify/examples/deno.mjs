// deno run --allow-net --allow-env deno.mjs      POST badges as a JSON array of texts, get their verdicts
import { createVerifier } from '@kentei/verify'

const verifier = createVerifier({ issuers: [Deno.env.get('ISSUER')], asksIssuers: true })

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 8000) }, async (request) => {
  if (request.method !== 'POST') return new Response('POST badges', { status: 405 })
  const badges = await request.json().catch(() => undefined)
  if (!Array.isArray(badges) || badges.length > 1000)
    return new Response('POST a JSON array of at most 1,000 badges', { status: 400 })
  const verifications = await verifier.verifyAll(badges)
  return Response.json(verifications.map(({ verdict }) => verdict))
})
