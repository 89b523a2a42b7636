/** Names of people, by what is hard about them. */
export const names: Record<string, string> = {
  chinese: '欧阳娜娜',
  interpunct: '阿凡提·买买提',
  'rare-han': '𠮷田 䶮 㛃 𬀩 﨑',
  japanese: '山田 太郎・あゆみ',
  korean: '김민준',
  arabic: 'محمد عبد الله الأنصاري',
  'arabic-vowels': 'أَحْمَدُ الجُمَيْلِيّ',
  hebrew: 'יוסף כהן־לוי שָׁלוֹם',
  thai: 'สมชาย ศรีสุวรรณ ผู้ใหญ่ กี่',
  devanagari: 'क्षत्रिय श्रीकृष्ण त्रिपाठी र्कि',
  vietnamese: 'Nguyễn Thị Thuỳ Dương',
  greek: 'Γιώργος Παπαδόπουλος',
  cyrillic: 'Дмитрий Щербаков',
  welsh: 'Siŵan Llŷr Ŵyn',
  hungarian: 'Erdős Győző Űrhajó',
  single: 'Sukarno',
  apostrophes: 'Seán O’Brien D’Arcy-Ng',
  marks: 'Zoë Ọlá Ẹ́bùn Łukasz Şebnem Jiří',
  'arabic-latin-digits': 'محمد Smith 42 (B) علي',
  'latin-in-hebrew-order': 'Dana (דנה) Levi',
}

/** A name of one word longer than most lines, and more of them; and Han without a space. */
export const longNames: Record<string, string> = {
  'long-latin':
    'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Ariadne Montgomery-Featherstonehaugh of Upper Tooting',
  'long-han': '阿卜杜勒拉赫曼阿卜杜勒阿齐兹阿勒沙特伊本穆罕默德伊本阿卜杜勒拉赫曼',
  'long-one-word': 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
}
