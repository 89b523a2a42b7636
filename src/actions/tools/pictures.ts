import { drawForPrint } from '../../baking/for-print.ts'
import { drawNotFound, drawPicture, drawRevoked, drawWithRibbon } from '../../baking/picture.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { findAchievement } from '../../domain/programme/programme.ts'
import type { Db } from '../../storage/database.ts'
import { findArtwork } from '../../storage/programmes.ts'

type Word = 'Expired' | 'Under review'

/** Pictures drawn once and kept in memory: a few for each achievement, never one for each badge. */
export type Pictures = {
  svg: (version: ProgrammeVersion, achievement: string) => Promise<string>
  plain: (version: ProgrammeVersion, achievement: string, size?: number) => Promise<Buffer>
  withRibbon: (
    version: ProgrammeVersion,
    achievement: string,
    word: Word,
    size?: number,
  ) => Promise<Buffer>
  /** The badge on white, for the certificate. */
  seal: (version: ProgrammeVersion, achievement: string) => Promise<Buffer>
  /** The signature of whoever signs the certificates of a programme that names somebody. */
  signature: (version: ProgrammeVersion) => Promise<Buffer>
  revoked: (size?: number) => Promise<Buffer>
  notFound: () => Promise<Buffer>
}

/** The size that badges are baked into and shown at, in pixels. */
export const bakedSize = 600

/** Pictures from the artwork that the database keeps. */
export function makePictures({ db }: { db: Db }): Pictures {
  const drawn = new Map<string, Promise<Buffer>>()
  const once = (key: string, draw: () => Promise<Buffer>) => {
    const there = drawn.get(key)
    if (there) return there
    const drawing = draw()
    drawn.set(key, drawing)
    drawing.catch(() => drawn.delete(key))
    return drawing
  }
  const artworkHash = ({ programme, artwork }: ProgrammeVersion, achievement: string) =>
    artwork[findAchievement(programme, achievement)?.picture ?? ''] ?? ''
  const kept = async (hash: string) => {
    const found = await findArtwork(db, hash)
    if (!found) throw new Error(`a picture of a programme is not on record: ${hash}`)
    return found
  }
  const svg = (version: ProgrammeVersion, achievement: string) =>
    kept(artworkHash(version, achievement))
  return {
    svg,
    plain: (version, achievement, size = bakedSize) =>
      once(`${artworkHash(version, achievement)} ${size}`, async () =>
        drawPicture(await svg(version, achievement), size),
      ),
    withRibbon: (version, achievement, word, size = bakedSize) =>
      once(`${artworkHash(version, achievement)} ${word} ${size}`, async () =>
        drawWithRibbon(await svg(version, achievement), size, word),
      ),
    seal: (version, achievement) =>
      once(`${artworkHash(version, achievement)} seal`, async () =>
        drawForPrint(await svg(version, achievement), { width: 800, height: 800 }),
      ),
    signature: ({ programme, artwork }) => {
      const hash = artwork[programme.certificate?.signatory.signature ?? ''] ?? ''
      return once(`${hash} signature`, async () =>
        drawForPrint(await kept(hash), { width: 1200, height: 400 }),
      )
    },
    revoked: (size = bakedSize) => once(`revoked ${size}`, () => drawRevoked(size)),
    notFound: () => once('not-found', drawNotFound),
  }
}
