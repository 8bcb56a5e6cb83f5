import { createAnswerCall, type Said } from '../../alert/answer-call.ts';
import { createPlaceHold } from '../../card/place-hold.ts';
import {
  type ContactFlowEvent,
  callingNumber,
  contactFlowEventSchema,
  type FlowAnswer,
  keyedDigits,
} from '../../notification/contact-flow.ts';
import type { Language } from '../../notification/merchant-name.ts';
import type { PhoneDigests } from '../../notification/phone-keys.ts';
import { nextOf, phoneWords } from '../../notification/phone-words.ts';
import { publicWording } from '../../notification/public-wording.ts';
import { createRequests, type RequestId } from '../../platform/requests.ts';
import { createOpenCallerTicket } from '../../ticket/open-caller-ticket.ts';
import { createReportLost } from '../../ticket/report-lost.ts';
import type { Work } from './work.ts';

export interface AnswerCallsDeps extends Work {
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
  readonly bank: { readonly zh: string; readonly en: string };
  readonly zone: string;
  /** Connect waits 8 s for an answer and a caller hears silence meanwhile: after this they go to a person. */
  readonly answerWithinMs: number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Answers one step of the contact flow. What takes too long goes on to a person; the step itself is safe to repeat, by
 * the contact's id. A fault is an answer, too: a caller is never left in a flow that has nowhere to go.
 */
export function answerCalls(deps: AnswerCallsDeps) {
  const { telemetry } = deps;
  const answerStep = createStep(deps);
  return async (event: unknown): Promise<FlowAnswer> => {
    const call = contactFlowEventSchema.parse(event);
    const { step } = call.Details.Parameters;
    const busy = answerOf(deps, { says: { say: 'busy' } }, languageOf(call));
    const answered = answerStep(call).catch((error: unknown) => {
      telemetry.warn('message_failed', error, { step });
      return busy;
    });
    const answer = await Promise.race([answered, deps.pause(deps.answerWithinMs).then(() => busy)]);
    if (answer === busy) {
      telemetry.log('call_late', { step });
      telemetry.count('CallsLate');
    }
    telemetry.log('call_answered', { step, outcome: answer.outcome, ticketNumber: answer.ticketNumber });
    return answer;
  };
}

function createStep(deps: AnswerCallsDeps): (call: ContactFlowEvent) => Promise<FlowAnswer> {
  const { rooms } = deps;
  const requests = createRequests(rooms.db, rooms.casesTable, rooms.now);
  const answer = createAnswerCall({
    ...rooms,
    placeHold: createPlaceHold(rooms),
    reportLost: createReportLost({ ...rooms, ...deps }),
    openCallerTicket: createOpenCallerTicket({ ...rooms, ...deps }),
  });
  return async (call) => {
    const { ContactId: contactId } = call.Details.ContactData;
    const { step, agent } = call.Details.Parameters;
    if (step === 'agent') {
      const known = { contactId, agentName: agent || undefined, ...(await announcedBy(rooms, call)) };
      await rooms.db.commit([rooms.contactLog.add(known, rooms.now())]);
      return { outcome: 'noted' };
    }
    const number = callingNumber(call);
    const lastFour = keyedDigits(call.Details.Parameters.digits);
    const key = `${contactId}#${step}#${lastFour ?? ''}`;
    const request: RequestId = { caller: 'phone', key, request: step };
    const seen = await requests.seen(request);
    if (seen.kind === 'repeated') return JSON.parse(seen.answer.body);
    const worded = (said: Said) => answerOf(deps, said, said.language ?? languageOf(call));
    const said = await answer({
      ...{ contactId, step, lastFour },
      digests: number === undefined ? undefined : await deps.digestsOf(number),
      remember: (to) => requests.remember(request, { status: 200, body: JSON.stringify(worded(to)) }),
    });
    if (said !== 'repeated') return worded(said);
    const known = await requests.seen(request);
    if (known.kind !== 'repeated') throw new Error('a call is known and has no answer');
    return JSON.parse(known.answer.body);
  };
}

/**
 * Which announced call this contact is, by what our order to dial gave it: where the answer to the order was lost, its
 * events find their ticket all the same.
 */
async function announcedBy({ tickets }: Work['rooms'], { Details: { ContactData } }: ContactFlowEvent) {
  const { callId, ticketNumber } = ContactData.Attributes ?? {};
  if (callId === undefined || ticketNumber === undefined) return {};
  const ticket = await tickets.byNumber(ticketNumber);
  if (ticket?.body.call?.callId !== callId) return {};
  const { ticketId, customerId } = ticket.body;
  return { callId, ticketId, ticketNumber, customerId };
}

/** The language the flow speaks already, else that of the number's country. */
function languageOf(call: ContactFlowEvent): Language {
  const { language } = call.Details.Parameters;
  if (language === 'zh-CN' || language === 'en') return language;
  return callingNumber(call)?.startsWith('+86') ? 'zh-CN' : 'en';
}

/** Everything the flow reads, as texts: what to say, where to go on, and what goes with the call to a person. */
function answerOf(deps: AnswerCallsDeps, said: Said, language: Language): FlowAnswer {
  const { says, ticket } = said;
  const { bank, zone } = deps;
  return {
    outcome: says.say,
    next: nextOf(says),
    language,
    prompt: phoneWords(says, { language, bank, zone }),
    ...('lastFour' in says ? { lastFour: says.lastFour } : {}),
    ...('hold' in says ? { hold: says.hold } : {}),
    ...(ticket === undefined
      ? {}
      : {
          ticketNumber: ticket.number,
          status: publicWording[ticket.status][language],
          version: String(ticket.version),
          asOf: ticket.asOf,
          priority: ticket.priority,
        }),
  };
}
