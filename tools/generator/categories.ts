/** When in the day a purchase happens: hours of peaks with how wide and how heavy they are. */
export type HourProfile = readonly {
  readonly hour: number;
  readonly spread: number;
  readonly weight: number;
}[];

const commute: HourProfile = [
  { hour: 8.2, spread: 0.8, weight: 5 },
  { hour: 18.3, spread: 1, weight: 5 },
  { hour: 13, spread: 4, weight: 3 },
];
const meals: HourProfile = [
  { hour: 12.2, spread: 0.7, weight: 5 },
  { hour: 18.8, spread: 1.1, weight: 6 },
  { hour: 22, spread: 1.2, weight: 1 },
];
const coffee: HourProfile = [
  { hour: 8.6, spread: 1, weight: 4 },
  { hour: 14, spread: 2.5, weight: 5 },
];
const shopping: HourProfile = [
  { hour: 11, spread: 1.8, weight: 3 },
  { hour: 16, spread: 2.2, weight: 5 },
  { hour: 20, spread: 1.2, weight: 3 },
];
const evening: HourProfile = [
  { hour: 20, spread: 1.5, weight: 6 },
  { hour: 23, spread: 1.3, weight: 1 },
];
const net: HourProfile = [
  { hour: 12.5, spread: 1.5, weight: 3 },
  { hour: 21, spread: 1.8, weight: 6 },
  { hour: 24.3, spread: 1.2, weight: 1.2 },
  { hour: 16, spread: 4, weight: 3 },
];

/** `free`: any cents; `whole`: whole yuan; `hundreds`: notes out of a machine; a list: fixed prices. */
export type Prices = 'free' | 'whole' | 'hundreds' | readonly number[];

/** A kind of merchant (ISO 18245), what is bought there and how. */
export interface Category {
  readonly id: string;
  readonly mcc: string;
  readonly place: 'local' | 'net';
  /** Median of a purchase in yuan and the spread of its logarithm. */
  readonly median: number;
  readonly sigma: number;
  readonly prices: Prices;
  /** How many of all purchases at home are of this kind, beside the others. */
  readonly weight: number;
  readonly hours: HourProfile;
  /** Share of purchases for which money comes back later. */
  readonly refunds: number;
  /** Only for people with this habit; everybody when unset. */
  readonly habit?: Habit;
  /** Also found by travellers, with this weight. */
  readonly onJourney?: number;
  /** Parts of made-up names. */
  readonly names: readonly string[];
}

/** What some people do and others never. */
export type Habit = 'car' | 'games' | 'netAbroad' | 'stored' | 'cash';

const local = (category: Omit<Category, 'place' | 'refunds'> & { refunds?: number }): Category => ({
  place: 'local',
  refunds: 0.004,
  ...category,
});
const online = (category: Omit<Category, 'place' | 'refunds' | 'hours'> & Partial<Category>): Category => ({
  hours: net,
  refunds: 0.02,
  ...category,
  place: 'net',
});

