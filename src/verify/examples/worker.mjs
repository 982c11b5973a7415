// A Cloudflare Worker: POST a badge, get its verdict. ISSUER is a variable of the Worker, such as https://kentei.example.
import { createVerifier } from '@kentei/verify'

// outlives the request, so that keys, lists and badges are known next time
let verifier

export default {
  async fetch(request, env) {
    if (request.method !== 'POST') return new Response('POST a badge', { status: 405 })
    verifier ??= createVerifier({ issuers: [env.ISSUER], asksIssuers: true })
    const { verdict, checks } = await verifier.verify((await request.text()).trim())
    return Response.json({ verdict, reason: checks.at(-1).code })
  },
}
