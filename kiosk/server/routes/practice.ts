/** The school's code of practice, training, purposes and requests: what anyone may read or leave, what each teacher does, and what the lead does. */
import type { FastifyInstance } from 'fastify';
import {
  AcceptCodeRequest, AdoptCodeRequest, AgreeRequest, AnswerObjectionRequest, DecideRequest, LeaveRequest, ObjectRequest, OfferedCodeRequest, PolicyRequest, ProposeRequest, PurposeRequest, RequestDone,
  RetireRequest, TrainingAnswers,
} from '../../protocol/practice.js';
import { forAnyone, forTeacher } from './doors.js';
import { given, granted, type Parts } from './parts.js';

export function practiceRoutes(app: FastifyInstance, parts: Parts): void {
  const { practice } = parts.house;
  const anyone = forAnyone(app);
  const teacher = forTeacher(app, parts);

  anyone.get('/api/code', () => practice.code());
  anyone.get('/api/visitor', () => practice.visitor());
  anyone.post('/api/leave-request', LeaveRequest, (_anyone, request) => granted(practice.leaveRequest(request)));

  teacher.get('/api/code-changes', (owner) => practice.codeChanges(owner));
  teacher.post('/api/accept-code', AcceptCodeRequest, (owner, read) => granted(practice.acceptCode(owner, read)));
  teacher.get('/api/training', () => practice.training());
  teacher.post('/api/training-answers', TrainingAnswers, (owner, { answers }) => practice.answerTraining(owner, answers));

  teacher.get('/api/purposes', (owner) => practice.purposes(owner));
  teacher.post('/api/opt-in', PurposeRequest, (owner, { purpose }) => granted(practice.optIn(owner, purpose)));
  teacher.post('/api/opt-out', PurposeRequest, (owner, { purpose }) => granted(practice.optOut(owner, purpose)));
  teacher.post('/api/propose', ProposeRequest, (owner, wish) => granted(practice.propose(owner, wish)));
  teacher.post('/api/agree', AgreeRequest, (owner, { proposal }) => granted(practice.agree(owner, proposal)));
  teacher.post('/api/object', ObjectRequest, (owner, { proposal, text }) => granted(practice.object(owner, proposal, text)));

  teacher.get('/api/requests', async (owner) => ({ requests: await practice.requests(owner) }));
  teacher.post('/api/request-done', RequestDone, (owner, { request }) => granted(practice.requestDone(owner, request)));

  // Of the lead. Who that is, the practice knows: it refuses everybody else with NOT_LEAD.
  teacher.post('/api/answer-objection', AnswerObjectionRequest, (owner, { proposal, objection, text }) => granted(practice.answerObjection(owner, proposal, objection, text)));
  teacher.post('/api/decide', DecideRequest, (owner, { proposal, agreed, reasons }) => granted(practice.decide(owner, proposal, agreed, reasons)));
  teacher.post('/api/retire', RetireRequest, (owner, { purpose, reasons }) => granted(practice.retire(owner, purpose, reasons)));
  teacher.post('/api/offered-code', OfferedCodeRequest, (owner, { from }) => given(practice.offeredCode(owner, from)));
  teacher.post('/api/adopt-code', AdoptCodeRequest, (owner, { from, digest }) => granted(practice.adoptCode(owner, from, digest)));
  teacher.post('/api/policy', PolicyRequest, (owner, policy) => granted(practice.setPolicy(owner, policy)));
}
