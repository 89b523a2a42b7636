/** The light scheme of the pages, for pictures. `test/drawing/card.test.ts` compares it with `tokens.css`. */
export const colours = {
  paper: '#faf7f0',
  ink: '#1d1a16',
  quiet: '#59524a',
  accent: '#1d4f91',
  valid: { paper: '#e2f0e3', ink: '#124226', mark: '#1b7340' },
  caution: { paper: '#fbecc9', ink: '#573600', mark: '#a35a00' },
  bad: { paper: '#fbe3de', ink: '#76160f', mark: '#b3261e' },
  unknown: { paper: '#ece8df', ink: '#403b34', mark: '#6a6359' },
} as const
