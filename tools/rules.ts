import { userInfo } from 'node:os';
import { changeRules } from './rules/change.ts';
import { readRules } from './rules/read.ts';
import { runOnStage } from './stage/command.ts';
import { PlainError } from './stage/plain-error.ts';

const HELP = `Rules: which decide, which are compared, who changed them (docs/rules.md).

  npm run rules -- COMMAND --local           the running local stack (npm start; --state DIR: of that folder)
  npm run rules -- COMMAND --stage NAME      a deployed stage, with your own AWS credentials

  list                                       versions and what is in force
  show --version V                           one version's contents, to be edited as a new version
  check --file F | --version V               every problem with its place and remedy; changes nothing
  add --file F --reason WHY                  takes a set in as a draft
  shadow --version V --reason WHY            compares it with the live set; decides nothing
  compare --version V [--cell clear_freeze]  what it would have done: live outcome _ its outcome
  propose --version V --to share --percent 5 --reason WHY
  propose --version V --to live --reason WHY
  approve --version V --reason WHY           by another person than wrote or proposed it
  shrink --version V --percent 1 --reason WHY
  retire --version V --reason WHY            puts a draft, shadow or share away
  roll-back --reason WHY                     back to the set that was live before
  entries --kind card|merchant|device|country
  block --kind K --value X --days N [--outcome alert] --reason WHY
  allow --kind K --value X --days N --reason WHY
  unlist --kind K --entry ID --reason WHY    takes an entry off
  journal [--limit N]                        who, when, why

      --as NAME   who you are (default: your name on this machine). On a deployed stage proposing and approving go
                  by the API only, where your sign-in says who you are.

A change reaches every running function within half a minute. Ends with 1 when it was refused.
`;

const text = { type: 'string' } as const;

// The word that says what to do comes first; the rest are options.
const [word = ''] = process.argv.slice(2, 3).filter((argument) => !argument.startsWith('-'));
if (word !== '') process.argv.splice(2, 1);

await runOnStage({
  help: HELP,
  options: {
    ...{ version: text, file: text, reason: text, to: text, percent: text, as: text, cell: text },
    ...{ kind: text, value: text, days: text, outcome: text, entry: text, limit: text },
  },
  prepare: (values) => {
    if (word === '') throw new PlainError(`Say what to do.\n\n${HELP}`);
    return { ...values, command: word, by: values.as ?? userInfo().username };
  },
  work: async (target, wish) =>
    (await readRules(target, wish)) ?? (await changeRules(target, wish)) ?? unknownCommand(word),
});

function unknownCommand(command: string): never {
  throw new PlainError(`There is no command ${command}.\n\n${HELP}`);
}
