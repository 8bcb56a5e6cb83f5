import { randomUUID } from 'node:crypto';
import type { Json } from '../front/json.ts';
import type { LocalContactFlow, LocalModel } from '../model.ts';
import type { LocalFlowAction } from '../template/contact-flows.ts';
import { contactEvent, flatMap, flowEvent } from './contact-events.ts';

/** Where a call stands: it waits for keys, for a person, talks with one, or is over. */
export type CallState = 'menu' | 'digits' | 'queued' | 'connected' | 'ended';

/** A call as the caller has it. */
export interface CallerCall {
  readonly contactId: string;
  readonly from: string;
  readonly state: CallState;
  /** Everything spoken so far. */
  readonly heard: readonly string[];
  /** What goes with the call to a person. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The answers of the function, as the flow got them. */
  readonly answers: readonly Readonly<Record<string, string>>[];
  /** Presses a key of the menu, or keys digits in. Empty: says nothing until the time is over. */
  press(keys: string): Promise<void>;
  /** A person takes the call out of the queue. */
  connect(agent: { readonly id: string; readonly name: string }): Promise<void>;
  hangUp(): Promise<void>;
  /** The agent's work after the call is done. */
  finish(): Promise<void>;
}

export interface ContactCentre {
  /** Calls from this number; undefined: it is withheld. `contactId`: the same call once more. */
  call(from: string | undefined, options?: { readonly contactId?: string }): Promise<CallerCall>;
}

export interface ContactCentreOptions {
  readonly model: LocalModel;
  readonly invoke: (nameOrArn: string, event: unknown) => Promise<unknown>;
  readonly putEvent: (event: Json) => Promise<void>;
  readonly now: () => Date;
}

/** Most actions between two waits of a flow; more is a circle. */
const MOST_ACTIONS = 100;

/**
 * A contact centre for the flows of the template: it runs them action by action, calls the function with the very event
 * Amazon Connect sends, takes nothing but a flat map of texts for an answer, and tells of the contact as Connect does.
 * An action it does not know is an error that names it.
 */
export function createContactCentre(options: ContactCentreOptions): ContactCentre {
  return {
    call: async (from, { contactId = randomUUID() } = {}) => {
      const flow = options.model.contactFlows?.find(({ type }) => type === 'CONTACT_FLOW');
      if (flow === undefined) throw new Error('the templates have no contact flow');
      const call = createCall(options, flow, { contactId, from });
      await call.start();
      return call;
    },
  };
}

type Given = { readonly contactId: string; readonly from: string | undefined };

