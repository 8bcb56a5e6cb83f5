/** P1 "not mine", undeliverable, freeze in trouble; P2 frozen and unanswered; P3 alert without hold, dispute; P4 question. */
export const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof priorities)[number];

/** The more urgent of two; the machine only ever raises a priority. */
export const raised = (a: Priority, b: Priority): Priority => (a < b ? a : b);
