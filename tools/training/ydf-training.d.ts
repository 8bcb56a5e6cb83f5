/** The part of ydf-training that we use; the package brings no types. */
declare module 'ydf-training' {
  interface YdfModel {
    /** Probability of the second label class, row by row. */
    predict(columns: Readonly<Record<string, readonly number[]>>): number[];
    getLabelClasses(): string[];
    /** Whatever `generateAsync` of the global JSZip gives, once it was handed every file of the model. */
    save(): Promise<unknown>;
    unload(): void;
  }
  interface Ydf {
    GradientBoostedTreesLearner: new (
      label: string,
      task: 'CLASSIFICATION',
    ) => { train(columns: Readonly<Record<string, readonly (number | string)[]>>): YdfModel };
  }
  export default function load(options?: {
    print?: (text: string) => void;
    printErr?: (text: string) => void;
  }): Promise<Ydf>;
}
