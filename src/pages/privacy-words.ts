/** Every word of the privacy page that the programme file does not bring. `issuer` is the issuer's name. */
export const privacyWords = {
  title: 'Privacy',
  description: (issuer: string) =>
    `What ${issuer} stores about the holders of its badges, why, for how long, and who processes it.`,
  heading: 'Your data, and who sees it',
  lead: 'Your badge is private until you decide otherwise. There are no cookies and no trackers here.',

  parties: {
    heading: 'Who processes your data',
    caption: (issuer: string) => `Who processes candidates’ data for ${issuer}`,
    updated: 'Last updated:',
    columns: { entity: 'Who', purpose: 'What for', country: 'Where' },
    none: (issuer: string) => `Nobody processes candidates’ data for ${issuer}.`,
    policy: 'Privacy policy',
    terms: 'Data-processing terms',
  },

  stored: {
    heading: 'What is stored',
    caption: 'What is stored about you',
    columns: { what: 'What', why: 'Why', howLong: 'How long' },
    rows: [
      {
        name: 'Your exam results',
        what: 'As your exam provider sends them: your name, e-mail address, language and number there; the exam, its times, its outcome and score.',
        why: 'To see what you have earned, and when you may try again.',
        howLong: 'As long as the programme runs.',
      },
      {
        name: 'A code in place of your birth date',
        what: 'Made of the date and your name, if your exam provider sends the date. Nobody can read either from it, and the date itself is never kept.',
        why: 'To notice when somebody has two accounts.',
        howLong: 'As long as the programme runs.',
      },
      {
        name: 'Your badge and its files',
        what: 'Your name, the exam, the dates, the certification number, and who may see it.',
        why: 'To show it to those whom you choose, and to let them check it.',
        howLong: 'As long as the programme runs, when it has expired or was revoked, too.',
      },
      {
        name: 'Questions for the programme',
        what: 'Results that a person has to look at, what was decided, and notes on that.',
        why: 'To settle results that contradict each other or a rule.',
        howLong: 'As long as the programme runs.',
      },
      {
        name: 'Mails to you',
        what: 'Which ones are due, and when.',
        why: 'To tell you once, and only once.',
        howLong: 'As long as the programme runs.',
      },
      {
        name: 'A log',
        what: 'Who at the programme looked at your badge or changed it, and when. It holds internal numbers, and no names of candidates.',
        why: 'To be able to explain every change.',
        howLong: 'For good: nothing can be taken out of it.',
      },
    ],
    kept: 'Nothing is deleted by itself, since a certification must be possible to check years later. You can ask for erasure: see “Your rights”.',
  },

  visits: {
    heading: 'If you only look',
    text: [
      'Nothing is stored about you when you look at a badge. No cookie is set, nothing counts or follows you, and no page loads anything from another site.',
      'The log of this service holds no names, no e-mail addresses and no addresses of badges. A file that you have checked here is judged and not kept.',
    ],
  },

  open: {
    heading: 'What is public',
    text: [
      'Nothing, until you decide. The address of a private badge answers exactly as one where there is no badge, so nobody can find out that you have one.',
      'When your badge is public, its page shows the certification, the exam, the dates, the certification number, and your name: in full, as initials or not at all, as you choose. You can make it private again at any time.',
    ],
    score: 'Where the programme shows scores, your score is on the page and in the files, too.',
  },

  files: {
    heading: 'What is in the files',
    text: 'The files of your badge are signed and meant for you to keep and to hand out. They say what you earned, when, until when, and the certification number. They do not have your name.',
    hash: 'So that you can show that a file is yours, it holds a code made of your e-mail address and a random number. Nobody can read the address from it, but somebody who guesses your address can test the guess.',
    noHash: 'Nothing in them is made from your e-mail address.',
    recall:
      'A file that you have handed out cannot be called back: making the badge private changes what this site answers, not the file. If a badge is revoked, a public list says so by a random number, and names nobody.',
  },

  rights: {
    heading: 'Your rights',
    ask: (issuer: string) =>
      `You can ask ${issuer} to show you what is stored about you, to correct it, or to erase it.`,
    more: 'The privacy policy says more.',
    whom: 'Whom to ask:',
  },
}
