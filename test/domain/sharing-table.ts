import type { Channel, Sharing } from '../../src/domain/holders/sharing-links.ts'
import { unseen as badge } from '../pages/sample-views.ts'

type Row = { what: string; sharing: Sharing; links: Record<Channel, string> }

const { expiresOn: _, ...endless } = badge
const page = 'https://b.example/b/4fWm2Qk9ZcR7tYxN1sLp0A'
const preview = {
  card: `${page}/card.png`,
  signature: `${page}/signature.png`,
  embed: 'https://b.example/embed/4fWm2Qk9ZcR7tYxN1sLp0A',
  oembed: 'https://b.example/oembed?url=x',
}
const at = 'https%3A%2F%2Fb.example%2Fb%2F4fWm2Qk9ZcR7tYxN1sLp0A'

function named(
  achievement: string,
  issuer: string,
  from: Sharing['view'] = badge,
): Sharing['view'] {
  return {
    ...from,
    achievement: { ...badge.achievement, name: achievement },
    issuer: { ...badge.issuer, name: issuer },
  }
}

/** What is shared, and the address for each place, written out by hand. */
export const expected: Row[] = [
  {
    what: 'a public badge, with the number of the organisation',
    sharing: {
      view: { ...named('Cloud & Security #1', 'Northwind'), preview },
      page,
      organizationId: '1234567',
      said: { post: 'I passed: A & B #1 + C', subject: 'A & B', body: 'Hello,\n50% & more?\n' },
    },
    links: {
      linkedInProfile: `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Cloud%20%26%20Security%20%231&organizationId=1234567&issueYear=2026&issueMonth=11&expirationYear=2028&expirationMonth=11&certUrl=${at}&certId=NW-7K4M-92QD`,
      linkedInPost: `https://www.linkedin.com/sharing/share-offsite/?url=${at}`,
      x: `https://x.com/intent/post?text=I%20passed%3A%20A%20%26%20B%20%231%20%2B%20C&url=${at}`,
      facebook: `https://www.facebook.com/sharer/sharer.php?u=${at}`,
      mail: 'mailto:?subject=A%20%26%20B&body=Hello%2C%0D%0A50%25%20%26%20more%3F%0D%0A',
      weibo: `https://service.weibo.com/share/share.php?url=${at}&title=I%20passed%3A%20A%20%26%20B%20%231%20%2B%20C&pic=${at}%2Fcard.png`,
    },
  },
  {
    what: 'Chinese, behind a share link, without an end',
    sharing: {
      view: named('云架构师', '北风', endless),
      page: `${page}?share=abc-_9`,
      said: { post: '我通过了', subject: '证书', body: '您好\r\n谢谢' },
    },
    links: {
      linkedInProfile: `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=%E4%BA%91%E6%9E%B6%E6%9E%84%E5%B8%88&organizationName=%E5%8C%97%E9%A3%8E&issueYear=2026&issueMonth=11&certUrl=${at}%3Fshare%3Dabc-_9&certId=NW-7K4M-92QD`,
      linkedInPost: `https://www.linkedin.com/sharing/share-offsite/?url=${at}%3Fshare%3Dabc-_9`,
      x: `https://x.com/intent/post?text=%E6%88%91%E9%80%9A%E8%BF%87%E4%BA%86&url=${at}%3Fshare%3Dabc-_9`,
      facebook: `https://www.facebook.com/sharer/sharer.php?u=${at}%3Fshare%3Dabc-_9`,
      mail: 'mailto:?subject=%E8%AF%81%E4%B9%A6&body=%E6%82%A8%E5%A5%BD%0D%0A%E8%B0%A2%E8%B0%A2',
      weibo: `https://service.weibo.com/share/share.php?url=${at}%3Fshare%3Dabc-_9&title=%E6%88%91%E9%80%9A%E8%BF%87%E4%BA%86`,
    },
  },
  {
    what: 'Arabic and an emoji, January and February',
    sharing: {
      view: named('مهندس', 'شمال 🎓', {
        ...badge,
        earnedOn: '2027-01-31',
        expiresOn: '2029-02-01',
      }),
      page,
      said: { post: 'نجحت 🎓', subject: 'شهادة', body: '🎓' },
    },
    links: {
      linkedInProfile: `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=%D9%85%D9%87%D9%86%D8%AF%D8%B3&organizationName=%D8%B4%D9%85%D8%A7%D9%84%20%F0%9F%8E%93&issueYear=2027&issueMonth=1&expirationYear=2029&expirationMonth=2&certUrl=${at}&certId=NW-7K4M-92QD`,
      linkedInPost: `https://www.linkedin.com/sharing/share-offsite/?url=${at}`,
      x: `https://x.com/intent/post?text=%D9%86%D8%AC%D8%AD%D8%AA%20%F0%9F%8E%93&url=${at}`,
      facebook: `https://www.facebook.com/sharer/sharer.php?u=${at}`,
      mail: 'mailto:?subject=%D8%B4%D9%87%D8%A7%D8%AF%D8%A9&body=%F0%9F%8E%93',
      weibo: `https://service.weibo.com/share/share.php?url=${at}&title=%D9%86%D8%AC%D8%AD%D8%AA%20%F0%9F%8E%93`,
    },
  },
  {
    what: 'quotes, markup and an apostrophe',
    sharing: {
      view: named(`"A" <b>B's</b>`, 'C; D=E'),
      page,
      said: { post: `"<'>`, subject: '&body=x', body: '?cc=a@b.example' },
    },
    links: {
      linkedInProfile: `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=%22A%22%20%3Cb%3EB's%3C%2Fb%3E&organizationName=C%3B%20D%3DE&issueYear=2026&issueMonth=11&expirationYear=2028&expirationMonth=11&certUrl=${at}&certId=NW-7K4M-92QD`,
      linkedInPost: `https://www.linkedin.com/sharing/share-offsite/?url=${at}`,
      x: `https://x.com/intent/post?text=%22%3C'%3E&url=${at}`,
      facebook: `https://www.facebook.com/sharer/sharer.php?u=${at}`,
      mail: 'mailto:?subject=%26body%3Dx&body=%3Fcc%3Da%40b.example',
      weibo: `https://service.weibo.com/share/share.php?url=${at}&title=%22%3C'%3E`,
    },
  },
]
