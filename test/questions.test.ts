import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '..')

/**
 * What a new maintainer asks, the file that answers, and what it must still have. When a file moves, look whether its new place is
 * where you would look for it first.
 */
const questions: [question: string, file: string, has: string][] = [
  ['Where is the wait after a failed attempt?', 'src/domain/rules/retake-policy.ts', 'retakeWaits'],
  ['When does a badge expire?', 'src/domain/rules/validity.ts', 'inclusiveEnd'],
  ['Which pass renews which badge?', 'src/domain/rules/renewals.ts', 'renews'],
  ['When are two results one attempt?', 'src/domain/rules/duplicate-attempts.ts', 'sittingOf'],
  [
    'When is a message about another person?',
    'src/domain/rules/wrong-person.ts',
    'isAnotherPerson',
  ],
  ['What may an operator decide?', 'src/domain/rules/review.ts', 'reviewActions'],
  ['Who may see what of a badge?', 'src/domain/badge/privacy.ts', 'export function access'],
  ['How is a certification number made?', 'src/domain/badge/certification-number.ts', 'Luhn'],
  [
    'How is the salted hash of a mail address made?',
    'src/domain/people/identity-hash.ts',
    'identityHash',
  ],
  ['When are two addresses the same?', 'src/domain/people/mail-address.ts', 'normalEmail'],
  ['When are two ids the same?', 'src/domain/people/normal-ids.ts', 'normalId'],
  ['How long does a session live?', 'src/domain/people/session.ts', 'sessionIdle'],
  ['How long can a mailed link be used?', 'src/domain/people/mail-link.ts', 'linkLives'],
  ['When are reminders sent?', 'src/domain/holders/reminders.ts', 'reminderDays'],
  ['Where is the link to LinkedIn built?', 'src/domain/holders/sharing-links.ts', 'linkedin.com'],
  [
    'What chooses the place in a status list?',
    'src/storage/badges/status-lists.ts',
    'status_index',
  ],
  ['What makes a write durable on SQLite?', 'src/storage/sqlite.ts', 'synchronous = FULL'],
  ['Where do I add a migration?', 'src/storage/migrations/migrations.ts', '0001-badges'],
  [
    'What happens to a result that arrives?',
    'src/actions/intake/accept-exam-result.ts',
    'export async function acceptExamResult',
  ],
  ['What is reserved before signing?', 'src/actions/issuing/reserve-badge.ts', 'salt'],
  [
    'How does an operator open a declined badge?',
    'src/actions/operating/reopen-badge.ts',
    'export async function reopenBadge',
  ],
  [
    'What is deleted when a person is erased?',
    'src/actions/holders/erase-person.ts',
    'eraseResult',
  ],
  ['What decides on a genuine badge?', 'src/verifying/verify.ts', 'export async function judge'],
  ['How is text put into a PNG?', 'src/baking/png.ts', 'bakePng'],
  ['Where is the Content-Security-Policy?', 'src/http/security.ts', 'contentSecurityPolicy'],
  ['Where is every route of the site registered?', 'src/http/app.ts', 'const rooms'],
  ['Which status has which error?', 'src/http/problems.ts', 'problem.kind'],
  ['How often may one caller ask?', 'src/http/limits.ts', 'retry-after'],
  ['How long may a job go without a sign of life?', 'src/domain/work/job.ts', 'lease'],
  ['Where are the texts of the pages?', 'src/words/en.json', 'claim'],
]

t.test('each question of a new maintainer is answered by the file that is named', async (t) => {
  t.ok(questions.length >= 30)
  for (const [question, file, has] of questions) {
    const path = join(root, file)
    t.ok(existsSync(path), `${question} ${file} is gone`)
    if (existsSync(path))
      t.ok(readFileSync(path, 'utf8').includes(has), `${question} ${file} has no ${has}`)
  }
})
