/** Everyday words one slip away from a word of refusal: they mean themselves. */
const wordsOfTheirOwn: ReadonlySet<string> = new Set(
  `fine line mind wine vine dine pine nine time mice mile miner ever even every fever lever sever newer nerve cake
  lake bake sake wake male mare mate maker take taken guys busy bright wade node bode code mode lone cone gone tone
  zone bone hone none house horse ruse rude fuse bill pill will hill till kill ship chop stop shot show does dose
  here hero were where there three them then than thin think thick chance change chase large barge word world lord
  cord ward wars hand sand land band bard hard yard cared cars cart care dark park mark lark base case cash cast
  past pass paste page pays play plays plan pair said maid aid laid raid text test rest best least last lost list
  most post cost host same some come came game name names tame fame wont want went font front point print`.split(
    /\s+/,
  ),
);

/** Whether one letter too many, too few, wrong, or two swapped make `typed` out of `word`. */
export function oneSlipApart(typed: string, word: string): boolean {
  if (Math.abs(typed.length - word.length) > 1 || typed.length < 4 || wordsOfTheirOwn.has(typed))
    return false;
  let same = 0;
  while (same < typed.length && same < word.length && typed[same] === word[same]) same += 1;
  const [rest, wordRest] = [typed.slice(same), word.slice(same)];
  if (rest.length > wordRest.length) return rest.slice(1) === wordRest;
  if (rest.length < wordRest.length) return rest === wordRest.slice(1);
  return (
    rest.slice(1) === wordRest.slice(1) ||
    (rest[0] === wordRest[1] && rest[1] === wordRest[0] && rest.slice(2) === wordRest.slice(2))
  );
}