/** Medians, spreads and weights are made up to look like a town's life; the codes are the standard's. */
// biome-ignore format: one kind a line reads as the table it is
export const categories: readonly Category[] = [
  local({ id: 'supermarket', mcc: '5411', median: 72, sigma: 0.8, prices: 'free', weight: 16, hours: shopping, onJourney: 5, names: ['超市', '生鲜', 'MART'] }),
  local({ id: 'convenience', mcc: '5499', median: 17, sigma: 0.6, prices: 'free', weight: 14, hours: coffee, onJourney: 10, names: ['便利店', 'EXPRESS'] }),
  local({ id: 'restaurant', mcc: '5812', median: 88, sigma: 0.7, prices: 'whole', weight: 10, hours: meals, onJourney: 22, names: ['饭店', '火锅', '面馆', 'BISTRO'] }),
  local({ id: 'fastfood', mcc: '5814', median: 27, sigma: 0.45, prices: 'free', weight: 13, hours: coffee, onJourney: 12, names: ['咖啡', '包子铺', '茶饮', 'COFFEE'] }),
  local({ id: 'transit', mcc: '4111', median: 4, sigma: 0.45, prices: 'whole', weight: 13, hours: commute, onJourney: 14, names: ['地铁', '公交', 'METRO'] }),
  local({ id: 'parking', mcc: '7523', median: 12, sigma: 0.6, prices: 'whole', weight: 4, hours: shopping, habit: 'car', names: ['停车场'] }),
  local({ id: 'fuel', mcc: '5541', median: 290, sigma: 0.3, prices: 'free', weight: 3, hours: commute, habit: 'car', names: ['加油站'] }),
  local({ id: 'pharmacy', mcc: '5912', median: 58, sigma: 0.7, prices: 'free', weight: 2, hours: shopping, onJourney: 2, names: ['药房', 'PHARMACY'] }),
  local({ id: 'cinema', mcc: '7832', median: 62, sigma: 0.5, prices: 'whole', weight: 1.2, hours: evening, names: ['影城'] }),
  local({ id: 'hair', mcc: '7230', median: 78, sigma: 0.7, prices: 'whole', weight: 1, hours: shopping, names: ['美发', 'SALON'] }),
  local({ id: 'clothing', mcc: '5651', median: 270, sigma: 0.7, prices: 'whole', weight: 2.2, hours: shopping, refunds: 0.05, onJourney: 8, names: ['服饰', 'FASHION'] }),
  local({ id: 'hospital', mcc: '8062', median: 210, sigma: 1, prices: 'free', weight: 1, hours: [{ hour: 9.8, spread: 1.6, weight: 1 }], names: ['医院'] }),
  local({ id: 'electronics', mcc: '5732', median: 620, sigma: 1, prices: 'whole', weight: 0.35, hours: shopping, refunds: 0.03, onJourney: 2, names: ['数码', '电器', 'ELECTRONICS'] }),
  local({ id: 'jewellery', mcc: '5944', median: 1900, sigma: 0.9, prices: 'whole', weight: 0.05, hours: shopping, onJourney: 1, names: ['珠宝', '金店', 'JEWELLERY'] }),
  local({ id: 'furniture', mcc: '5712', median: 900, sigma: 0.9, prices: 'whole', weight: 0.15, hours: shopping, names: ['家居'] }),
  local({ id: 'tobacco', mcc: '5993', median: 65, sigma: 0.7, prices: 'whole', weight: 1, hours: evening, names: ['烟酒'] }),
  local({ id: 'school', mcc: '8299', median: 1600, sigma: 0.7, prices: 'whole', weight: 0.2, hours: shopping, names: ['培训中心'] }),
  local({ id: 'cash', mcc: '6011', median: 800, sigma: 0.6, prices: 'hundreds', weight: 1.5, hours: shopping, refunds: 0, habit: 'cash', onJourney: 3, names: ['ATM'] }),
  local({ id: 'hotel', mcc: '7011', median: 480, sigma: 0.5, prices: 'whole', weight: 0.15, hours: evening, onJourney: 6, names: ['酒店', 'HOTEL'] }),
  local({ id: 'dutyfree', mcc: '5309', median: 520, sigma: 1, prices: 'whole', weight: 0, hours: shopping, onJourney: 3, names: ['DUTY FREE'] }),
  local({ id: 'sights', mcc: '7991', median: 120, sigma: 0.6, prices: 'whole', weight: 0.2, hours: shopping, onJourney: 6, names: ['景区', 'MUSEUM'] }),
  online({ id: 'market', mcc: '5311', median: 86, sigma: 1, prices: 'free', weight: 11, refunds: 0.06, names: ['商城', '优选', '严选'] }),
  online({ id: 'delivery', mcc: '5811', median: 36, sigma: 0.45, prices: 'free', weight: 12, hours: meals, names: ['外卖', '到家'] }),
  online({ id: 'taxi', mcc: '4121', median: 26, sigma: 0.6, prices: 'free', weight: 8, hours: [...commute, ...evening], names: ['出行', '快车'] }),
  online({ id: 'games', mcc: '5816', median: 30, sigma: 0.8, prices: [1, 6, 6, 12, 30, 30, 68, 128, 328, 648], weight: 7, refunds: 0.003, habit: 'games', names: ['游戏', '点券'] }),
  online({ id: 'digital', mcc: '5815', median: 15, sigma: 0.5, prices: [1, 6, 8, 12, 15, 18, 25, 30], weight: 1.2, names: ['视频', '音乐', '阅读'] }),
  online({ id: 'topup', mcc: '4814', median: 60, sigma: 0.4, prices: [10, 30, 50, 50, 100, 100, 200], weight: 1, names: ['话费充值'] }),
  online({ id: 'rail', mcc: '4112', median: 170, sigma: 0.7, prices: 'free', weight: 1, refunds: 0.08, names: ['铁路订票'] }),
  online({ id: 'travel', mcc: '4722', median: 620, sigma: 0.8, prices: 'whole', weight: 0.4, refunds: 0.07, names: ['旅行网'] }),
  online({ id: 'airline', mcc: '4511', median: 860, sigma: 0.6, prices: 'whole', weight: 0.25, refunds: 0.06, names: ['航空'] }),
  online({ id: 'netelectronics', mcc: '5732', median: 540, sigma: 1, prices: 'whole', weight: 0.7, refunds: 0.05, names: ['数码专营店', '官方旗舰店'] }),
  online({ id: 'stored', mcc: '6540', median: 150, sigma: 0.7, prices: [50, 100, 100, 200, 300, 500, 1000], weight: 3, refunds: 0.002, habit: 'stored', names: ['钱包充值', '预付卡'] }),
  online({ id: 'dating', mcc: '7273', median: 98, sigma: 0.6, prices: 'whole', weight: 0.06, names: ['婚恋网'] }),
  online({ id: 'netabroad', mcc: '5999', median: 210, sigma: 0.9, prices: 'free', weight: 2.5, refunds: 0.05, habit: 'netAbroad', names: ['STORE', 'GOODS', 'OUTFITTERS', 'BOOKS'] }),
  online({ id: 'luxury', mcc: '5944', median: 1500, sigma: 0.9, prices: 'whole', weight: 0.02, habit: 'netAbroad', names: ['WATCHES ONLINE', 'JEWELS'] }),
];

const byId = new Map(categories.map((category) => [category.id, category]));

/** Throws for an unknown id: ids are written in this folder only. */
export function categoryOf(id: string): Category {
  const category = byId.get(id);
  if (!category) throw new Error(`no category ${id}`);
  return category;
}
