import { act, compare, conditions, error, type Goes, voice } from './flow-actions.ts';
import type { ContactFlowContent, FlowAction } from './flow-language.ts';

interface FlowParts {
  /** What Connect calls. */
  readonly functionArn: string;
  readonly queueArn: string;
  /** Flow that runs for the agent before the call is put through. */
  readonly whisperFlowArn: string;
}

/** Seconds a caller has to press a key. */
const KEY_SECONDS = '8';
const menu = { '1': 'freeze', '2': 'lost', '3': 'report', '4': 'status', '0': 'person' } as const;

/**
 * The flow of a caller: the menu, the card's last four digits, one function that knows what to say, and a person at
 * every end. The words come from the function, so that the flow has none but those for when it cannot be reached.
 */
export function contactFlow(parts: FlowParts): ContactFlowContent {
  const steps = Object.values(menu);
  return {
    Version: '2019-10-30',
    StartAction: 'logging',
    Actions: [
      // A flow's log names the caller's number and what was keyed in.
      act('logging', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'Disabled' }, { next: 'hooks' }),
      act(
        'hooks',
        'UpdateContactEventHooks',
        { EventHooks: { AgentWhisper: parts.whisperFlowArn } },
        {
          next: 'greet',
          failed: 'greet',
        },
      ),
      invoke('greet', parts.functionArn, { step: 'greet' }, { next: 'keep-language', failed: 'sorry' }),
      act(
        'keep-language',
        'UpdateContactAttributes',
        { Attributes: { language: '$.External.language' }, TargetContact: 'Current' },
        { next: 'which-voice', failed: 'which-voice' },
      ),
      compare('which-voice', '$.External.language', { 'zh-CN': 'voice-zh' }, 'voice-en'),
      voice('voice-zh', 'Zhiyu', 'cmn-CN', 'menu'),
      voice('voice-en', 'Joanna', 'en-US', 'menu'),
      choose('menu', '$.External.prompt', byKey(), { otherwise: 'greet-again', silence: 'person' }),
      invoke(
        'greet-again',
        parts.functionArn,
        { step: 'greet', language: '$.Attributes.language' },
        {
          next: 'menu',
          failed: 'sorry',
        },
      ),
      ...steps.flatMap((step) => stepOf(step, parts.functionArn)),
      ...person(parts.queueArn),
    ],
  };
}

const byKey = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(menu).map(([key, step]) => [key, step]));

/** Asks the function, says what it answers, and goes on where it tells; digits are asked for where they are missing. */
function stepOf(step: string, functionArn: string): FlowAction[] {
  const language = '$.Attributes.language';
  const answered = { next: `${step}-next`, failed: 'sorry' };
  return [
    invoke(step, functionArn, { step, language }, answered),
    compare(
      `${step}-next`,
      '$.External.next',
      {
        digits: `${step}-digits`,
        menu: `${step}-say`,
        person: step === 'person' ? 'hand-over' : `${step}-person`,
      },
      'person',
    ),
    act(
      `${step}-digits`,
      'GetParticipantInput',
      {
        Text: '$.External.prompt',
        StoreInput: 'True',
        InputTimeLimitSeconds: KEY_SECONDS,
        InputValidation: { CustomValidation: { MaximumLength: '4' } },
      },
      { next: `${step}-check`, failed: 'person' },
    ),
    invoke(`${step}-check`, functionArn, { step, language, digits: '$.StoredCustomerInput' }, answered),
    say(`${step}-say`, 'greet-again'),
    // A person is asked for with what is known: the ticket, the facts and the digits that fitted.
    keepKnown(`${step}-person`, `${step}-say-person`),
    say(`${step}-say-person`, 'person'),
  ];
}

function person(queueArn: string): FlowAction[] {
  return [
    // What a step before told stays where this one came too late.
    compare('hand-over', '$.External.outcome', { busy: 'say-person' }, 'keep-known'),
    keepKnown('keep-known', 'say-person'),
    say('say-person', 'set-queue'),
    act(
      'sorry',
      'MessageParticipant',
      { Text: '系统繁忙，现在为您转接人工服务。 Something is wrong on our side. A person helps you now.' },
      { next: 'set-queue', failed: 'set-queue' },
    ),
    act('set-queue', 'UpdateContactTargetQueue', { QueueId: queueArn }, { next: 'queue', failed: 'end' }),
    {
      Identifier: 'queue',
      Type: 'TransferContactToQueue',
      Parameters: {},
      Transitions: { Errors: [error('QueueAtCapacity', 'end'), error('NoMatchingError', 'end')] },
    },
    { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
  ];
}

/** What goes with the call to a person (D8). */
function keepKnown(id: string, next: string): FlowAction {
  const known = ['ticketNumber', 'status', 'version', 'asOf', 'priority', 'lastFour'];
  const Attributes = Object.fromEntries(known.map((name) => [name, `$.External.${name}`]));
  return act(id, 'UpdateContactAttributes', { Attributes, TargetContact: 'Current' }, { next, failed: next });
}

/** What runs for the agent before the call is put through: their name goes to the contact log (D10). */
export function agentWhisperFlow(functionArn: string): ContactFlowContent {
  return {
    Version: '2019-10-30',
    StartAction: 'note-agent',
    Actions: [
      invoke(
        'note-agent',
        functionArn,
        { step: 'agent', agent: '$.Agent.UserName' },
        {
          next: 'end',
          failed: 'end',
        },
      ),
      { Identifier: 'end', Type: 'EndFlowExecution', Parameters: {}, Transitions: {} },
    ],
  };
}

const say = (id: string, next: string): FlowAction =>
  act(id, 'MessageParticipant', { Text: '$.External.prompt' }, { next, failed: next });

function invoke(
  id: string,
  LambdaFunctionARN: string,
  attributes: Record<string, string>,
  goes: Goes,
): FlowAction {
  return act(
    id,
    'InvokeLambdaFunction',
    {
      LambdaFunctionARN,
      // The function answers within two; more is the contact centre's own way to it.
      InvocationTimeLimitSeconds: '8',
      LambdaInvocationAttributes: attributes,
      ResponseValidation: { ResponseType: 'STRING_MAP' },
    },
    goes,
  );
}

function choose(
  Identifier: string,
  Text: string,
  cases: Readonly<Record<string, string>>,
  goes: { readonly otherwise: string; readonly silence: string },
): FlowAction {
  return {
    Identifier,
    Type: 'GetParticipantInput',
    Parameters: { Text, StoreInput: 'False', InputTimeLimitSeconds: KEY_SECONDS },
    Transitions: {
      NextAction: goes.otherwise,
      Conditions: conditions(cases),
      Errors: [
        error('InputTimeLimitExceeded', goes.silence),
        error('NoMatchingCondition', goes.otherwise),
        error('NoMatchingError', goes.silence),
      ],
    },
  };
}
