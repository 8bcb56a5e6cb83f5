import { randomBytes } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { runSmoke, type Step, smokeIds } from './smoke/smoke.ts';
import { countOf } from './stage/arguments.ts';
import { runOnStage, say } from './stage/command.ts';
import { PlainError } from './stage/plain-error.ts';

const HELP = `Sends one throw-away card through the whole loop of a deployment and says what worked.

  npm run smoke -- --local                          the running local stack (npm start; --state DIR: of that folder)
  npm run smoke -- --stage NAME [--phone +12065550100]
      --phone +…      a number that may be texted: in the SMS sandbox, one verified there. Without: nobody is
      --timeout N     seconds one step may take (30)

Needs events:PutEvents on the bus and read access to both tables. It ends with 0 when no step failed.
`;
const MARKS: Readonly<Record<Step['result'], string>> = { passed: '✓', failed: '✗', skipped: '–' };
const TIMEOUT_SECONDS = 30;
/** A made-up number; the local stack's phone takes any. */
const LOCAL_PHONE = '+8613800138000';

await runOnStage({
  help: HELP,
  options: { phone: { type: 'string' }, timeout: { type: 'string' } },
  prepare: (values) => {
    const phone = values.phone ?? (values.local ? LOCAL_PHONE : undefined);
    if (phone !== undefined && !parsePhoneNumberFromString(phone)?.isValid()) {
      throw new PlainError('--phone: not a phone number in international form, e.g. +12065550100');
    }
    return { phone, timeoutSeconds: countOf('timeout', values.timeout) ?? TIMEOUT_SECONDS };
  },
  work: async (target, { phone, timeoutSeconds }) => {
    const runId = randomBytes(5).toString('hex');
    say(`stage ${target.stage}, card ${smokeIds(runId).cardToken}`);
    const passed = await runSmoke({
      target,
      phone,
      runId,
      now: () => new Date(),
      timeoutMs: timeoutSeconds * 1000,
      onStep: ({ name, result, detail, ms }) => say(`${MARKS[result]} ${name}: ${detail} (${ms} ms)`),
    });
    say(
      `The card, its customer, alert and ticket stay: nothing removes them but time (docs/retention.md). ` +
        `An answer to the text, or the agents' desk, closes the ticket.`,
    );
    return passed ? 0 : 1;
  },
});
