import { customerPapers } from './customer-paper-states.ts';
import { customerTickets } from './customer-ticket-states.ts';
import {
  ago,
  ahead,
  asOf,
  bankCalling,
  card,
  contact,
  devices,
  frozenCard,
  live,
  notices,
  preferences,
  question,
  transactions,
  verification,
} from './made-up.ts';
import type { Answers, State } from './scene.ts';

const failing = { problem: 'internal' } as const;
const provider = { issuer: 'https://sign-in.example', clientId: 'page', scope: 'openid' };

const home = (name: string, shown: object, shows: RegExp): State => ({
  name: `home-${name}`,
  answers: { 'GET /live': live({ cards: [frozenCard], alerts: [], ...shown }) },
  shows,
});

const homes: readonly State[] = [
  home('active', { cards: [card(), card({ cardToken: 'card-2', lastFour: '8810' })] }, /Freeze now|立即冻结/),
  home('question', { alerts: [question()] }, /Was|是您本人/),
  home(
    'asked-without-hold',
    { cards: [card()], alerts: [question({ held: false, verificationNeeded: false, transactionCount: 2 })] },
    /Was|是您本人/,
  ),
  home(
    'claimed',
    { alerts: [question({ status: 'claimed_genuine', maySay: ['not_mine'], expiresAt: undefined })] },
    /two ways|两种方式/,
  ),
  home('expired', { alerts: [question({ status: 'expired', maySay: ['not_mine'] })] }, /a person|人工/),
  home(
    'fraud',
    {
      cards: [
        { ...frozenCard, holds: ['fraud', 'lost'] },
        card({
          cardToken: 'card-2',
          lastFour: '8810',
          state: 'freezing',
          holds: ['customer'],
          role: 'account_owner',
        }),
        card({ cardToken: 'card-3', lastFour: '1111', state: 'closed' }),
      ],
      alerts: [question({ status: 'settled_fraud', settledAt: ago(2), maySay: ['not_mine'] })],
    },
    /8810/,
  ),
  home('empty', { cards: [] }, /no card|还没有卡片/),
  { name: 'home-loading', answers: { 'GET /live': 'pending' }, shows: /Loading|正在读取/ },
  { name: 'home-error', answers: { 'GET /live': failing }, shows: /Try again|重试/ },
  { name: 'home-offline', answers: { 'GET /live': 'offline' }, shows: /no connection|连不上/ },
  {
    ...home('calling', { bank: bankCalling, cards: [card()] }, /Lin Yue/),
  },
  {
    ...home('freeze-refused', { cards: [card()] }, /Wait|频繁|稍/),
    answers: {
      'GET /live': live({ cards: [card()], alerts: [] }),
      'POST /cards/card-1/freeze': { problem: 'too-many-requests' },
    },
    steps: (page) => page.getByRole('button', { name: /Freeze now|立即冻结/ }).click(),
  },
  {
    ...home('lost-dialog', { cards: [card()] }, /only our staff|只能由我行人员/),
    steps: (page) => page.getByRole('button', { name: /^Report lost|^挂失/ }).click(),
  },
  {
    name: 'home-went-offline',
    answers: { 'GET /live': live({ cards: [frozenCard], alerts: [question()] }) },
    shows: /Not connected|连接中断/,
    steps: async (page) => {
      await page.getByText('4417').first().waitFor();
      await page.context().setOffline(true);
    },
  },
];

const reportOf = (name: string, listed: Answers[string], shows: RegExp, steps?: State['steps']): State => ({
  name: `report-${name}`,
  hash: '#/report/card-1',
  answers: { 'GET /live': live(), 'GET /cards/card-1/transactions': listed },
  shows,
  steps,
});
const reports: readonly State[] = [
  reportOf('list', { asOf, transactions, next: 'more' }, /WAGAS|GOLDEN/),
  reportOf('chosen', { asOf, transactions }, /\b2 |已选 2/, (page) =>
    page.getByText('WAGAS').first().click(),
  ),
  reportOf('empty', { asOf, transactions: [] }, /No transactions|没有交易/),
  reportOf('loading', 'pending', /Loading|正在读取/),
  reportOf('error', failing, /Try again|重试/),
];

