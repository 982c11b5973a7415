// node verify.mjs https://kentei.example badge.jwt      needs: npm install jose
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const [origin, file] = process.argv.slice(2)
const did = `did:web:${encodeURIComponent(new URL(origin).host)}`
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', origin))

/** Checks signature, type, issuer and times; a key is found by its exact kid. */
async function open(token) {
  const rules = {
    algorithms: ['ES256'],
    issuer: did,
    clockTolerance: 60,
    requiredClaims: ['exp', 'nbf', 'jti'],
  }
  const { payload, protectedHeader } = await jwtVerify(token, keys, rules)
  if (!protectedHeader.kid.startsWith(`${did}#`)) throw new Error('the key is not the issuer’s')
  // JWT may be the type of any token: its content says that it is a credential
  if (!['JWT', 'vc+jwt'].includes(protectedHeader.typ) || !payload.type?.includes('VerifiableCredential'))
    throw new Error('another kind of token')
  return payload
}

async function isRevoked({ statusListCredential, statusListIndex }) {
  if (new URL(statusListCredential).origin !== origin) throw new Error('a foreign status list')
  const { credentialSubject } = await open(await (await fetch(statusListCredential)).text())
  const list = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'), {
    maxOutputLength: 1 << 20,
  })
  const index = Number(statusListIndex)
  if (!(index >= 0 && index < list.length * 8)) throw new Error('no such entry')
  return ((list[index >> 3] >> (7 - (index & 7))) & 1) === 1
}

/** A suspension passes, so it stands in no list: the issuer tells it. */
async function liveVerdict(credential) {
  const body = JSON.stringify({ credential })
  const reply = await fetch(new URL('/api/credentials/verify', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  if (!reply.ok) throw new Error(`the issuer answered ${reply.status}`)
  return (await reply.json()).verdict
}

async function judge(credential) {
  let status
  try {
    status = (await open(credential)).credentialStatus
  } catch (problem) {
    return problem.code === 'ERR_JWT_EXPIRED' ? 'expired' : `invalid: ${problem.message}`
  }
  try {
    return (await isRevoked(status)) ? 'revoked' : await liveVerdict(credential)
  } catch (problem) {
    return `unknown: ${problem.message}` // never show it as valid
  }
}

const verdict = await judge((await readFile(file, 'utf8')).trim())
console.log(verdict)
process.exitCode = verdict === 'valid' ? 0 : 1
