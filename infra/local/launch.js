/**
 * Plain JavaScript, so that even a Node that cannot read TypeScript runs far enough to say what is missing.
 * `node infra/local/launch.js start|phone|call|mail|inject …`
 */
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** The first releases that run TypeScript without a flag. */
const canRun = major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);

const commands = {
  start: './start.ts',
  phone: './start/phone-command.ts',
  call: './start/call-command.ts',
  mail: './start/mail-command.ts',
  inject: './start/inject-command.ts',
};

const [command = '', ...args] = process.argv.slice(2);
const file = commands[command];
if (!existsSync(new URL('../../node_modules/aws-cdk-lib', import.meta.url))) {
  complain('The packages are not installed yet. Run this first: npm ci');
} else if (!canRun) {
  complain(
    `cardguard needs Node 22.18 or newer, and this is ${process.version}. On Linux x64 and arm64 "npm ci" brings one ` +
      `along:\nrun "npm ci" and start with "npm start". Elsewhere install Node 24 from nodejs.org.`,
  );
} else if (file === undefined) {
  complain(`launch.js ${command}: there are ${Object.keys(commands).join(', ')}`);
} else {
  process.argv = [process.argv[0] ?? 'node', file, ...args];
  await import(file);
}

function complain(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
