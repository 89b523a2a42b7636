/** Alignments of an achievement, each unlike the others: what a stranger adds to a genuine credential at no cost. */
export const alignments = (count: number, name = (index: number) => `Skill ${index}`) =>
  Array.from({ length: count }, (_, index) => ({
    type: ['Alignment'],
    targetName: name(index),
    targetUrl: `https://skills.example/${name(index)}`,
  }))

type Subject = { achievement: Record<string, unknown> } & Record<string, unknown>
type Credential = { credentialSubject: Subject } & Record<string, unknown>

/** The credential with other members in its subject's achievement. */
export function withAchievement(credential: string, added: Record<string, unknown>): Credential {
  const document = JSON.parse(credential) as Credential
  Object.assign(document.credentialSubject.achievement, added)
  return document
}

/** Blank nodes of one shape, each of which refers to as many others, which are alike too: to RDFC-1.0 a grid that it walks every way. */
export function grid(credential: string, [rows, columns]: [number, number]): Credential {
  const document = JSON.parse(credential) as Credential
  document.credentialSubject.result = Array.from({ length: rows }, () => ({
    type: ['Result'],
    value: '1',
    alignment: alignments(columns, () => 'alike'),
  }))
  return document
}
