/**
 * Every kind of entry that a ticket's journal has. What writes one takes it from here, and whoever shows a journal has
 * words for all of them. A journal is kept for good: a kind that is no longer written stays, or is shown by its name.
 */
export const entryTypes = [
  // The alert, its question and what came of it.
  ...['alert_opened', 'transaction_joined', 'alert_expired', 'freeze_unconfirmed', 'transaction_reversed'],
  ...['question_put_out', 'second_notice_put_out', 'second_notice_left_out', 'text_budget_spent'],
  ...['number_is_wrong', 'text_accepted', 'text_not_sent', 'text_not_delivered', 'card_number_warned'],
  ...['customer_answered', 'customer_wrote', 'fraud_confirmed', 'fraud_cleared', 'released_in_bulk'],
  ...['undo_not_mine_proposed', 'undo_not_mine_declined', 'undo_not_mine_withdrawn'],
  ...['not_mine_undone'],
  // What the customer asks for or says.
  ...['transactions_reported', 'fraud_reported', 'lost_reported', 'person_asked', 'customer_message'],
  ...['contact_changed', 'caller_checked', 'fake_call_reported'],
  // Proofs of who they are, and what was done by them.
  ...['verification_started', 'code_requested', 'factor_passed', 'factor_failed', 'verification_passed'],
  ...['verification_failed', 'verification_locked', 'vouch_proposed', 'vouch_declined', 'vouch_withdrawn'],
  ...['card_released', 'device_enrolled'],
  ...['totp_enrolled', 'contact_change_requested', 'card_replacement_requested', 'ticket_exported'],
  // Work at the desk.
  ...['ticket_raised', 'ticket_claimed', 'ticket_taken_over', 'ticket_handed_back', 'lease_expired'],
  ...['agent_message', 'internal_note', 'customer_awaited', 'third_party_awaited', 'work_resumed'],
  ...['ticket_triaged', 'ticket_concluded', 'disputes_left_open', 'ticket_resolved', 'ticket_reopened'],
  ...['ticket_merged', 'ticket_joined', 'ticket_closed', 'dispute_moved', 'dispute_noted'],
  ...['clock_warned', 'clock_breached', 'on_call_paged'],
  // Calls.
  ...['call_announced', 'call_dialled', 'call_dial_unknown', 'call_connected', 'call_ended'],
  ...['contact_ended', 'contact_completed'],
  // Papers, and what was erased.
  ...['evidence_announced', 'evidence_received', 'evidence_accepted', 'evidence_refused'],
  ...['evidence_expired', 'evidence_erased', 'words_erased'],
] as const;
export type EntryType = (typeof entryTypes)[number];
