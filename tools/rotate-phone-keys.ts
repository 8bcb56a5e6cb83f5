import { createRotation } from './rotate/rotation.ts';
import { runOnStage, say } from './stage/command.ts';
import { PlainError } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Rotates the key under which phone numbers are looked up. Without an option it says what stands under which key.

  npm run rotate-phone-keys -- --local            the running local stack (npm start; --state DIR: of that folder)
  npm run rotate-phone-keys -- --stage NAME       a deployed stage, with your own AWS credentials
      --add             1. adds a key and makes it the current one; the older ones go on finding
      --rekey           2. brings contacts, numbers and open alerts under it; wait 5 minutes after --add
      --remove N        3. removes key N; refuses while anything is found under it alone
      --forget-strangers   with --remove: forgets numbers of nobody we know, opt-outs among them

Each step may be repeated, and broken off at any point. Needs secretsmanager:GetSecretValue and PutSecretValue, kms:Decrypt
on the data key, and both tables. docs/procedures.md says when and how.
`;

await runOnStage({
  help: HELP,
  options: {
    add: { type: 'boolean', default: false },
    rekey: { type: 'boolean', default: false },
    remove: { type: 'string' },
    'forget-strangers': { type: 'boolean', default: false },
  },
  prepare: ({ add, rekey, remove, 'forget-strangers': forgetStrangers }) => {
    if ([add, rekey, remove !== undefined].filter(Boolean).length > 1)
      throw new PlainError(`One step at a time.\n\n${HELP}`);
    return { add, rekey, remove, forgetStrangers: forgetStrangers === true };
  },
  work: async (target, { add, rekey, remove, forgetStrangers }) => {
    const rotation = createRotation(target);
    try {
      if (add) {
        say(
          `key ${await rotation.add()} is the current one. Every function has it in 5 minutes: then --rekey.`,
        );
      } else if (rekey) {
        const progress = createProgress();
        const done = await rotation.rekey((count, of) => progress.show(`${count} of ${of} contacts`));
        progress.end();
        say(`${done} contacts brought under the current key. Run it again before --remove: it then says 0.`);
      } else if (remove !== undefined) {
        const { forgotten } = await rotation.remove(remove, { forgetStrangers });
        say(`key ${remove} is gone${forgotten === 0 ? '' : `, and ${forgotten} numbers of nobody we know`}.`);
      } else {
        const { current } = await rotation.keys();
        const { contacts, phones } = await rotation.use();
        for (const version of [...(await rotation.keys()).keys.keys()].sort()) {
          const numbers = phones.get(version) ?? [];
          const strangers = numbers.filter(({ stranger }) => stranger).length;
          say(
            `key ${version}${version === current ? ' (current)' : ''}: ${contacts.get(version)?.length ?? 0} contacts, ` +
              `${numbers.length} numbers, ${strangers} of them of nobody we know`,
          );
        }
      }
      return 0;
    } finally {
      rotation.close();
    }
  },
});
