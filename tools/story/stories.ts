import { acceptance } from './stories/acceptance.ts';
import { cardBack } from './stories/card-back.ts';
import { coachedYes } from './stories/coached-yes.ts';
import { fakeCall } from './stories/fake-call.ts';
import { flood } from './stories/flood.ts';
import { lateNo } from './stories/late-no.ts';
import { mistakenNo } from './stories/mistaken-no.ts';
import { sharedPhone } from './stories/shared-phone.ts';
import { simSwap } from './stories/sim-swap.ts';
import { stopInASentence } from './stories/stop-in-a-sentence.ts';
import { traveller } from './stories/traveller.ts';
import { twoCardsOnePhone } from './stories/two-cards-one-phone.ts';
import { undeliverable } from './stories/undeliverable.ts';
import { wrongNumber } from './stories/wrong-number.ts';
import type { Story } from './story.ts';

/** Every story there is, in the order `--list` shows them. */
export const stories: readonly Story[] = [
  acceptance,
  cardBack,
  traveller,
  simSwap,
  coachedYes,
  twoCardsOnePhone,
  lateNo,
  mistakenNo,
  wrongNumber,
  sharedPhone,
  stopInASentence,
  flood,
  undeliverable,
  fakeCall,
];
