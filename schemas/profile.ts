import { type Static, Type } from './type.ts'
import { AchievementView, BadgeView, IssuerView } from './view.ts'

const Url = Type.String({ format: 'uri' })

/** A badge in a list: enough to recognise it, and the address of its page. `holder` is present in lists with names. */
export const ListedBadge = Type.Object(
  {
    status: Type.Enum(['valid', 'expired', 'suspended']),
    achievement: Type.Pick(AchievementView, [
      'id',
      'version',
      'name',
      'description',
      'level',
      'picture',
      'pictureAlt',
      'address',
    ]),
    holder: BadgeView.properties.holder,
    earnedOn: Type.String({ format: 'date' }),
    expiresOn: Type.String({ format: 'date' }),
    validFrom: Type.String({ format: 'date-time' }),
    page: Url,
    image: Url,
  },
  { title: 'ListedBadge' },
)
export type ListedBadge = Static<typeof ListedBadge>

/** A public profile: public badges, newest first, and a name if the holder shows one. */
export const ProfileView = Type.Object(
  {
    handle: Type.String(),
    name: Type.Optional(Type.String({ description: 'Absent if the holder shows none.' })),
    page: Url,
    feed: Url,
    indexable: Type.Boolean(),
    issuer: IssuerView,
    badges: Type.Array(ListedBadge),
  },
  { title: 'Profile' },
)
export type ProfileView = Static<typeof ProfileView>

/** A JSON Feed 1.1 of badges: https://www.jsonfeed.org/version/1.1/ */
export const JsonFeed = Type.Object(
  {
    version: Type.Literal('https://jsonfeed.org/version/1.1'),
    title: Type.String(),
    home_page_url: Url,
    feed_url: Url,
    next_url: Type.Optional(Url),
    language: Type.String(),
    authors: Type.Optional(Type.Array(Type.Object({ name: Type.String(), url: Url }))),
    items: Type.Array(
      Type.Object({
        id: Url,
        url: Url,
        title: Type.String(),
        content_text: Type.String(),
        image: Url,
        date_published: Type.String({ format: 'date-time' }),
        authors: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
      }),
    ),
  },
  { title: 'JsonFeed' },
)
export type JsonFeed = Static<typeof JsonFeed>