const verifyOf = (name: string, over: object, shows: RegExp, steps?: State['steps']): State => {
  const given = verification(over);
  return {
    name: `verify-${name}`,
    hash: '#/verify/card-1/alert-0001',
    answers: {
      'GET /live': live(),
      'POST /verifications': given,
      'GET /verifications/verification-1': given,
      'POST /verifications/verification-1/code': given,
      'POST /verifications/verification-1/code/check': { problem: 'not-accepted' },
    },
    shows,
    steps,
  };
};
const requirement = verification().requirement;
const verifies: readonly State[] = [
  verifyOf('open', {}, /0 of 2|0 \/ 2/),
  verifyOf(
    'one-done',
    { factors: [{ kind: 'sim', at: ago(1) }], offers: ['totp', 'staff'] },
    /1 of 2|1 \/ 2/,
  ),
  verifyOf('code-wrong', {}, /not accepted|不正确|没有通过|未被接受/, async (page) => {
    await page.getByRole('button', { name: /Send a code|发送验证码/ }).click();
    await page.getByLabel(/8-digit code|8 位验证码/).fill('12345678');
    await page
      .getByRole('button', { name: /Submit|提交/ })
      .first()
      .click();
  }),
  verifyOf(
    'waits',
    {
      waitsUntil: ahead(180),
      expiresAt: ahead(240),
      factors: [
        { kind: 'totp', at: ago(1) },
        { kind: 'device', at: ago(1) },
      ],
      offers: ['staff'],
      requirement: { ...requirement, mustInclude: ['staff'], reasons: ['high_amount', 'number_changed'] },
    },
    /high|金额较大/,
  ),
  verifyOf('nothing-to-use', { offers: ['staff'] }, /second way|第二种方式/),
  verifyOf('passed', { status: 'passed' }, /Verified|验证通过/),
  verifyOf('locked', { status: 'locked', endReason: 'tries_spent' }, /used up|用完/),
  {
    ...verifyOf('refused', {}, /said this was not you|不是您|您已说明/),
    answers: { 'GET /live': live(), 'POST /verifications': { problem: 'concluded-as-fraud' } },
  },
];

/** What else a proof gives: the ticket as a file, another card. */
const provenOf = (
  name: string,
  of: { readonly action: string; readonly hash: string; readonly answers?: Answers },
  shows: RegExp,
  press?: RegExp,
): State => {
  const given = verification({ action: of.action, status: 'passed' });
  return {
    ...{ name: `proven-${name}`, hash: of.hash, shows },
    answers: {
      ...{ 'GET /live': live(), 'POST /verifications': given, 'GET /verifications/verification-1': given },
      ...of.answers,
    },
    steps:
      press === undefined ? undefined : (page) => page.getByRole('button', { name: press }).first().click(),
  };
};
const exporting = { action: 'export_ticket', hash: '#/export/card-1/FR-JCXHFS5N' };
const replacing = { action: 'close_replace', hash: '#/replace/card-1' };
const exportAsked = { exportId: 'export-1', until: ahead(240) };
const proven: readonly State[] = [
  provenOf('export', exporting, /Download the file|下载文件/),
  provenOf(
    'exported',
    {
      ...exporting,
      answers: {
        'POST /tickets/FR-JCXHFS5N/export': exportAsked,
        'GET /exports/export-1': { fileName: 'FR-JCXHFS5N.json', file: '{}' },
      },
    },
    /Downloaded|已下载/,
    /Download the file|下载文件/,
  ),
  provenOf('replace', replacing, /Ask to close|申请销卡/),
  provenOf(
    'replace-nothing',
    { ...replacing, answers: { 'POST /cards/card-1/replace': { problem: 'nothing-to-replace' } } },
    /nothing|没有/i,
    /Ask to close|申请销卡/,
  ),
];

const us: readonly State[] = [
  { name: 'us-nobody', hash: '#/us', answers: { 'GET /live': live() }, shows: /Hang up|挂断/ },
  {
    name: 'us-calling',
    hash: '#/us',
    answers: { 'GET /live': live({ bank: bankCalling }) },
    shows: /Lin Yue/,
  },
  {
    name: 'us-code-wrong',
    hash: '#/us',
    answers: {
      'GET /live': live(),
      'POST /bank-check/code': { asOf, genuine: false, words: live().bank.words },
      'POST /fake-calls': { problem: 'too-many-requests' },
    },
    shows: /Hang up|挂断/,
    steps: async (page) => {
      await page.getByLabel(/Check code|核对码/).fill('AB12CD');
      await page.getByRole('button', { name: /^Check$|^核对$/ }).click();
      await page.getByRole('button', { name: /^Report$|^报告$/ }).click();
    },
  },
  { name: 'us-offline', hash: '#/us', answers: { 'GET /live': 'offline' }, shows: /no connection|连不上/ },
];

