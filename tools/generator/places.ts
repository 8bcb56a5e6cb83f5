/** A town where people live, or one they travel to. */
export interface City {
  readonly name: string;
  /** As a merchant there writes it. */
  readonly shown: string;
  readonly country: string;
  /** IANA. */
  readonly zone: string;
  readonly currency: string;
  /** How many live there, or travel there, beside the others of its list. */
  readonly weight: number;
}

/** The issuer's own zone, country and currency: the bank of the generated life is the one the shipped rules are for. */
export const HOME_ZONE = 'Asia/Shanghai';
export const HOME_COUNTRY = 'CN';
export const HOME_CURRENCY = 'CNY';

const inChina = (name: string, shown: string, weight: number): City => ({
  name,
  shown,
  country: HOME_COUNTRY,
  zone: HOME_ZONE,
  currency: HOME_CURRENCY,
  weight,
});

/** Weights: residents in millions, roughly, of the 2020 census (National Bureau of Statistics of China). */
export const homeCities: readonly City[] = [
  inChina('shanghai', '上海', 25),
  inChina('beijing', '北京', 22),
  inChina('guangzhou', '广州', 19),
  inChina('shenzhen', '深圳', 18),
  inChina('chengdu', '成都', 21),
  inChina('hangzhou', '杭州', 12),
  inChina('wuhan', '武汉', 12),
  inChina('xian', '西安', 13),
  inChina('nanjing', '南京', 9),
  inChina('qingdao', '青岛', 10),
  inChina('changsha', '长沙', 10),
  inChina('kunming', '昆明', 8),
];

const abroad = (
  name: string,
  shown: string,
  country: string,
  zone: string,
  currency: string,
  weight: number,
): City => ({ name, shown, country, zone, currency, weight });

/** Where journeys abroad go. The order follows what travel statistics name most often; the weights are made up. */
export const destinations: readonly City[] = [
  abroad('hongkong', 'Hong Kong', 'HK', 'Asia/Hong_Kong', 'HKD', 24),
  abroad('macau', 'Macau', 'MO', 'Asia/Macau', 'MOP', 14),
  abroad('bangkok', 'Bangkok', 'TH', 'Asia/Bangkok', 'THB', 13),
  abroad('tokyo', 'Tokyo', 'JP', 'Asia/Tokyo', 'JPY', 10),
  abroad('osaka', 'Osaka', 'JP', 'Asia/Tokyo', 'JPY', 6),
  abroad('seoul', 'Seoul', 'KR', 'Asia/Seoul', 'KRW', 8),
  abroad('singapore', 'Singapore', 'SG', 'Asia/Singapore', 'SGD', 7),
  abroad('kualalumpur', 'Kuala Lumpur', 'MY', 'Asia/Kuala_Lumpur', 'MYR', 5),
  abroad('newyork', 'New York', 'US', 'America/New_York', 'USD', 3),
  abroad('losangeles', 'Los Angeles', 'US', 'America/Los_Angeles', 'USD', 3),
  abroad('paris', 'Paris', 'FR', 'Europe/Paris', 'EUR', 3),
  abroad('london', 'London', 'GB', 'Europe/London', 'GBP', 3),
  abroad('sydney', 'Sydney', 'AU', 'Australia/Sydney', 'AUD', 2),
  abroad('dubai', 'Dubai', 'AE', 'Asia/Dubai', 'AED', 1),
];

/** Where copied strips are used: terminals that still read them. Made up. */
export const cloneCities: readonly City[] = [
  abroad('jakarta', 'Jakarta', 'ID', 'Asia/Jakarta', 'IDR', 3),
  abroad('saopaulo', 'Sao Paulo', 'BR', 'America/Sao_Paulo', 'BRL', 2),
  abroad('mexicocity', 'Mexico City', 'MX', 'America/Mexico_City', 'MXN', 2),
  abroad('bangkok', 'Bangkok', 'TH', 'Asia/Bangkok', 'THB', 3),
  abroad('losangeles', 'Los Angeles', 'US', 'America/Los_Angeles', 'USD', 3),
];

/** Seats of shops on the net that sell across borders. Made up. */
export const netCountries: readonly City[] = [
  abroad('net-us', '', 'US', 'America/New_York', 'USD', 10),
  abroad('net-gb', '', 'GB', 'Europe/London', 'GBP', 2),
  abroad('net-de', '', 'DE', 'Europe/Berlin', 'EUR', 2),
  abroad('net-jp', '', 'JP', 'Asia/Tokyo', 'JPY', 3),
  abroad('net-hk', '', 'HK', 'Asia/Hong_Kong', 'HKD', 4),
  abroad('net-ie', '', 'IE', 'Europe/Dublin', 'EUR', 2),
];
