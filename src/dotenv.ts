/** Reads `.env`, for npm start and the commands: npm loads this first. The environment wins; an unreadable file is not an absent one. */
try {
  process.loadEnvFile()
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'ENOENT') {
    process.stderr.write(`.env cannot be read, so nothing was done: ${message}\n`)
    process.exit(1)
  }
}
