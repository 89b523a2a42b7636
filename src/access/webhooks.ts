import { createHmac, timingSafeEqual } from 'node:crypto'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

type Headers = Record<string, string | string[] | undefined>

/** Whether the request has a Standard Webhooks signature, valid or not. */
export function isSigned(headers: Headers): boolean {
  return headers['webhook-signature'] !== undefined
}

/** Whether one of the secrets signed exactly these bytes within the last five minutes (Standard Webhooks 1.0). */
export async function isRightlySigned(
  headers: Headers,
  body: Buffer,
  secrets: string[],
): Promise<boolean> {
  const plain = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  )
  for (const secret of secrets)
    if ((await isSignedWith(plain, body, secret)) && isAccepted(plain, body, secret)) return true
  return false
}

function isAccepted(headers: Record<string, string>, body: Buffer, secret: string) {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

const slice = 1024 * 1024

/**
 * Whether one of the signatures was made with this secret. The library computes the HMAC in JavaScript, 10 MB in a
 * third of a second, and strangers may send as much. So OpenSSL computes it first, a slice at a time, and the library
 * sees only signed bodies.
 */
async function isSignedWith(headers: Record<string, string>, body: Buffer, secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const hmac = createHmac('sha256', key)
  hmac.update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
  for (let start = 0; start < body.length; start += slice) {
    if (start > 0) await yieldToEventLoop()
    hmac.update(body.subarray(start, start + slice))
  }
  const sum = hmac.digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
    const signature = Buffer.from(each.replace(/^v1,/, ''), 'base64')
    return signature.length === sum.length && timingSafeEqual(signature, sum)
  })
}
