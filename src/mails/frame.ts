import { type Html, html } from '../pages/kit/html.ts'
import { hostOf } from '../pages/kit/links.ts'
import type { Words } from '../words/words.ts'

/** A mail's subject, and its body as HTML and as plain text. */
export type MailText = { subject: string; html: string; text: string }

/**
 * The content of every mail's frame: one sentence, one picture, one button, one line on privacy, the sender, and why it
 * was sent.
 */
export type MailParts = {
  subject: string
  /** The recipient's name. */
  name?: string
  lead: string
  /** The subject matter in the programme's language, with its facts, one a line. */
  about?: { title: string; language: string; facts: string[] }
  detail?: string
  /** The alternative text of the attached picture; undefined without one. */
  picture?: string
  button: { label: string; url: string }
  privacy: string
  why: string
  sender: Sender
}

/** The issuer of the badges, who also answers questions. */
export type Sender = { name: string; url: string; email: string }

/** The Content-ID of the attached picture. Mails load nothing from a server. */
export const pictureId = 'badge@blazon'

/** A mail in its two forms, which say the same. */
export function frame(words: Words, parts: MailParts): MailText {
  return {
    subject: oneLine(parts.subject),
    html: asHtml(words, parts).text,
    text: asText(words, parts),
  }
}

/**
 * Text without characters that act beyond their line: line ends, other controls, marks that change the reading
 * direction.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

function asText(words: Words, parts: MailParts): string {
  const { name, lead, about, detail, button, privacy, why, sender } = parts
  const paragraphs = [
    name && words.say('mail.hello', { name: oneLine(name) }),
    lead,
    about && [oneLine(about.title), ...about.facts].join('\n'),
    detail,
    // For a button that starts a mail, the sentence before it names the recipient.
    !button.url.startsWith('mailto:') && words.say('mail.link', button),
    privacy,
    `-- \n${words.say('mail.sender', { name: oneLine(sender.name), url: sender.url })}\n${why}\n${words.say('mail.questions', { email: sender.email })}`,
  ]
  return `${paragraphs.filter((paragraph) => paragraph).join('\n\n')}\n`
}

// Styles are inline for mail programs that drop style sheets; the sheet is only for the dark scheme. Colours are those
// of the pages.
const dark = `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
body,.paper{background:#191815!important;color:#ece7dc!important}
.card{background:#22201c!important;border-color:#3a372f!important}
.quiet,.quiet a{color:#b3ab9d!important}
.button{background:#a3c4f7!important;color:#10233f!important}
.rule{border-color:#3a372f!important}
}`

const sans =
  "font-family:Figtree,'Segoe UI',Helvetica,Arial,'PingFang SC','Microsoft YaHei',sans-serif"
const serif =
  "font-family:'Crimson Pro',Georgia,'Songti SC','Noto Serif CJK SC','Microsoft YaHei','Times New Roman',serif"
const quiet = 'margin:0 0 10px;font-size:14px;line-height:21px;color:#59524a'

function asHtml(words: Words, parts: MailParts): Html {
  const { name, lead, about, detail, picture, button, privacy, why, sender } = parts
  return html`<!DOCTYPE html>
<html lang="${words.lang}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${oneLine(parts.subject)}</title>
<style>${dark}</style>
</head>
<body style="margin:0;padding:0;background:#faf7f0;color:#1d1a16">
<div class="paper" style="padding:28px 16px;background:#faf7f0;color:#1d1a16;font-size:17px;line-height:26px;${sans}">
<div class="card" style="max-width:520px;margin:0 auto;padding:32px 28px 28px;background:#fffdf8;border:1px solid #dfd8c9;border-radius:6px;overflow-wrap:break-word">
<p class="quiet" style="margin:0 0 24px;font-size:14px;line-height:21px;color:#59524a">${oneLine(sender.name)}</p>
${name && html`<p style="margin:0 0 8px">${words.parts('mail.hello', { name: html`<bdi>${oneLine(name)}</bdi>` })}</p>\n`}<h1 style="margin:0 0 24px;font-size:27px;line-height:34px;font-weight:500;${serif}">${lead}</h1>
${
  picture &&
  html`<p style="margin:0 0 20px"><img src="cid:${pictureId}" alt="${picture}" width="176" height="176" style="display:block;width:176px;height:176px;border:0"></p>\n`
}${about && html`<p style="margin:0 0 20px"><strong lang="${about.language}" dir="auto" style="font-weight:600">${oneLine(about.title)}</strong>${about.facts.map((fact) => html`<br><span class="quiet" style="font-size:15px;color:#59524a">${fact}</span>`)}</p>\n`}${
  detail && html`<p style="margin:0 0 20px">${detail}</p>\n`
}<p style="margin:0 0 28px">${pressable(button)}</p>
<p class="quiet" style="${quiet}">${privacy}</p>
<hr class="rule" style="margin:20px 0;border:0;border-top:1px solid #dfd8c9">
<p class="quiet" style="${quiet}">${why}</p>
<p class="quiet" style="${quiet};margin-bottom:0">${words.say('mail.questions', { email: sender.email })} <a href="${sender.url}" style="color:#59524a">${hostOf(sender.url)}</a></p>
</div>
</div>
</body>
</html>
`
}

// Outlook ignores padding on links, so spaces that only Outlook reads replace it.
function pressable({ label, url }: MailParts['button']): Html {
  const wide = html`<!--[if mso]><i style="mso-font-width:200%;mso-text-raise:100%" hidden>&emsp;</i><span style="mso-text-raise:50%"><![endif]-->`
  const end = html`<!--[if mso]></span><i style="mso-font-width:200%" hidden>&emsp;&#8203;</i><![endif]-->`
  return html`<a class="button" href="${url}" style="display:inline-block;padding:13px 26px;background:#1d4f91;color:#ffffff;border-radius:4px;font-weight:600;text-decoration:none;mso-padding-alt:0;text-underline-color:#1d4f91">${wide}${label}${end}</a>`
}
