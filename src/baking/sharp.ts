/** Loaded with the first picture, so that a start need not wait for it. */
export const library = async () => (await import('sharp')).default
