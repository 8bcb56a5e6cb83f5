import type { Alert } from './alert.ts';

/** The alert with the text accepted then marked as never arrived; the very same alert when it has no such text. */
export function withFailedText(alert: Alert, acceptedAt: string, failedAt: string): Alert {
  const isMeant = (text: Alert['texts'][number]) =>
    text.acceptedAt === acceptedAt && text.failedAt === undefined;
  if (!alert.texts.some(isMeant)) return alert;
  return { ...alert, texts: alert.texts.map((text) => (isMeant(text) ? { ...text, failedAt } : text)) };
}

/** How many transactions were named in the last text that was accepted before `at` and, for all we know, arrived. */
export function coveredAt(alert: Alert, at: string): number {
  const arrived = alert.texts.filter(
    ({ acceptedAt, failedAt }) => acceptedAt <= at && failedAt === undefined,
  );
  return arrived.reduce((most, { covers }) => Math.max(most, covers), 0);
}
