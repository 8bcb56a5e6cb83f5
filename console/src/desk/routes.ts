import type * as agents from '../../../functions/api/agent-routes.ts';
import type * as behalf from '../../../functions/api/behalf-routes.ts';
import type * as board from '../../../functions/api/board-routes.ts';
import type * as bulk from '../../../functions/api/bulk-routes.ts';
import type * as decisions from '../../../functions/api/decision-routes.ts';
import type * as desk from '../../../functions/api/desk-routes.ts';
import type * as disputes from '../../../functions/api/dispute-routes.ts';
import type * as evidence from '../../../functions/api/evidence-routes.ts';
import type * as kpis from '../../../functions/api/kpi-routes.ts';
import type * as entries from '../../../functions/api/rule-entry-routes.ts';
import type * as rules from '../../../functions/api/rules-routes.ts';
import type * as staff from '../../../functions/api/staff-routes.ts';
import { get, post } from '../shared/route.ts';

/** Every route of staff that the desk calls. */
export const routes = {
  readMe: get<typeof desk.readMe>('/agent/me'),
  readQueue: get<typeof agents.readQueue>('/agent/queue'),
  nextTicket: post<typeof desk.nextTicket>('/agent/queue/next'),
  myTickets: get<typeof desk.myTickets>('/agent/mine'),
  readKpis: get<typeof kpis.readKpis>('/agent/kpis'),
  readBoard: get<typeof board.readBoard>('/agent/board'),
  readColleagues: get<typeof board.readColleagues>('/agent/colleagues'),
  readTicket: get<typeof agents.readTicketAsAgent>('/agent/tickets/{number}'),
  readDecisions: get<typeof decisions.readDecisions>('/agent/tickets/{number}/decisions'),
  claimTicket: post<typeof agents.claimTicket>('/agent/tickets/{number}/claim'),
  heartbeat: post<typeof desk.heartbeat>('/agent/tickets/{number}/heartbeat'),
  takeOver: post<typeof desk.takeOver>('/agent/tickets/{number}/take-over'),
  handBack: post<typeof desk.handBack>('/agent/tickets/{number}/hand-back'),
  writeToCustomer: post<typeof desk.writeToCustomer>('/agent/tickets/{number}/messages'),
  addNote: post<typeof desk.addNote>('/agent/tickets/{number}/notes'),
  waitFor: post<typeof desk.waitFor>('/agent/tickets/{number}/wait'),
  resumeWork: post<typeof desk.resumeWork>('/agent/tickets/{number}/resume'),
  concludeTicket: post<typeof desk.concludeTicket>('/agent/tickets/{number}/conclude'),
  resolveTicket: post<typeof desk.resolveTicket>('/agent/tickets/{number}/resolve'),
  moveDispute: post<typeof disputes.moveDispute>('/agent/tickets/{number}/disputes'),
  mergeTicket: post<typeof disputes.mergeTicket>('/agent/tickets/{number}/merge'),
  reopenTicket: post<typeof desk.reopenTicket>('/agent/tickets/{number}/reopen'),
  triageTicket: post<typeof desk.triageTicket>('/agent/tickets/{number}/triage'),
  announceCall: post<typeof agents.announceCall>('/agent/tickets/{number}/call'),
  callConnected: post<typeof agents.callConnected>('/agent/tickets/{number}/call/connected'),
  endCall: post<typeof agents.endCall>('/agent/tickets/{number}/call/end'),
  listEvidence: get<typeof evidence.listEvidenceAsAgent>('/agent/tickets/{number}/evidence'),
  askUpload: post<typeof evidence.askUploadAsAgent>('/agent/tickets/{number}/evidence'),
  fetchEvidence: get<typeof evidence.fetchEvidenceAsAgent>('/agent/tickets/{number}/evidence/{evidenceId}'),
  search: post<typeof behalf.search>('/agent/search'),
  freezeCard: post<typeof behalf.freezeForCustomer>('/agent/cards/{cardToken}/freeze'),
  reportLost: post<typeof behalf.lostForCustomer>('/agent/cards/{cardToken}/lost'),
  listForCustomer: get<typeof behalf.listForCustomer>('/agent/cards/{cardToken}/transactions'),
  reportForCustomer: post<typeof behalf.reportForCustomer>('/agent/cards/{cardToken}/report'),
  listApprovals: get<typeof staff.listApprovals>('/agent/approvals'),
  declineApproval: post<typeof staff.declineApproval>('/agent/approvals/{kind}/{subjectId}/decline'),
  proposeUndo: post<typeof staff.proposeUndo>('/agent/alerts/{alertId}/undo-not-mine'),
  approveUndo: post<typeof staff.approveUndo>('/agent/alerts/{alertId}/undo-not-mine/approve'),
  proposeVouch: post<typeof staff.proposeVouch>('/agent/verifications/{verificationId}/vouch'),
  approveVouch: post<typeof staff.approveVouch>('/agent/verifications/{verificationId}/vouch/approve'),
  readRules: get<typeof rules.readRules>('/agent/rules'),
  listRuleSets: get<typeof rules.listRuleSets>('/agent/rules/sets'),
  readRuleSet: get<typeof rules.readRuleSet>('/agent/rules/sets/{version}'),
  moveRuleSet: post<typeof rules.moveRuleSet>('/agent/rules/sets/{version}/move'),
  proposeRuleSet: post<typeof rules.proposeRuleSet>('/agent/rules/sets/{version}/propose'),
  approveRuleSet: post<typeof rules.approveRuleSet>('/agent/rules/sets/{version}/approve'),
  rollBackRules: post<typeof rules.rollBackRules>('/agent/rules/roll-back'),
  compareRuleSet: get<typeof rules.compareRuleSet>('/agent/rules/sets/{version}/comparison'),
  readRulesJournal: get<typeof entries.readRulesJournal>('/agent/rules/journal'),
  switchAlertOnly: post<typeof bulk.switchAlertOnly>('/agent/rule-sets/{version}/alert-only'),
  readBulkRelease: get<typeof bulk.readBulkRelease>('/agent/bulk-releases/{version}'),
  proposeBulkRelease: post<typeof bulk.proposeBulkRelease>('/agent/bulk-releases/{version}'),
  approveBulkRelease: post<typeof bulk.approveBulkRelease>('/agent/bulk-releases/{version}/approve'),
};
