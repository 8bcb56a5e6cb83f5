import type { SmsPort } from './sms.ts';

/** One port over all providers: each text goes by the one its route names. */
export function createSmsRouter(providers: Readonly<Record<string, SmsPort>>): SmsPort {
  return {
    send: async (message) => {
      const port = providers[message.provider];
      // Routes are checked against the providers when the function starts.
      if (port === undefined) throw new Error(`no provider of texts is called ${message.provider}`);
      return port.send(message);
    },
  };
}
