import type {
  AddressFiles,
  HistoryEntry,
  HolderBadge,
  HolderSession,
  Naming,
} from '../../src/domain/holders/holder-view.ts'
import type { Account } from '../../src/domain/people/account.ts'
import * as views from './sample-views.ts'

type Listed = HolderBadge['shareLinks'][number]

const shareLink = (changes: Partial<Listed> = {}): Listed => ({
  id: 'a3c8f0d2-0000-4000-8000-000000000001',
  badgeId: 'b1',
  label: 'Application at Contoso',
  withName: true,
  withFiles: false,
  withCertificate: false,
  expiresAt: '2026-12-22T15:59:59Z',
  viewLimit: null,
  views: 3,
  createdAt: '2026-11-22T02:00:00Z',
  seenAt: '2026-11-23T08:30:00Z',
  live: true,
  ...changes,
})

/** A badge as its owner sees it; `view` is what they see. */
function own(changes: Partial<HolderBadge> = {}): HolderBadge {
  return {
    id: '6f1d7a8e-3b1c-4a55-9c0e-5f2a9e7d1b40',
    claim: 'claimed',
    undoUntil: null,
    visibility: 'public',
    nameDisplay: 'full',
    discoverable: true,
    showExpired: true,
    view: views.badge,
    certificate: {
      address: 'https://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA/certificate.pdf',
      missing: [],
      held: false,
    },
    names: { full: 'Maria Ferreira', initials: 'M. F.', hidden: null },
    shareLinks: [],
    ...changes,
  }
}

const twenty = Array.from({ length: 20 }, (_, index) =>
  shareLink({
    id: `a3c8f0d2-0000-4000-8000-0000000000${String(index + 10)}`,
    label: index === 3 ? 'محمد بن عبد الله' : `Employer number ${index + 1} of a long list`,
    viewLimit: index % 2 ? 10 : null,
    live: index !== 5,
    ...(index === 7 && {
      seenAt: null,
      views: 0,
      expiresAt: null,
      withFiles: true,
      withCertificate: true,
    }),
  }),
)

const long =
  'Professora Doutora Maria Antónia Ferreira de Vasconcelos e Albuquerque Wolfeschlegelsteinhausenbergerdorff'

/** Somebody's badges, one of each kind that a page has to cope with. */
export const ownBadges = {
  public: own({ shareLinks: [shareLink(), shareLink({ label: 'Mãe', views: 0, seenAt: null })] }),
  open: own({ claim: 'open', visibility: 'private', view: views.unseen }),
  declined: own({
    claim: 'declined',
    visibility: 'private',
    undoUntil: '2026-12-22T13:08:14Z',
    view: views.unseen,
  }),
  'declined long ago': own({ claim: 'declined', visibility: 'private', view: views.unseen }),
  private: own({
    visibility: 'private',
    discoverable: false,
    nameDisplay: 'hidden',
    view: views.unseen,
  }),
  'by link': own({ visibility: 'link', view: views.unseen, shareLinks: [shareLink()] }),
  'with twenty links': own({ visibility: 'link', view: views.unseen, shareLinks: twenty }),
  expired: own({ view: views.expiredUnseen, showExpired: false }),
  renewed: own({ view: views.expired, renewedBy: { id: 'b2', expiresOn: '2028-11-22' } }),
  renewal: own({ renews: { id: 'b1', earnedOn: '2024-11-22' } }),
  suspended: own({ view: views.suspended }),
  revoked: own({ view: views.revoked }),
  chinese: own({
    names: { full: '张伟', initials: 'Z. W.', hidden: null },
    nameDisplay: 'initials',
  }),
  arabic: own({
    names: { full: 'محمد بن عبد الله آل سعود', initials: 'م. ب. ع. ا. آ. س.', hidden: null },
    shareLinks: [shareLink({ label: 'جامعة الملك سعود' })],
  }),
  unprintable: own({
    names: { full: '𲎯文', initials: '𲎯.', hidden: null },
    certificate: {
      address: 'https://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA/certificate.pdf',
      missing: ['𲎯'],
      held: false,
    },
  }),
  long: own({ names: { full: long, initials: 'P. D. M. A. F. V. A. W.', hidden: null } }),
}

