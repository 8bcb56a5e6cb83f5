import type { Phone, PhoneMessage } from '../front/phone.ts';

/** The phones of the front, with a way to start afresh between tests. */
export function forgetfulPhone(phone: Phone): Phone & { forget(): void } {
  let forgotten = new WeakSet<PhoneMessage>();
  const refused = new Set<string>();
  const lost = new Set<string>();
  return {
    ...phone,
    messages: (number) => phone.messages(number).filter((message) => !forgotten.has(message)),
    refuse(number, reason) {
      refused.add(number);
      phone.refuse(number, reason);
    },
    lose(number, carrierSays, afterMs) {
      lost.add(number);
      phone.lose(number, carrierSays, afterMs);
    },
    forget() {
      forgotten = new WeakSet(phone.messages());
      for (const number of refused) phone.refuse(number, undefined);
      refused.clear();
      for (const number of lost) phone.lose(number, undefined);
      lost.clear();
    },
  };
}
