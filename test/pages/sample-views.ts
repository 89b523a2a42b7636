import type { ListedBadge, ProfileView } from '../../schemas/profile.ts'
import type { Check, Verdict } from '../../schemas/verdict.ts'
import type { AchievementView, BadgeView, GoneView, IssuerView } from '../../schemas/view.ts'

/** Views of the sample programme, as `actions` would hand them to a page. */
const site = 'https://badges.northwind.example'

export const issuer: IssuerView = {
  name: 'Northwind Cloud',
  description: 'Northwind Cloud certifies people who build and run systems on its cloud.',
  url: 'https://www.northwind.example/certification',
  email: 'certification@northwind.example',
  language: 'en',
  did: 'did:web:badges.northwind.example',
  address: site,
}

export const associate: AchievementView = {
  id: 'solutions-architect-associate',
  version: 1,
  name: 'Solutions Architect Associate',
  description:
    'Designs systems on Northwind Cloud that are available, secure and no dearer than they must be.',
  level: 'Associate',
  criteria: {
    narrative:
      'Passed the proctored exam NW-SAA in one sitting of 130 minutes: 65 questions on designing resilient, performant, secure and cost-aware systems.\n\nIdentity was checked against a photo document before the exam began.',
    url: 'https://www.northwind.example/certification/saa',
  },
  skills: [
    {
      name: 'Resilient architecture',
      url: 'https://www.northwind.example/skills/resilience',
      description: 'Plans for the failure of any single part.',
      framework: 'Northwind Skills',
    },
    { name: 'Cloud networking', url: 'https://www.northwind.example/skills/networking' },
    { name: 'Cost control', url: 'https://www.northwind.example/skills/cost' },
    { name: 'Identity and access', url: 'https://www.northwind.example/skills/identity' },
  ],
  exam: { code: 'NW-SAA-03', title: 'Solutions Architect Associate' },
  validity: 'P2Y',
  picture: `${site}/artwork/associate.svg`,
  language: 'en',
  pictureAlt:
    'Green shield with one chevron and a compass star, on a roundel: Solutions Architect Associate',
  address: `${site}/ob3/achievements/solutions-architect-associate/1`,
}

const page = `${site}/b/4fWm2Qk9ZcR7tYxN1sLp0A`

/** A badge that not everybody may see, as its owner sees it. */
export const unseen: BadgeView = {
  status: 'valid',
  achievement: associate,
  issuer,
  holder: { name: 'Maria Ferreira' },
  earnedOn: '2026-11-22',
  expiresOn: '2028-11-22',
  timeZone: 'Asia/Shanghai',
  validFrom: '2026-11-21T16:00:00Z',
  validUntil: '2028-11-22T15:59:59Z',
  certificationNumber: 'NW-7K4M-92QD',
  indexable: false,
  links: {
    page,
    image: `${page}/picture.png`,
    bakedPng: `${page}/badge.png`,
    bakedSvg: `${page}/badge.svg`,
    bakedSvgOb2: `${page}/badge-ob2.svg`,
    assertion: `${site}/ob2/assertions/9hT3vB6nW1eKq8Zr5uJc2M`,
    assertionJws: `${page}/assertion.jws`,
    credential: `${page}/credential.json`,
    credentialJwt: `${page}/credential.jwt`,
  },
}

/** The same once everybody may see it. */
export const badge: BadgeView = {
  ...unseen,
  preview: {
    card: `${page}/card.png`,
    signature: `${page}/signature.png`,
    embed: `${site}/embed/4fWm2Qk9ZcR7tYxN1sLp0A`,
    oembed: `${site}/oembed?url=${encodeURIComponent(page)}`,
  },
}

const ended = { status: 'expired', earnedOn: '2024-03-14', expiresOn: '2026-03-14' } as const
export const expired: BadgeView = { ...badge, ...ended }
export const expiredUnseen: BadgeView = { ...unseen, ...ended }
export const suspended: BadgeView = { ...badge, status: 'suspended', since: '2026-11-20T02:00:00Z' }
export const revoked: BadgeView = {
  ...unseen,
  status: 'revoked',
  since: '2026-05-02T18:30:00Z',
  reason: 'withdrawn',
}

const { holder: _, ...nameless } = badge
export const hidden: BadgeView = nameless

export const gone: GoneView = {
  status: 'revoked',
  since: '2026-05-02T18:30:00Z',
  reason: 'corrected',
  timeZone: 'Asia/Shanghai',
  achievement: { name: associate.name },
  issuer,
  links: { page, image: `${page}/picture.png` },
}

const listed = (name?: string): ListedBadge => ({
  status: 'valid',
  achievement: associate,
  ...(name && { holder: { name } }),
  earnedOn: '2026-11-22',
  expiresOn: '2028-11-22',
  validFrom: '2026-11-21T16:00:00Z',
  page,
  image: `${page}/picture.png`,
})

export const profile: ProfileView = {
  handle: 'maria-ferreira',
  name: 'Maria Ferreira',
  page: `${site}/u/maria-ferreira`,
  feed: `${site}/u/maria-ferreira/feed.json`,
  indexable: false,
  issuer,
  badges: [
    { ...listed(), status: 'suspended' },
    listed(),
    { ...listed(), status: 'expired', earnedOn: '2024-03-14', expiresOn: '2026-03-14' },
  ],
}

const everything = { text: '', achievement: '', level: '', page: 1 }

/** A full page of the directory, and more behind it. */
export const directory = {
  search: everything,
  badges: Array.from({ length: 20 }, (_, at) =>
    listed(['Maria Ferreira', undefined, '张伟', 'محمد بن عبد الله آل سعود'][at % 4]),
  ),
  more: true,
  issuer,
  achievements: [{ id: associate.id, name: associate.name }],
  levels: [{ id: 'associate', name: 'Associate' }],
}
export const foundNothing = {
  ...directory,
  search: { ...everything, text: 'nobody of that name' },
  badges: [],
  more: false,
}

export const checkedAt = '2026-11-22T13:08:14Z'

function check(name: Check['name'], reason: string, result: Check['result'] = 'pass'): Check {
  return { name, result, reason, at: checkedAt }
}

export const passed: Verdict = {
  verdict: 'valid',
  checks: [
    check('file', 'The badge file is complete and follows the Open Badges rules.'),
    check(
      'signature',
      'The signature fits the file: not a letter was changed since it was signed.',
    ),
    check('issuer', 'The key that signed it is published at badges.northwind.example.'),
    check('revocation', 'The issuer has not withdrawn it.'),
    check('suspension', 'It is not under review.'),
    check('dates', 'It is valid from 22 November 2026 until 22 November 2028.'),
  ],
}

export const failed: Verdict = {
  verdict: 'invalid',
  checks: [
    check('file', 'The badge file is complete and follows the Open Badges rules.'),
    check(
      'signature',
      'The signature does not fit: the file was changed after it was signed.',
      'fail',
    ),
    check('issuer', 'The address of the keys did not answer within 5 seconds.', 'could-not-check'),
  ],
}