const asked = {
  wanted: { fullName: 'Maria Ferreira de Vasconcelos', latinName: null },
  reason: 'My second surname is missing.\nIt is on my passport.',
  askedAt: '2026-11-22T02:00:00Z',
  decidedAt: null,
  answer: null,
  missing: [],
}
const now = { fullName: 'Maria Ferreira', latinName: null }
const decided = { ...asked, decidedAt: '2026-11-23T02:00:00Z' }

/** The name on a badge, in each state of what its owner asked about it. */
export const namings: Record<string, Naming> = {
  plain: { now },
  asked: { now, asked: { ...asked, state: 'open' } },
  unprintable: {
    now,
    asked: {
      ...asked,
      state: 'open',
      wanted: { fullName: '𲎯文', latinName: null },
      missing: ['𲎯'],
    },
  },
  approved: { now: asked.wanted, asked: { ...decided, state: 'approved' } },
  refused: {
    now: { fullName: '张伟', latinName: 'Zhang Wei' },
    asked: {
      ...decided,
      state: 'refused',
      wanted: { fullName: 'محمد بن عبد الله', latinName: 'Mohammed' },
      answer:
        'The ID that you showed has the name as it is printed. Write to us with a copy of your new one.',
    },
  },
  settled: { now, asked: { ...asked, state: 'settled' } },
}

/** Files for one other address, and another for which there could be some. */
export const addressFiles: AddressFiles = {
  made: [{ id: 'c1d4e6a0-0000-4000-8000-000000000001', email: 'maria@mail.example' }],
  offered: ['m.ferreira.de.vasconcelos.e.albuquerque@mail.universidade.example'],
}

const at = (day: number) => `2026-11-${day}T02:15:00Z`

export const happenings: HistoryEntry[] = [
  { at: at(10), what: 'issued', by: 'blazon' },
  { at: at(11), what: 'claimed', by: 'you', settings: { visibility: 'link' } },
  { at: at(12), what: 'shared', by: 'you' },
  { at: at(13), what: 'unshared', by: 'you' },
  {
    at: at(14),
    what: 'settings',
    by: 'you',
    settings: {
      visibility: 'public',
      nameDisplay: 'initials',
      discoverable: true,
      showExpired: false,
    },
  },
  { at: at(15), what: 'settings', by: 'programme', settings: { visibility: 'private' } },
  { at: at(16), what: 'suspended', by: 'programme' },
  { at: at(17), what: 'reinstated', by: 'programme' },
  { at: at(18), what: 'declined', by: 'you' },
  { at: at(19), what: 'reopened', by: 'programme' },
  { at: at(20), what: 'reissued', by: 'blazon' },
  { at: at(20), what: 'named', by: 'you' },
  { at: at(20), what: 'addressed', by: 'you' },
  { at: at(20), what: 'renamed', by: 'blazon' },
  { at: at(21), what: 'revoked', by: 'programme' },
]

export const account: Account = {
  id: 'account-1',
  createdAt: at(10),
  addresses: [
    { email: 'maria.ferreira@example.com', verifiedAt: at(10), main: true },
    {
      email: 'm.ferreira.de.vasconcelos.e.albuquerque@mail.universidade.example',
      verifiedAt: at(12),
      main: false,
    },
  ],
}

export const profile = {
  handle: 'maria-ferreira',
  shown: true,
  nameDisplay: 'initials' as const,
  discoverable: true,
}

const session = (id: string, agent: string, current: boolean): HolderSession => ({
  id,
  accountId: 'account-1',
  agent,
  createdAt: at(10),
  rotatedAt: at(20),
  seenAt: at(21),
  expiresAt: '2026-12-21T02:15:00Z',
  current,
})

export const sessions = [
  session('s-1', 'Firefox on Windows', true),
  session('s-2', 'Safari on iPhone', false),
]
