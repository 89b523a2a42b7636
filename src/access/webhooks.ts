import { Webhook } from 'standardwebhooks'

type Headers = Record<string, string | string[] | undefined>

/** Whether the request bears a Standard Webhooks signature, right or wrong. */
export function isSigned(headers: Headers): boolean {
  return headers['webhook-signature'] !== undefined
}

/** Whether one of the secrets signed exactly these bytes within the last five minutes (Standard Webhooks 1.0). */
export function isRightlySigned(headers: Headers, body: Buffer, secrets: string[]): boolean {
  const plain = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  )
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, plain, { jsonParse: false })
      return true
    } catch {
      return false
    }
  })
}
