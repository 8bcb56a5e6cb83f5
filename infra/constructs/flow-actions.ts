import type { FlowAction } from './flow-language.ts';

/** Builders of the actions our flows are made of. */
export interface Goes {
  readonly next: string;
  readonly failed?: string;
}

export const error = (ErrorType: string, NextAction: string) => ({ ErrorType, NextAction });

export function act(
  Identifier: string,
  Type: FlowAction['Type'],
  Parameters: object,
  { next, failed }: Goes,
): FlowAction {
  const Errors = failed === undefined ? [] : [error('NoMatchingError', failed)];
  return { Identifier, Type, Parameters, Transitions: { NextAction: next, Errors, Conditions: [] } };
}

export const voice = (
  id: string,
  TextToSpeechVoice: string,
  LanguageCode: string,
  next: string,
): FlowAction =>
  act(
    id,
    'UpdateContactTextToSpeechVoice',
    { TextToSpeechVoice, TextToSpeechEngine: 'Neural', LanguageCode },
    { next, failed: next },
  );

export function conditions(cases: Readonly<Record<string, string>>) {
  return Object.entries(cases).map(([value, NextAction]) => ({
    NextAction,
    Condition: { Operator: 'Equals' as const, Operands: [value] },
  }));
}

export function compare(
  Identifier: string,
  ComparisonValue: string,
  cases: Readonly<Record<string, string>>,
  otherwise: string,
): FlowAction {
  const Errors = [error('NoMatchingCondition', otherwise)];
  return {
    ...{ Identifier, Type: 'Compare', Parameters: { ComparisonValue } },
    Transitions: { NextAction: otherwise, Conditions: conditions(cases), Errors },
  };
}
