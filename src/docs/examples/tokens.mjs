// node tokens.mjs https://market.example https://kentei.example key.jwk      needs: npm install jose
// key.jwk is your private P-256 key; its public half is published at https://market.example/.well-known/jwks.json
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { importJWK, SignJWT } from 'jose'

const [market, kentei, file] = process.argv.slice(2)
const jwk = JSON.parse(await readFile(file, 'utf8'))
const key = await importJWK(jwk, 'ES256')

/** A token for one use, of two minutes. Kentei takes none that lives longer than five. */
const sign = (typ, claims) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ })
    .setIssuer(market)
    .setAudience(kentei)
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti(randomUUID())
    .sign(key)

// send a person over: redirect the browser to this address
const person = {
  sub: 'wrk_1',
  role: 'worker',
  name: 'つどい',
  locale: 'ja',
  exam: 'business-admin',
  returnUrl: `${market}/workers/wrk_1`,
}
console.log(`${kentei}/launch?token=${await sign('launch+jwt', person)}`)

// ask for whatever you missed
const token = await sign('service+jwt', { scope: 'events:read' })
const reply = await fetch(`${kentei}/api/events?after=0`, { headers: { authorization: `Bearer ${token}` } })
console.log(reply.status, await reply.text())
