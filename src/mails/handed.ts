/** What became of a mail: the server took it, or refused it for good; and what it said. */
export type Handed = { state: 'sent' | 'bounced'; answer: string }
