import { fileURLToPath } from 'node:url';
import { readLicences, refusedLicences } from './licence-check.ts';

/** Fails when a package in the lock file, for production or development, is under a licence not allowed. */
const packages = readLicences(fileURLToPath(new URL('..', import.meta.url)));
const refused = refusedLicences(packages);
for (const { name, licence, dev } of refused) {
  console.error(`${name}${dev ? ' (development)' : ''}: ${licence || 'states no licence'}`);
}
if (refused.length > 0) {
  console.error('Use another package, or add the licence to tools/licence-check.ts with the reason.');
  process.exitCode = 1;
} else {
  const kinds = new Set(packages.map(({ licence }) => licence));
  const production = packages.filter(({ dev }) => !dev).length;
  console.log(
    `licences: ${production} packages for production and ${packages.length - production} for development are under ${kinds.size} licences, all allowed`,
  );
}
