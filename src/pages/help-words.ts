import { listText } from './dates.ts'

/** Every word of the help page that the programme file does not bring. Terms and days come in words already. */
export const helpWords = {
  title: 'Help',
  description: (issuer: string) =>
    `Short answers about the badges of ${issuer}: when they arrive, how long they are valid, and whom to ask.`,
  heading: 'Help with your badge',
  lead: 'Short answers to what candidates ask. If yours is missing, ask us: the last one says whom.',

  what: {
    heading: 'What is a badge?',
    text: [
      'Proof that you passed: a picture, and a page that says what you earned, when, and until when it is valid. Everybody to whom you show it can check at once that it is genuine, without asking you or us.',
      'You can download it and keep it. The proof is inside the file.',
    ],
  },

  cost: {
    heading: 'What does it cost?',
    text: 'Nothing. It comes with passing the exam, and checking it is free for everybody.',
  },

  arrives: {
    heading: 'When does it arrive?',
    text: 'At once: your badge is made in the moment in which your exam provider releases your result. A mail tells you within a minute.',
    promise: (issuer: string, term: string) => `${issuer} promises it within ${term} of your exam.`,
  },

  missing: {
    heading: 'It has not arrived. What can I do?',
    steps: [
      'Look into the spam folder of your mail.',
      'Check the e-mail address that your exam provider has of you: the mail goes there. If it is wrong, have it changed there, and we will hear of it.',
      'Ask your exam provider whether your result was released. Before that there is no badge.',
    ],
    ask: 'Still nothing? Ask us, and name the exam and its day:',
    calm: 'Your badge cannot get lost meanwhile.',
  },

  valid: {
    heading: 'How long is it valid, and how do I renew it?',
    ends: (timeZone: string) =>
      `It is valid through the last day that its page names, in the time zone ${timeZone}.`,
    renewed:
      'To renew it, pass the exam again in time. You get a new badge with the same certification number. The old one keeps its dates and simply ends. After that time a pass is a new certification, with a new number.',
    every: 'Every certification',
    names: (names: string[]) => listText(names),
    terms: {
      validity: 'Valid for',
      renew: 'Renew it',
      starts: 'The new term',
      early: 'If you pass earlier',
    },
    validity: (term: string, earned: string, expires: string) =>
      `${term}. Passed on ${earned}, it is valid through ${expires}.`,
    anytime: (closes: string) => `At any time, in this example through ${closes}.`,
    window: (days: { before: string; after: string; opens: string; closes: string }) =>
      `${days.before ? `From ${days.before} before the last day` : 'From the last day'} ${days.after ? `until ${days.after} after it` : 'on, no later'}: in this example from ${days.opens} through ${days.closes}.`,
    starts: {
      passDate: 'Starts on the day on which you pass again.',
      previousExpiry:
        'Starts when the old one ends, so that you lose nothing by being early; if you pass later, on that day.',
    },
    early: {
      accept: 'That renews it, too. The new term then starts on the day on which you pass.',
      reject: 'That renews nothing, and there is no new badge for it.',
      ask: 'We look at it and decide whether there is a new badge for it.',
    },
    none: 'Nothing can be earned at present. The page of your badge says until when it is valid.',
  },

  retake: {
    heading: 'I did not pass. When may I try again?',
    after: (failures: number, isLast: boolean) => {
      if (isLast && failures === 1) return 'After every failed attempt'
      if (isLast) return `After ${failures} or more in a row`
      return failures === 1 ? 'After a failed attempt' : `After ${failures} in a row`
    },
    atOnce: 'At once',
    days: (timeZone: string, failed: string, from: string) =>
      `The wait is counted from the day of the failed attempt, in the time zone ${timeZone}: fail on ${failed}, and you may try again from ${from} on. All languages and versions of an exam count together, and a pass ends the count.`,
    counts: {
      heading: 'What counts as failed',
      text: 'An attempt that you did not pass, one that was stopped after you had seen questions, and one that was declared invalid.',
    },
    not: {
      heading: 'What does not count',
      text: 'Not turning up, and an attempt that was stopped before you had seen a question. If nobody knows whether you had, it counts only if we decide so.',
    },
    early: 'A pass that came too early earns no badge until we have looked at it.',
  },

  wrong: {
    heading: 'My name or something else is wrong. What can I do?',
    name: 'Your name is the one on the ID that you showed at the exam, so ask your exam provider to correct it. We hear of it, and the page of your badge shows the right name, at the same address and with the same number. Your files do not name you and stay as they are.',
    facts:
      'If the exam or its day was wrong, your badge is made anew as soon as that is put right. Then download its files again: the old ones no longer hold.',
  },

  appeal: {
    heading: 'I disagree with a decision. What can I do?',
    text: 'A result can change, and a badge can be put under review or taken back. You can have that looked at again.',
    link: 'How to appeal',
    ask: 'Write to:',
  },

  seen: {
    heading: 'Who can see my badge?',
    text: [
      'At first nobody but you and the people who run the programme. You decide whether others may see it, and whether they see your full name, your initials or no name. You can change that at any time.',
      'Whom you gave a file can keep it, and check it, whatever you decide later.',
    ],
    privacy: 'What is stored about you, and who processes it',
  },

  ask: {
    heading: 'Whom can I ask?',
    text: 'Please name the exam and its day, and the certification number if you have one.',
  },
}
