/**
 * The account of a person who proved at least one e-mail address. What exam systems know about people is in
 * `person.ts`.
 */
export type Account = { id: string; createdAt: string; addresses: Address[] }

/** A proved address, in its normal form. Mail goes to the main one. */
export type Address = { email: string; verifiedAt: string; main: boolean }

/** How the audit log names the signed-in person. */
export function ownerActor(accountId: string): string {
  return `account:${accountId}`
}