const logOf = (name: string, given: Answers[string], shows: RegExp): State => ({
  name: `log-${name}`,
  hash: '#/log',
  answers: { 'GET /live': live(), 'GET /notices': given },
  shows,
});
const logs: readonly State[] = [
  logOf('list', { asOf, notices, next: 'more' }, /FR-JCXHFS5N/),
  logOf('empty', { asOf, notices: [] }, /not contacted|还没有/),
  logOf('loading', 'pending', /Loading|正在读取/),
  logOf('error', failing, /Try again|重试/),
];

const meOf = (name: string, over: Answers, shows: RegExp, steps?: State['steps']): State => ({
  name: `me-${name}`,
  hash: '#/me',
  answers: {
    'GET /live': live({ cards: [card()] }),
    'GET /contact': contact,
    'GET /preferences': preferences,
    'GET /devices': { asOf, devices },
    'POST /verifications': verification({ status: 'passed', action: 'enrol_totp' }),
    'GET /verifications/verification-1': verification({ status: 'passed', action: 'enrol_totp' }),
    'POST /totp/options': {
      uri: 'otpauth://totp/Example%20Bank:zhang?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example%20Bank&digits=8',
    },
    ...over,
  },
  shows,
  steps,
});
const mes: readonly State[] = [
  meOf('full', {}, /iPhone/),
  meOf(
    'bare',
    {
      'GET /contact': { ...contact, phone: null, hasPhone: false, email: null },
      'GET /preferences': { texts: false, calls: false, quiet: null },
      'GET /devices': { asOf, devices: [] },
    },
    /No device|还没有登记设备/,
  ),
  meOf(
    'loading',
    { 'GET /contact': 'pending', 'GET /preferences': 'pending', 'GET /devices': 'pending' },
    /Loading|正在读取/,
  ),
  meOf(
    'error',
    { 'GET /contact': failing, 'GET /preferences': failing, 'GET /devices': failing },
    /Try again|重试/,
  ),
  meOf('remove-device', {}, /no longer proves|移除后/, (page) =>
    page
      .getByRole('button', { name: /^(Remove|移除).*iPhone/ })
      .first()
      .click(),
  ),
  meOf('totp', {}, /GEZDGNBV/, async (page) => {
    const setUp = page.getByRole('button', { name: /Set up an authenticator|设置验证器/ });
    await setUp.click();
    await setUp.click();
  }),
  meOf(
    'change-contact',
    {
      'POST /verifications': verification({ action: 'change_contact' }),
      'GET /verifications/verification-1': verification({ action: 'change_contact' }),
    },
    /0 of 2|0 \/ 2/,
    (page) => page.getByRole('button', { name: /^Change$|^更改$/ }).click(),
  ),
];

const signedOut: readonly State[] = [
  {
    name: 'sign-in',
    signedOut: true,
    config: { customers: provider },
    answers: {},
    shows: /Sign in as|客户登录/,
  },
  {
    name: 'sign-in-local',
    signedOut: true,
    config: { local: true },
    answers: {
      '/local/people': {
        customers: [
          { subject: 'zhang-wei', name: '张伟', note: '4417, +8613800010001' },
          { subject: 'emma', name: 'Emma Wilson', note: '3306, 7741, +12125550187' },
        ],
        agents: [],
      },
    },
    shows: /Emma/,
  },
  {
    name: 'sign-in-offline',
    signedOut: true,
    config: { local: true },
    answers: { '/local/people': 'offline' },
    shows: /Not connected|连接中断|连不上|no connection/,
  },
];

/** Everything the customer's page can look like. */
export const customerStates: readonly State[] = [
  ...homes,
  ...reports,
  ...verifies,
  ...proven,
  ...customerTickets,
  ...customerPapers,
  ...us,
  ...logs,
  ...mes,
  ...signedOut,
];
