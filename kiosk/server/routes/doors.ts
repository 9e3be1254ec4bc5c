/** Routes by who may use them. Each door lets one role in, and hands on who came; path, body and answer are tied together by the protocol. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { SignedIn, StewardIn } from '../house.js';
import type { Calls, Views } from '../../protocol.js';
import { asker, bearerOf, stewardOf, type Parts, type Path } from './parts.js';

/** A schema that takes what the protocol gives this path. */
type SchemaOf<P extends Path, S extends TSchema> = S & (Calls[P]['body'] extends Static<S> ? unknown : never);
type Answer<T> = T | Promise<T>;

export interface Door<Who> {
  post<P extends Path, S extends TSchema>(path: P, schema: SchemaOf<P, S>, use: (who: Who, body: Static<S>) => Answer<Calls[P]['reply']>, bodyLimit?: number): void;
  get<V extends keyof Views>(path: V, use: (who: Who) => Answer<Views[V]>): void;
}

function door<Who>(app: FastifyInstance, whoIs: (request: FastifyRequest) => Who): Door<Who> {
  return {
    post: (path, schema, use, bodyLimit) => {
      const options = { schema: { body: schema }, ...(bodyLimit === undefined ? {} : { bodyLimit }) };
      // Checked by that schema before it comes here.
      app.post(path, options, async (request) => use(whoIs(request), request.body as Static<typeof schema>));
    },
    get: (path, use) => void app.get(path, async (request) => use(whoIs(request))),
  };
}

/** For the signed-in teacher. Refuses with NOT_SIGNED_IN, NOT_TEACHER. */
export const forTeacher = (app: FastifyInstance, { desk }: Parts): Door<SignedIn> => door(app, (request) => asker(desk, request));

/** For what the page of the signed-in teacher looks at again and again by itself: it keeps nobody signed in (P5.2). Refuses as `forTeacher`. */
export const forTeachersPage = (app: FastifyInstance, { desk }: Parts): Pick<Door<SignedIn>, 'get'> => door(app, (request) => asker(desk, request, 'peek'));

/** For the signed-in steward. Refuses with NOT_SIGNED_IN, NOT_STEWARD. */
export const forSteward = (app: FastifyInstance, { desk }: Parts): Door<StewardIn> => door(app, (request) => stewardOf(desk, request));

/** For anyone in the room. */
export const forAnyone = (app: FastifyInstance): Door<undefined> => door(app, () => undefined);

/** For the signed-in teacher, and for whoever enrols: hands on a function that throws once that is over. */
export const forKeyHolder = (app: FastifyInstance, { desk, enrolment }: Parts): Door<() => void> => door(app, (request) => {
  const stillThere = (): void => { if (!enrolment.holds(bearerOf(request))) asker(desk, request); };
  stillThere();
  return stillThere;
});
