const { PATH = '', NODE_COMPILE_CACHE } = process.env

/** What a process that a test starts has of the environment: no setting by chance, and the modules that this run has compiled. */
export const environment: Record<string, string> = {
  PATH,
  ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
}
