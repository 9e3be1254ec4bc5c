/** What the signed-in teacher does with their own account. */
import type { FastifyInstance } from 'fastify';
import { Nothing } from '../../protocol.js';
import { ChangeKeyRequest, ChangePinRequest, ClaimRequest, CloseAccountRequest, LanguageRequest, TestCodeAnswer, UnlockRequest } from '../../protocol/account.js';
import { forTeacher } from './doors.js';
import { granted, takeCode, withPin, withPins, type Parts } from './parts.js';

export function accountRoutes(app: FastifyInstance, parts: Parts): void {
  const { house, desk } = parts;
  const { accounts, recordings } = house;
  const teacher = forTeacher(app, parts);

  teacher.get('/api/me', (owner) => house.greet(owner));
  teacher.get('/api/account', (owner) => accounts.view(owner));
  // The same for every teacher, so nobody's name goes along.
  teacher.get('/api/claims', async () => ({ claims: await recordings.claims() }));

  teacher.post('/api/test-code', Nothing, async (owner) => ({ sealed: (await accounts.makeTestCode(owner)).toString('base64') }));
  teacher.post('/api/test-code-answer', TestCodeAnswer, (owner, body) => granted(accounts.answerTestCode(owner, takeCode(body))));
  teacher.post('/api/change-pin', ChangePinRequest, (owner, body) => granted(withPins(body, (pin, newPin) => accounts.changePin(owner, pin, newPin))));
  teacher.post('/api/change-key', ChangeKeyRequest, (owner, body) => granted(accounts.changeKey(owner, takeCode(body), body.key)));
  teacher.post('/api/unlock', UnlockRequest, (owner, body) => granted(accounts.unlock(owner, body.account, takeCode(body))));
  teacher.post('/api/claim', ClaimRequest, (owner, { session, secret }) => granted(recordings.claim(owner, session, secret)));
  teacher.post('/api/language', LanguageRequest, (owner, { language }) => granted(accounts.setLanguage(owner, language)));
  teacher.post('/api/news-read', Nothing, (owner) => granted(accounts.newsRead(owner)));

  teacher.post('/api/close-account', CloseAccountRequest, async (owner, body) => {
    const done = await granted(withPin(body, (pin) => accounts.close(owner, pin)));
    desk.close();
    return done;
  });
}
