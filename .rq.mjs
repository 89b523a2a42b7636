import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const b = performance.now()
const c = process.cpuUsage()
if (process.argv[3] === 'import') await import(process.argv[2])
else require(process.argv[2])
const u = process.cpuUsage(c)
console.log(
  process.argv.slice(2).join(' ').padEnd(40),
  'ms',
  (performance.now() - b).toFixed(0).padStart(4),
  'cpu',
  ((u.user + u.system) / 1000).toFixed(0).padStart(4),
  'rss',
  (process.memoryUsage().rss / 1e6).toFixed(1),
)
