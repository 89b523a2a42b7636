import { drawForPrint } from '../../baking/for-print.ts'
import { drawNotFound, drawPicture, drawRevoked, drawWithRibbon } from '../../baking/picture.ts'
import { withFewColours } from '../../baking/small-picture.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { findAchievement } from '../../domain/programme/programme.ts'
import type { Db } from '../../storage/database.ts'
import { findArtwork } from '../../storage/programmes.ts'

type Word = 'Expired' | 'Under review'

/** Pictures drawn once and cached in memory: a few for each achievement, none for each badge. */
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
  /** The signature of a programme's signatory. */
  signature: (version: ProgrammeVersion) => Promise<Buffer>
  revoked: (size?: number) => Promise<Buffer>
  notFound: () => Promise<Buffer>
}

/** The size of baked and shown badges, in pixels. */
export const bakedSize = 600

/** Pictures up to this size, in pixels, are what pages show, so they are made light. */
const mostShown = 400
const inSize = async (size: number, drawn: Promise<Buffer>) =>
  size <= mostShown ? withFewColours(await drawn) : drawn

/** Draws pictures from the artwork in the database. */
export function makePictures({ db }: { db: Db }): Pictures {
  const drawn = new Map<string, Promise<Buffer>>()
  const once = (key: string, draw: () => Promise<Buffer>) => {
    const known = drawn.get(key)
    if (known) return known
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
        inSize(size, drawPicture(await svg(version, achievement), size)),
      ),
    withRibbon: (version, achievement, word, size = bakedSize) =>
      once(`${artworkHash(version, achievement)} ${word} ${size}`, async () =>
        inSize(size, drawWithRibbon(await svg(version, achievement), size, word)),
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
    revoked: (size = bakedSize) => once(`revoked ${size}`, () => inSize(size, drawRevoked(size))),
    notFound: () => once('not-found', drawNotFound),
  }
}
