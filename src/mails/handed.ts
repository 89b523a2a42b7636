/** The outcome of a mail: the server accepted it, or refused it permanently. `answer` is the server's reply. */
export type Handed = { state: 'sent' | 'bounced'; answer: string }
