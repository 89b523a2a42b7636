import t from 'tap'
import { pictureSizes } from '../../src/domain/badge/badge-files.ts'
import { picture } from '../../src/pages/kit/links.ts'
import { inPortrait, inTile, inWidth } from '../../src/pages/kit/picture-choice.ts'

const address = 'https://badges.example.test/b/AbMuvV3D_dqprLBaxMKY-Q/picture.png'

t.test('a picture offers the widths that its place may need, and a share link stays', async (t) => {
  t.match(
    picture(`${address}?share=abc&x=1`, '', 320, inPortrait).text,
    'srcset="/b/AbMuvV3D_dqprLBaxMKY-Q/picture-400.png?share=abc&amp;x=1 400w, ',
  )
  t.notMatch(picture(address, '', 320).text, 'srcset')
  t.equal(inWidth(address, 192), address.replace('.png', '-192.png'))
})

t.test('every width on offer has an address', async (t) => {
  for (const { widths } of [inPortrait, inTile])
    for (const width of widths) t.ok((pictureSizes as readonly number[]).includes(width))
})

t.test('another picture is the same in every width', async (t) => {
  for (const path of ['/artwork.svg', '/my-picture.png'])
    t.match(
      picture(`https://a.example${path}`, '', 320, inPortrait).text,
      `srcset="${path} 400w, ${path} 600w"`,
    )
})
