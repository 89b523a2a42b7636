import type { ReviewAnswer, ReviewDecision, ReviewList } from '../../schemas/review.ts'
import type { Started } from './start.ts'

/** The open items of the review queue. */
export async function openItems({ app, auth }: Started): Promise<ReviewAnswer[]> {
  const answer = await app.inject({ url: '/v1/review', headers: auth })
  return (answer.json() as ReviewList).items
}

/** Decides an item as an operator would. */
export async function decide(
  { app, auth }: Started,
  id: string,
  action: ReviewDecision['action'] | 'nonsense',
  more: { answer?: string; note?: string } = {},
) {
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/review/${id}/decide`,
    headers: auth,
    payload: { action, note: 'looked at', ...more },
  })
  return { status: answer.statusCode, body: answer.json() as ReviewAnswer & { detail?: string } }
}

/** Whether a candidate may sit an exam. */
export async function eligibility({ app, auth }: Started, candidate: string, query: string) {
  const url = `/v1/candidates/webassessor/${candidate}/eligibility?${query}`
  const answer = await app.inject({ url, headers: auth })
  return { status: answer.statusCode, body: answer.json() }
}
