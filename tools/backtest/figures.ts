import type { BadRow } from '../offline/labelled.ts';
import type { Comparison } from './pairing.ts';
import type { SetFigures } from './tally.ts';

/** Everything a backtest found: what is printed, drawn and written as JSON. Nothing in it is of the day it ran. */
export interface BacktestFigures {
  /** Version of the product whose code judged. */
  readonly product: string;
  /** The command that gives these figures, without where they are written to. */
  readonly command: string;
  readonly data: {
    readonly files: readonly string[];
    /** What the data are, in a sentence; simulated and synthetic ones are named as such. */
    readonly about: string;
    readonly isMadeUp: boolean;
    readonly transactions: number;
    readonly cards: number;
    readonly badRows: { readonly count: number; readonly first: readonly BadRow[] };
    /** Transactions in a currency the rule set has no rate for: counted, without value. */
    readonly withoutRate: number;
  };
  /** UTC days that were measured; empty without a transaction. Those before only taught the cards' profiles. */
  readonly span: { readonly from: string; readonly to: string; readonly warmUpDays: number };
  readonly currency: string;
  readonly policy: {
    readonly answerMinutes: number;
    readonly replacedAfterDays: number;
    /** How labels became known. */
    readonly labels: string;
  };
  /** Versions of the models the rule sets use. */
  readonly model: string | undefined;
  readonly compareModel: string | undefined;
  readonly rules: SetFigures;
  readonly compare: SetFigures | undefined;
  readonly comparison: Comparison | undefined;
}
