import type * as cases from '../../../functions/api/customer-case-routes.ts';
import type * as reach from '../../../functions/api/customer-reach-routes.ts';
import type * as customer from '../../../functions/api/customer-routes.ts';
import type * as evidence from '../../../functions/api/evidence-routes.ts';
import type * as factors from '../../../functions/api/factor-routes.ts';
import type * as live from '../../../functions/api/live-routes.ts';
import type * as proven from '../../../functions/api/proven-routes.ts';
import type * as proofs from '../../../functions/api/verification-routes.ts';
import { get, post } from '../shared/route.ts';

/** Every route of a customer that the page calls. */
export const routes = {
  readLive: get<typeof live.readLive>('/live'),
  listTransactions: get<typeof customer.listTransactions>('/cards/{cardToken}/transactions'),
  freezeCard: post<typeof customer.freezeCard>('/cards/{cardToken}/freeze'),
  reportLost: post<typeof customer.reportLost>('/cards/{cardToken}/lost'),
  askForPerson: post<typeof cases.askForPerson>('/tickets/{number}/person'),
  writeMessage: post<typeof cases.writeMessage>('/tickets/{number}/messages'),
  listEvidence: get<typeof evidence.listEvidence>('/tickets/{number}/evidence'),
  askUpload: post<typeof evidence.askUpload>('/tickets/{number}/evidence'),
  fetchEvidence: get<typeof evidence.fetchEvidence>('/tickets/{number}/evidence/{evidenceId}'),
  answerAlert: post<typeof cases.answerAlert>('/alerts/{alertId}/answer'),
  reportTransactions: post<typeof cases.reportTransactions>('/reports'),
  readContact: get<typeof reach.readContact>('/contact'),
  readPreferences: get<typeof reach.readPreferences>('/preferences'),
  setPreferences: post<typeof reach.setPreferences>('/preferences'),
  listNotices: get<typeof reach.listNotices>('/notices'),
  checkBankCode: post<typeof reach.checkCode>('/bank-check/code'),
  reportFakeCall: post<typeof reach.reportFakeCall>('/fake-calls'),
  openVerification: post<typeof proofs.openVerification>('/verifications'),
  readVerification: get<typeof proofs.readVerification>('/verifications/{verificationId}'),
  sendCode: post<typeof proofs.sendCode>('/verifications/{verificationId}/code'),
  checkCode: post<typeof proofs.checkCode>('/verifications/{verificationId}/code/check'),
  checkTotp: post<typeof proofs.checkTotp>('/verifications/{verificationId}/totp'),
  exportTicket: post<typeof proven.exportTicket>('/tickets/{number}/export'),
  fetchExport: get<typeof proven.fetchExport>('/exports/{exportId}'),
  replaceCard: post<typeof proven.replaceCard>('/cards/{cardToken}/replace'),
  unfreezeCard: post<typeof proofs.unfreezeCard>('/cards/{cardToken}/unfreeze'),
  askDevice: post<typeof factors.askDevice>('/verifications/{verificationId}/device/options'),
  proveDevice: post<typeof factors.proveDevice>('/verifications/{verificationId}/device'),
  listDevices: get<typeof factors.listDevices>('/devices'),
  askEnrolment: post<typeof factors.askEnrolment>('/devices/options'),
  enrolDevice: post<typeof factors.enrolDevice>('/devices'),
  removeDevice: post<typeof factors.removeDevice>('/devices/{deviceId}/remove'),
  offerTotp: post<typeof factors.offerTotp>('/totp/options'),
  confirmTotp: post<typeof factors.confirmTotp>('/totp'),
  requestContactChange: post<typeof factors.requestContactChange>('/contact/change'),
};
