import { createHmac, timingSafeEqual } from 'node:crypto'
import { setImmediate as others } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'

type Headers = Record<string, string | string[] | undefined>

/** Whether the request bears a Standard Webhooks signature, right or wrong. */
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
    if ((await isSignedWith(plain, body, secret)) && isTaken(plain, body, secret)) return true
  return false
}

function isTaken(headers: Record<string, string>, body: Buffer, secret: string) {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}

const slice = 1024 * 1024

/**
 * Whether one of the signatures is of this secret. The library sums in JavaScript, 10 MB in a third of a second, and anybody may send
 * as much: so what reaches it has been summed by OpenSSL before, a slice at a time.
 */
async function isSignedWith(headers: Record<string, string>, body: Buffer, secret: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const hmac = createHmac('sha256', key)
  hmac.update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
  for (let start = 0; start < body.length; start += slice) {
    if (start > 0) await others()
    hmac.update(body.subarray(start, start + slice))
  }
  const sum = hmac.digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
    const signature = Buffer.from(each.replace(/^v1,/, ''), 'base64')
    return signature.length === sum.length && timingSafeEqual(signature, sum)
  })
}
