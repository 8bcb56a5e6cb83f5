import { createErasure } from './erase/erasure.ts';
import { runOnStage, say } from './stage/command.ts';
import { PlainError } from './stage/plain-error.ts';

const HELP = `Erases a customer who asks for it. Without --yes it only says what it would do.

  npm run erase -- --customer ID --local         in the running local stack (npm start; --state DIR: of that folder)
  npm run erase -- --customer ID --stage NAME    in a deployed stage, with your own AWS credentials
      --yes        does it; there is no way back

Refuses while a card of the customer is held, a ticket or alert is open or an effect is still to be done, and says which.
What the law has us keep stays, under the customer's id alone: decisions, tickets and journals without words, each until
its day (docs/retention.md). Broken off, it goes on when started again.
`;

await runOnStage({
  help: HELP,
  options: { customer: { type: 'string' }, yes: { type: 'boolean', default: false } },
  prepare: ({ customer, yes }) => {
    if (customer === undefined || customer === '') throw new PlainError(`Give --customer ID.\n\n${HELP}`);
    return { customer, yes: yes === true };
  },
  work: async (target, { customer, yes }) => {
    const erasure = createErasure(target, () => new Date());
    const plan = await erasure.plan(customer);
    if (plan.done) {
      say(`${customer} is erased already.`);
      return 0;
    }
    say(`customer ${customer}: ${plan.contact ? 'contact' : 'no contact'}, ${plan.cardTokens.length} cards`);
    say(
      `  to be deleted: ${plan.cases.length + plan.cards.length} items, ${plan.words} of them words of people`,
    );
    say(`  and ${plan.evidence.length} papers or screenshots with all versions of their files`);
    say(`  kept without words: ${plan.tickets.length} tickets, ${plan.alertIds.length} alerts, the journals`);
    if (plan.obstacles.length > 0) {
      for (const obstacle of plan.obstacles) say(`  in the way: ${obstacle}`);
      return 1;
    }
    if (!yes) {
      say('Nothing was done. Give --yes to erase.');
      return 0;
    }
    await erasure.apply(plan);
    say(`${customer} is erased. The proof is in the customer's journal.`);
    return 0;
  },
});
