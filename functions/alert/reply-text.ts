/** One word of a customer's text: a Latin word, a number, one Chinese character, or a sign that says something. */
export interface Token {
  readonly text: string;
  /** Whether a clause ended before it (comma, full stop, line break): no phrase spans that. */
  readonly opens: boolean;
}

export interface Text {
  readonly tokens: readonly Token[];
  /** A question mark, a hesitation, a doubtful picture, a struck-out letter: no YES in such a text. */
  readonly hesitates: boolean;
}

/** Pictures that refuse. Pictures that agree say nothing: a YES is given in words (H6). */
const refusal = /[👎❌❎✖✗✘🚫🙅⛔]/gu;
const doubting = /[?؟⁇⁈⁉❓❔🤔🤷🤨🙄😕😟🧐😏🙃]|\.{3,}|。{3,}/u;
/** Letters struck out or crossed by a combining mark. */
const struck = /[\u0334-\u0338\u20d2-\u20df\u20e0-\u20e2\u20e5-\u20eb]/u;
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Emoji_Modifier}|\p{M}/gu;
/** "did not", "didn t", "did nto": one word, so that no phrase ends between its halves. */
const contraction = /\b(did|do|does|was|is|were|are|have|has|had|could|would|should) *n(?:ot|to| ?t)\b/gu;
/** The number of a ticket names nothing that an answer needs. */
const ticketNumber = /\bfr-[0-9a-z]{8}\b/gu;

/** Traditional characters and variants with the simplified one that phrases are written in. */
const variants = new Map(
  `這这 筆笔 沒没 買买 賣卖 錯错 號号 碼码 訂订 閱阅 說说 認认 識识 國国 誰谁 請请 謝谢 幫帮 進进 狀状 態态 凍冻 結结 鎖锁
  發发 係系 對对 個个 別别 盜盗 騙骗 詐诈 處处 詢询 確确 實实 還还 們们 機机 電电 話话 換换 號号 給给 訊讯 簡简 傳传 過过 從从
  來来 費费 費费 單单 記记 錄录 額额 銀银 戶户 帳账 賬账 關关 閉闭 註注 銷销 掛挂 無无 為为 爲为 嗎吗 麼么 嚒么 應应 該该 點点
  時时 間间 後后 裡里 裏里 邊边 網网 購购 動动 辦办 馬马 鐘钟 錢钱 線线 兩两 貳二 贰二 弍二 壹一 壱一 弌一 會会 樣样 問问 題题
  妳你 佢他 俾给 畀给 喺在 咗了 嘅的 喇啦 㗎啊 架啊 嚟来 睇看 攞拿 唔不 冇没 哋们 冧冻 證证 經经 輕轻 險险 離离 飛飞 麗丽
  業业 務务 專专 員员 選选 擇择 覆复 復复 複复 項项 聯联 絡络 總总 煩烦 擾扰 緊紧 趕赶 將将 張张 陳陈 劉刘 楊杨 趙赵 黃黄
  吳吴 孫孙 馮冯 許许 鄧邓 蕭萧 葉叶 蘇苏 盧卢 鄭郑 羅罗 屬属 親亲 媽妈 爺爷 兒儿 夥伙 東东 遠远 遲迟 須须 準准 礙碍 號号 讓让
  誤误 寫写 試试 視视 師师 詩诗 適适 產产 親亲 啓启 啟启 開开 綁绑 殺杀 違违 貨货 車车 體体 剛刚 見见 聽听 覺觉 難难 當当 終终 幾几
  權权 訴诉 絕绝 調调 設设 隨随 遺遗 憑凭 據据 況况 決决 議议 驗验 資资 貴贵 顧顾 轉转 運运 護护 變变 語语 詳详 舊旧 願愿 種种 雙双 預预
  領领 頭头 類类 餘余 髮发 讀读 論论 談谈 計计 規规 裝装 補补 聲声 繼继 續续 繳缴 級级 節节 禮礼 異异 滿满 氣气 歡欢 斷断 擔担 掃扫 憶忆
  學学 場场 圖图 萬万 億亿 價价 獲获 鋪铺 靜静 輸输 釋释 賊贼 達达 遞递 舖铺 攞拿 託托 鍾钟 隻只 衹只 祇只 幹干 乾干 喎啊 囖咯 囉咯 咩么 啫呢 嗰那 咁这 邊边 啲点
  講讲 搵找 揾找
  ❶1 ➀1 ➊1 ❷2 ➁2 ➋2`
    .trim()
    .split(/\s+/)
    .map((pair) => [...pair])
    .map(([from = '', to = '']) => [from, to]),
);

const token =
  /(?<word>\p{Script=Han}|\p{Nd}+(?:[.,:/-]\p{Nd}+)*|\p{L}+?(?=\p{Script=Han}|\P{L}|$)|[\p{Sc}%+*=])|(?<end>[,.!?;:。、…\n؟])/gu;

/** Cuts a text into tokens, alike for every way of writing it: width, case, script variant, invisible characters. */
export function tokenise(text: string): Text {
  const plain = text.normalize('NFKC').toLowerCase().replace(ticketNumber, ' ');
  const readable = plain
    .replace(refusal, ', no, ')
    .replace(/['’‘`´]/gu, '')
    .replace(invisible, '')
    .replace(contraction, '$1nt')
    .replace(/\p{Script=Han}|[❶➀➊❷➁➋]/gu, (one) => variants.get(one) ?? one);
  const tokens: Token[] = [];
  let opens = true;
  for (const { groups } of readable.matchAll(token)) {
    if (groups?.word === undefined) {
      opens = true;
      continue;
    }
    for (const part of splitNumber(groups.word)) {
      tokens.push({ text: part, opens });
      opens = false;
    }
  }
  return { tokens, hesitates: doubting.test(plain) || struck.test(plain) };
}

/** "4417-1" names a card and answers; "3,2" refuses; "1.50", "12:30" and "1,288" are figures, no answer. */
function splitNumber(word: string): readonly string[] {
  const named = /^(\d{4})[,:;-]([12])$/.exec(word) ?? /^(\d{4}|[2-9])[.,:/-](2)$/.exec(word);
  return named === null ? [word] : [named[1] ?? '', named[2] ?? ''];
}