function createCall(options: ContactCentreOptions, flow: LocalContactFlow, { contactId, from }: Given) {
  const heard: string[] = [];
  const answers: Readonly<Record<string, string>>[] = [];
  const attributes: Record<string, string> = {};
  const times: Record<string, string> = {};
  let agent: { id: string; name: string } | undefined;
  let external: Readonly<Record<string, string>> = {};
  let stored = '';
  let whisper: string | undefined;
  let queueArn = '';
  let state: CallState = 'menu';
  let waitsAt: LocalFlowAction | undefined;

  const at = () => options.now().toISOString();
  const tell = (eventType: string) =>
    options.putEvent(contactEvent(eventType, { contactId, flow, queueArn, times, agent, at: at() }));

  /** `$.External.prompt` and the like; a name nothing stands for is empty, as in Connect. */
  const resolved = (value: unknown): string => {
    const [, space, name = ''] = /^\$\.(External|Attributes|Agent)\.(\w+)$/.exec(String(value)) ?? [];
    if (space === 'External') return external[name] ?? '';
    if (space === 'Attributes') return attributes[name] ?? '';
    if (space === 'Agent') return name === 'UserName' ? (agent?.name ?? '') : '';
    if (value === '$.StoredCustomerInput') return stored;
    if (String(value).startsWith('$.')) throw new Error(`contact flow: ${value} is not known here`);
    return String(value);
  };
  const resolvedAll = (values: unknown): Record<string, string> =>
    Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, resolved(value)]));

  const failed = (action: LocalFlowAction, type: string): string | undefined =>
    action.Transitions.Errors.find(({ ErrorType }) => ErrorType === type)?.NextAction ??
    action.Transitions.Errors.find(({ ErrorType }) => ErrorType === 'NoMatchingError')?.NextAction;
  const chosen = (action: LocalFlowAction, value: string): string | undefined =>
    action.Transitions.Conditions.find(({ Condition }) => Condition.Operands.includes(value))?.NextAction ??
    failed(action, 'NoMatchingCondition');

  async function invoke(action: LocalFlowAction): Promise<string | undefined> {
    const event = flowEvent({
      ...{ contactId, from, attributes, instanceArn: flow.instanceArn, queueArn },
      parameters: resolvedAll(action.Parameters.LambdaInvocationAttributes),
    });
    try {
      external = flatMap(await options.invoke(String(action.Parameters.LambdaFunctionARN), event));
    } catch {
      return failed(action, 'NoMatchingError');
    }
    answers.push(external);
    return action.Transitions.NextAction;
  }

  /** Does one action; the next one's name, or undefined where the flow waits or ends. */
  async function step(action: LocalFlowAction): Promise<string | undefined> {
    const { Parameters: given, Transitions } = action;
    switch (action.Type) {
      case 'UpdateFlowLoggingBehavior':
      case 'UpdateContactTextToSpeechVoice':
        return Transitions.NextAction;
      case 'UpdateContactEventHooks':
        whisper = resolvedAll(given.EventHooks).AgentWhisper;
        return Transitions.NextAction;
      case 'InvokeLambdaFunction':
        return invoke(action);
      case 'UpdateContactAttributes':
        Object.assign(attributes, resolvedAll(given.Attributes));
        return Transitions.NextAction;
      case 'Compare':
        return chosen(action, resolved(given.ComparisonValue));
      case 'MessageParticipant':
        heard.push(resolved(given.Text));
        return Transitions.NextAction;
      case 'GetParticipantInput':
        heard.push(resolved(given.Text));
        state = given.StoreInput === 'True' ? 'digits' : 'menu';
        waitsAt = action;
        return undefined;
      case 'UpdateContactTargetQueue':
        queueArn = resolved(given.QueueId);
        return Transitions.NextAction;
      case 'TransferContactToQueue':
        state = 'queued';
        times.enqueueTimestamp = at();
        await tell('QUEUED');
        return undefined;
      case 'DisconnectParticipant':
        await end();
        return undefined;
      case 'EndFlowExecution':
        return undefined;
      default:
        throw new Error(`contact flow "${flow.name}": the local stack does not know ${action.Type}`);
    }
  }

  async function run(of: LocalContactFlow, from: string | undefined): Promise<void> {
    let next = from;
    for (let done = 0; next !== undefined; done += 1) {
      if (done > MOST_ACTIONS) throw new Error(`contact flow "${of.name}" goes round in a circle at ${next}`);
      const action = of.actions.get(next);
      if (action === undefined) throw new Error(`contact flow "${of.name}" has no action ${next}`);
      next = await step(action);
    }
  }

  async function end(): Promise<void> {
    if (state === 'ended') return;
    state = 'ended';
    times.disconnectTimestamp = at();
    await tell('DISCONNECTED');
  }

  return {
    contactId,
    from: from ?? 'anonymous',
    heard,
    answers,
    attributes,
    get state() {
      return state;
    },
    async start() {
      times.initiationTimestamp = at();
      await tell('INITIATED');
      await run(flow, flow.start);
    },
    async press(keys: string) {
      const action = waitsAt;
      if (action === undefined || (state !== 'menu' && state !== 'digits'))
        throw new Error(`nothing listens to keys: the call is ${state}`);
      waitsAt = undefined;
      if (keys === '') return run(flow, failed(action, 'InputTimeLimitExceeded'));
      stored = keys;
      await run(flow, state === 'digits' ? action.Transitions.NextAction : chosen(action, keys));
    },
    async connect(to: { id: string; name: string }) {
      if (state !== 'queued') throw new Error(`nobody waits: the call is ${state}`);
      agent = to;
      const whispers = options.model.contactFlows?.find(({ arn }) => arn === whisper);
      if (whispers !== undefined) await run(whispers, whispers.start);
      state = 'connected';
      times.connectedToAgentTimestamp = at();
      await tell('CONNECTED_TO_AGENT');
    },
    hangUp: end,
    async finish() {
      times.afterContactWorkStartTimestamp = times.disconnectTimestamp ?? at();
      times.afterContactWorkEndTimestamp = at();
      await tell('COMPLETED');
    },
  };
}
