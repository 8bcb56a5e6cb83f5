import { roomsOn } from '../functions/handlers/rooms.ts';
import { reconcileCards } from '../functions/handlers/work/reconcile-cards.ts';
import { runOnStage, say } from './stage/command.ts';
import { silentTelemetry } from './stage/silent-telemetry.ts';

const HELP = `Compares every card that is held, or was, with what the card system of the bank last confirmed, and asks again
where the two differ for more than a quarter of an hour. Does what the function reconcile-cards does every day.

  npm run reconcile -- --local           the running local stack (npm start; --state DIR: of that folder)
  npm run reconcile -- --stage NAME      a deployed stage, with your own AWS credentials

Says each card that differs and each fraud hold without an open ticket. Ends with 1 when there is any. Asking again
is safe at any time: it is the state that is sent, with its version, never a change.
`;

await runOnStage({
  help: HELP,
  options: {},
  prepare: () => undefined,
  work: async (target) => {
    const { db, cardsTable, casesTable } = target;
    let failure: string | undefined;
    const run = reconcileCards({
      rooms: roomsOn({ db, cardsTable, casesTable, now: () => new Date() }),
      telemetry: silentTelemetry((error) => {
        failure ??= error instanceof Error ? error.message : String(error);
      }),
      onFinding: ({ cardToken, issuer, desired, confirmed, unwatched, withoutTicket }) => {
        const differs =
          issuer === 'asked_again' ? `should be ${desired}, confirmed ${confirmed}: asked again` : '';
        const alone = unwatched ? '; nothing was at work on it' : '';
        const ticket = withoutTicket
          ? `${differs === '' ? '' : '; '}a fraud hold without an open ticket`
          : '';
        say(`${cardToken}: ${differs}${alone}${ticket}`);
      },
    });
    const counts = await run(() => Number.POSITIVE_INFINITY);
    say(
      `${counts.cards} cards compared, ${counts.askedAgain} asked again, ${counts.withoutTicket} without a ticket; ` +
        `${counts.tickets} tickets given their day of expiry`,
    );
    if (failure !== undefined) say(`${counts.failed} could not be looked at: ${failure}`);
    return counts.askedAgain + counts.withoutTicket + counts.failed > 0 ? 1 : 0;
  },
});
