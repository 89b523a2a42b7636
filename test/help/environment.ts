const { PATH = '', NODE_COMPILE_CACHE } = process.env

/**
 * The environment of a process that a test starts: no accidental settings, and the modules that this run has compiled.
 */
export const environment: Record<string, string> = {
  PATH,
  ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
}
