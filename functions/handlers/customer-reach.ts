import * as routes from '../api/customer-reach-routes.ts';
import { cardPk } from '../card/card-store.ts';
import { contactView } from '../card/contact-view.ts';
import { customerPk } from '../card/customer-journal-store.ts';
import { createPreferenceStore } from '../card/preference-store.ts';
import { defaultPreferences, type Preferences } from '../card/preferences.ts';
import { createSetPreferences } from '../card/set-preferences.ts';
import { createNoticeStore } from '../notification/notice-store.ts';
import { callCheckWording } from '../notification/public-wording.ts';
import { newId } from '../platform/ids.ts';
import { maskForStorage } from '../platform/mask.ts';
import { createChangeTicket } from '../ticket/change-ticket.ts';
import { createCheckCaller } from '../ticket/check-caller.ts';
import { createFakeCallStore } from '../ticket/fake-call-store.ts';
import { createReportFakeCall } from '../ticket/report-fake-call.ts';
import { ticketPk } from '../ticket/ticket-keys.ts';
import type { CustomerReadings } from './customer-readings.ts';
import type { Customer, ServeCustomers } from './customer-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly readings: CustomerReadings;
  readonly serve: ServeCustomers;
  readonly telemetry: Telemetry;
}

/** Contact, preferences, what was sent, and whether a caller is ours. */
export function customerReach(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve } = deps;
  const preferences = createPreferenceStore(rooms);
  return [
    serve(routes.readContact, async ({ who, answer }) => {
      const contact = await rooms.contacts.get(who.customerId);
      return contact === undefined ? refuse('not-found') : answer(contactView(contact));
    }),
    serve(routes.readPreferences, async ({ who, answer }) => {
      const set = await preferences.get(who.customerId);
      return answer(preferencesView(set?.body ?? defaultPreferences));
    }),
    serve(routes.setPreferences, setPreferences(createSetPreferences({ ...rooms, preferences }))),
    serve(routes.listNotices, listNotices(deps)),
    serve(routes.checkBank, checkBank(deps)),
    serve(routes.checkCode, checkCode(deps)),
    serve(routes.reportFakeCall, reportFakeCall(deps)),
  ];
}

const preferencesView = ({ texts, calls, quiet }: Preferences) => ({ texts, calls, quiet });

function setPreferences(
  set: ReturnType<typeof createSetPreferences>,
): Handle<typeof routes.setPreferences, Customer> {
  return async ({ who: { customerId }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const outcome = await set({
      customerId,
      change: body,
      together: (after) => {
        response = answer(preferencesView(after));
        return [remember(response)];
      },
    });
    return outcome === 'repeated' ? 'repeated' : (response ?? refuse('internal'));
  };
}

/** Whatever was sent on behalf of the customer's tickets and cards, or of the customer (contact, devices). */
function listNotices({ rooms }: Deps): Handle<typeof routes.listNotices, Customer> {
  const notices = createNoticeStore(rooms);
  return async ({ who: { customerId }, query, answer }) => {
    const { limit = routes.NOTICES_PAGE, after } = query;
    const [tickets, cards] = await Promise.all([
      rooms.tickets.ofCustomer(customerId),
      rooms.cards.ofCardholder(customerId),
    ]);
    const senders = [
      ...tickets.map(({ ticketId, number }) => ({ pk: ticketPk(ticketId), name: number })),
      ...cards.map(({ body }) => ({ pk: cardPk(body.cardToken) })),
      { pk: customerPk(customerId) },
    ];
    const page = await notices.page(senders, { after, limit });
    return answer({
      asOf: rooms.now().toISOString(),
      notices: page.notices.map(({ name, ...notice }) => ({ ticketNumber: name, ...notice })),
      ...(page.next === undefined ? {} : { next: page.next }),
    });
  };
}

function checkBank({ rooms, readings }: Deps): Handle<typeof routes.checkBank, Customer> {
  return async ({ who, answer }) =>
    answer({ asOf: rooms.now().toISOString(), ...(await readings.calling(who.customerId)) });
}

function checkCode({ rooms, telemetry }: Deps): Handle<typeof routes.checkCode, Customer> {
  const checkCaller = createCheckCaller({ ...rooms, changeTicket: createChangeTicket(rooms) });
  return async ({ who: { customerId }, body, answer, remember }) => {
    const asOf = rooms.now().toISOString();
    let response: HttpAnswer | undefined;
    const checked = await checkCaller({
      customerId,
      code: body.code,
      together: (call) => {
        response = answer({ asOf, genuine: true, call, words: callCheckWording.calling(call) });
        return [remember(response)];
      },
    });
    telemetry.log('caller_checked', { outcome: checked.outcome });
    if (checked.outcome === 'repeated') return 'repeated';
    // Nothing was done, so nothing is remembered: a repeat is checked anew, and the code may be right by then.
    if (checked.outcome === 'not_ours')
      return answer({ asOf, genuine: false, words: callCheckWording.notCalling });
    return response ?? refuse('internal');
  };
}

function reportFakeCall({ rooms, telemetry }: Deps): Handle<typeof routes.reportFakeCall, Customer> {
  const report = createReportFakeCall({ ...rooms, fakeCalls: createFakeCallStore(rooms), newId });
  return async ({ who: { customerId }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const outcome = await report({
      customerId,
      words: body.text === undefined ? undefined : maskForStorage(body.text),
      callerNumber: body.number === undefined ? undefined : maskForStorage(body.number),
      together: (reportId, ticketNumber) => {
        response = answer({ reportId, ticketNumber, words: callCheckWording.fakeCallReported });
        return [remember(response)];
      },
    });
    telemetry.log('fake_call_reported', { outcome });
    return outcome === 'repeated' ? 'repeated' : (response ?? refuse('internal'));
  };
}
