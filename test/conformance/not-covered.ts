const endorsement = 'Blazon issues no endorsements.'
const connect =
  'Badge Connect is a role of hosts and displayers; Blazon is no OB 2.1 host or client.'
const api = 'Blazon offers no Open Badges 3.0 API: candidates take their files from their page.'

/** The requirements that no test shows, with the reason. `coverage.test.ts` holds the table to the tests. */
export const notCovered: Record<string, string> = {
  '6.1': endorsement,
  '6.2': endorsement,
  '6.3': endorsement,
  '7.3': 'A role of hosts: Blazon imports no badges.',
  '8.1': connect,
  '8.2': connect,
  '8.3': connect,
  '8.4': connect,
  '8.5': connect,
  '8.6': connect,
  '8.7': connect,
  '8.8': connect,
  '8.9': connect,
  '8.10': connect,
  '9.21': 'issuer.url is the programme owner’s own site, which no test of ours can ask.',
  '12.11': 'Blazon issues no refresh service: a badge that changes is revoked and issued anew.',
  '13.1': endorsement,
  '13.2': endorsement,
  '13.3': endorsement,
  '14.2': api,
  '14.3': api,
  '14.4': api,
  '14.5': api,
  '14.6': api,
  '14.7': api,
  '14.8': api,
  '15.2': 'A role of displayers: Blazon shows its own badges only.',
  '15.3': 'A role of hosts: Blazon keeps no badges of others.',
}
