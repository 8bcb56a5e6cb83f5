/** A row of the published table: test week 2018-08-08 to 08-14, library defaults, fifteen published features. */
export interface PublishedRow {
  readonly name: string;
  readonly aucRoc: number;
  readonly averagePrecision: number;
  readonly cardPrecisionAt100: number;
}

export const PUBLISHED_TEST_FROM = '2018-08-08';

/** Le Borgne, Siblini, Lebichot, Bontempi, "Reproducible Machine Learning for Credit Card Fraud Detection", chapter 3. */
export const publishedRows: readonly PublishedRow[] = [
  { name: 'logistic regression', aucRoc: 0.871, averagePrecision: 0.606, cardPrecisionAt100: 0.291 },
  { name: 'decision tree, depth 2', aucRoc: 0.763, averagePrecision: 0.496, cardPrecisionAt100: 0.241 },
  { name: 'decision tree, unlimited', aucRoc: 0.788, averagePrecision: 0.309, cardPrecisionAt100: 0.243 },
  { name: 'random forest', aucRoc: 0.867, averagePrecision: 0.658, cardPrecisionAt100: 0.287 },
  { name: 'XGBoost', aucRoc: 0.862, averagePrecision: 0.639, cardPrecisionAt100: 0.273 },
];
