import sharp from 'sharp'
import t from 'tap'
import { layOut } from '../../src/drawing/lines.ts'
import { drawLines } from '../drawing/draw.ts'
import { bound, unlike } from './likeness.ts'

const draw = (text: string, size = 46) => drawLines([layOut(text, { style: 'serif', size })], 600)

/** What is right, and what differs from it by one small thing. */
const wrong: Record<string, [string, string]> = {
  'a dot below': ['Nguyễn Thị Dương', 'Nguyễn Thi Dương'],
  'a hook above': ['Thuỳ Dương', 'Thuy Dương'],
  'a circumflex': ['Siŵan Llŷr', 'Siwan Llŷr'],
  'two strokes for two dots': ['Erdős', 'Erdös'],
  'a tone mark of Thai': ['ผู้ใหญ่ กี่', 'ผู้ใหญ กี่'],
  'points of Hebrew': ['לוי שָׁלוֹם', 'לוי שלוֹם'],
  'a hamza': ['الأنصاري', 'الانصاري'],
  'a shadda': ['الجُمَيْلِيّ', 'الجُمَيْلِي'],
  'the r above a consonant': ['र्कि', 'कि'],
  'a form of a Han character': ['𠮷田', '吉田'],
  'two letters in the other order': ['O’Brien', 'O’Brein'],
  'brackets the wrong way round': ['Dana (דנה) Levi', 'Dana )דנה( Levi'],
  'a middle dot': ['太郎・あゆみ', '太郎あゆみ'],
}

for (const [what, [right, other]] of Object.entries(wrong))
  t.test(`a picture that is wrong in no more than this is found: ${what}`, async (t) => {
    t.ok((await unlike(await draw(right), await draw(other))) > bound)
  })

t.test('an empty box instead of a character is found', async (t) => {
  const right = await draw('欧阳娜娜')
  const box = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path fill="#fff" stroke="#000" stroke-width="2" d="M2 2h36v36H2Z"/></svg>',
  )
  const boxed = await sharp(right)
    .composite([{ input: box, left: 106, top: 27 }])
    .png()
    .toBuffer()
  t.ok((await unlike(right, boxed)) > bound)
})

t.test('the same letters are the same picture, a third of a pixel aside', async (t) => {
  for (const text of ['Nguyễn Thị Thuỳ Dương', '欧阳娜娜', 'محمد الأنصاري', 'ผู้ใหญ่ श्री']) {
    const once = await draw(text)
    const aside = sharp(once).affine([1, 0, 0, 1], {
      odx: 0.33,
      ody: 0.33,
      interpolator: 'bilinear',
    })
    const { width, height } = await sharp(once).metadata()
    const again = await sharp(await aside.png().toBuffer())
      .extract({ left: 0, top: 0, width, height })
      .toBuffer()
    const apart = await unlike(once, again)
    t.ok(apart > 0 && apart <= bound, `${text}: ${apart}`)
  }
})
