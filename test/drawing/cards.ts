import { readFileSync } from 'node:fs'
import { drawPicture, drawRevoked } from '../../src/baking/picture.ts'
import type { Card } from '../../src/drawing/card.ts'
import { longNames } from './names.ts'

const artwork = readFileSync(
  new URL('../../programme.example/professional.svg', import.meta.url),
  'utf8',
)

/** Flat, so that golden pictures stay small. */
const plainArtwork =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><path fill="#7a2048" d="M300 20 580 160V440L300 580 20 440V160Z"/></svg>'

/** Cards of every state and direction, and the fullest ones there can be. */
export async function sampleCards(): Promise<Record<string, Card>> {
  const valid: Card = {
    achievement: 'Certified Prompt Engineering Professional',
    holder: 'Ada Lovelace',
    issuer: 'Example Certification Programme',
    days: ['Valid until 22 November 2028'],
    picture: await drawPicture(plainArtwork, 600),
    lang: 'en',
    dir: 'ltr',
  }
  const expired = { tone: 'caution', words: 'Expired on 14 March 2026' } as const
  return {
    valid: { ...valid, picture: await drawPicture(artwork, 600) },
    expired: { ...valid, days: ['Earned on 14 March 2024'], verdict: expired },
    revoked: {
      ...valid,
      days: [],
      verdict: { tone: 'bad', words: 'No longer valid since 3 May 2026' },
    },
    unnamed: { ...valid, holder: undefined },
    gone: {
      ...valid,
      holder: undefined,
      days: [],
      picture: await drawRevoked(600),
      verdict: { tone: 'bad', words: 'No longer valid since 3 May 2026' },
    },
    chinese: {
      ...valid,
      achievement: '大语言模型应用工程师认证（专业级）',
      holder: '欧阳娜娜',
      issuer: '示例认证中心',
      days: ['有效期至2028年11月22日'],
      lang: 'zh-CN',
    },
    arabic: {
      ...valid,
      achievement: 'أخصائي معتمد في هندسة الأوامر Prompt Engineering',
      holder: 'محمد عبد الله الأنصاري',
      issuer: 'برنامج الشهادات المهنية',
      days: ['صالحة حتى 22 نوفمبر 2028'],
      verdict: { tone: 'caution', words: 'انتهت صلاحيتها في 14 مارس 2026' },
      lang: 'ar',
      dir: 'rtl',
    },
    'arabic-page-latin-name': {
      ...valid,
      days: ['صالحة حتى 22 نوفمبر 2028'],
      lang: 'ar',
      dir: 'rtl',
    },
    full: {
      ...valid,
      achievement:
        'Certified Professional in the Responsible Operation of Retrieval-Augmented Generation Systems for Regulated Industries',
      holder: longNames['long-latin'],
      issuer:
        'The International Board of Examiners for Applied Language Model Engineering and Operations',
      days: ['Earned on 22 September 2026', 'Valid until 22 September 2028'],
      verdict: { tone: 'unknown', words: 'Status under review' },
    },
  }
}
