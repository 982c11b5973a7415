// deno run --allow-net --allow-env deno.mjs      POST badges as a JSON array of texts, get their verdicts
import { createVerifier } from '@kentei/verify'

const verifier = createVerifier({ issuers: [Deno.env.get('ISSUER')] })

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 8000) }, async (request) => {
  if (request.method !== 'POST') return new Response('POST badges', { status: 405 })
  const verifications = await verifier.verifyAll(await request.json())
  return Response.json(verifications.map(({ verdict }) => verdict))
})
