// node admit.mjs https://market.example https://kentei.example 3000      needs: npm install jose
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const [market, kentei, port] = process.argv.slice(2)
const MOST_SECONDS = 300
const SKEW_SECONDS = 5
// fetched when they are needed, and for an unknown kid again, at most once in ten seconds
const keys = createRemoteJWKSet(new URL(`${kentei}/.well-known/jwks.json`), { cooldownDuration: 10_000 })
const used = new Set() // in your database, under a unique key, until the token has ended

/** The claims of a service token of Kentei; undefined where it is none that counts here and now. */
async function admit(authorization) {
  const token = /^Bearer (\S{1,8192})$/.exec(authorization ?? '')?.[1]
  if (!token) return undefined
  const checked = await jwtVerify(token, keys, {
    typ: 'service+jwt',
    algorithms: ['ES256'],
    issuer: kentei,
    audience: market,
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['iat', 'exp', 'jti', 'scope'],
  }).catch(() => undefined)
  if (!checked?.protectedHeader.kid) return undefined
  const { iat, exp, jti } = checked.payload
  if (exp - iat > MOST_SECONDS || iat > Date.now() / 1_000 + SKEW_SECONDS || used.has(jti)) return undefined
  used.add(jti)
  return checked.payload
}

createServer(async ({ headers }, response) => {
  const claims = await admit(headers.authorization)
  const status = claims === undefined ? 401 : claims.scope.split(' ').includes('standing:read') ? 200 : 403
  const body =
    status === 200
      ? { status: 'good', version: 1 }
      : { title: 'The token was refused', status, code: status === 401 ? 'token-refused' : 'forbidden' }
  response.writeHead(status, { 'content-type': `application/${status === 200 ? '' : 'problem+'}json` })
  response.end(JSON.stringify(body))
}).listen(Number(port), '127.0.0.1')
