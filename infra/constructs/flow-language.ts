/**
 * The part of Amazon Connect's flow language we write (Connect API reference, "Flow language"): every action names where
 * it goes on, also when it fails.
 */
export interface ContactFlowContent {
  readonly Version: '2019-10-30';
  readonly StartAction: string;
  readonly Actions: readonly FlowAction[];
}

export interface FlowAction {
  readonly Identifier: string;
  readonly Type:
    | 'Compare'
    | 'DisconnectParticipant'
    | 'EndFlowExecution'
    | 'GetParticipantInput'
    | 'InvokeLambdaFunction'
    | 'MessageParticipant'
    | 'MessageParticipantIteratively'
    | 'TransferContactToQueue'
    | 'UpdateContactAttributes'
    | 'UpdateContactEventHooks'
    | 'UpdateContactTargetQueue'
    | 'UpdateContactTextToSpeechVoice'
    | 'UpdateFlowLoggingBehavior';
  readonly Parameters: object;
  readonly Transitions: {
    readonly NextAction?: string;
    readonly Conditions?: readonly {
      readonly NextAction: string;
      readonly Condition: { readonly Operator: 'Equals'; readonly Operands: readonly string[] };
    }[];
    readonly Errors?: readonly { readonly ErrorType: string; readonly NextAction: string }[];
  };
}
