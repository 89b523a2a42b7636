/**
 * Reads `.env` for npm start and the commands: npm loads this file first. The environment wins. An unreadable `.env`
 * stops the start.
 */
try {
  process.loadEnvFile()
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'ENOENT') {
    process.stderr.write(`.env cannot be read, so nothing was done: ${message}\n`)
    process.exit(1)
  }
}
