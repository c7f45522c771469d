import type { RefusalMeaning } from '../refusals.ts';

/** Of the HTTP API: what is wrong with a request before its subject is looked at. */
export const apiRefusals = {
  'api.key-missing': {
    meaning: 'The request names no API key.',
    http: 401,
    remedy: 'Send `Authorization: Bearer <key>`; `carillon keys create` makes one.',
  },
  'api.key-wrong': {
    meaning: 'The API key is unknown, revoked or out of date.',
    http: 401,
    remedy: 'Look at `carillon keys list`, and create another.',
  },
  'api.permission-missing': {
    meaning: 'The API key, or who is signed in, may not do this.',
    http: 403,
    remedy:
      'Signed in: ask an administrator for a role that may do this. With a key: use one that has the permission; `carillon keys create --permission` makes it.',
  },
  'api.resource-unknown': {
    meaning: 'There is nothing at this address.',
    http: 404,
    remedy: 'The reference at /reference has all addresses; names in an address are percent-encoded.',
  },
  'api.method-wrong': {
    meaning: 'The address exists, but not with this method.',
    http: 405,
    remedy: 'Use one of the methods of the header Allow.',
  },
  'api.address-malformed': {
    meaning: 'The address is too long, or not percent-encoded as it must be.',
    http: 400,
    remedy: 'Encode names in an address as encodeURIComponent does.',
  },
  'api.field-wrong': {
    meaning: 'A field of the body, the query or the address is missing, unknown, or not what it must be.',
    http: 400,
    remedy: 'Correct the fields named; /openapi.json has the schema of each.',
  },
  'api.body-malformed': {
    meaning: 'The body is no JSON in UTF-8, has a name twice in one object, or is nested too deep.',
    http: 400,
    remedy: 'Correct the body at the place named.',
  },
  'api.body-too-large': {
    meaning: 'The body is longer than this operation takes.',
    http: 413,
    remedy: 'Send less at once.',
  },
  'api.body-type': {
    meaning: 'The body is not of a type that this operation reads.',
    http: 415,
    remedy: 'Send one of the types that the message names, and name it in the header Content-Type.',
  },
  'api.too-slow': {
    meaning: 'The request did not come in time.',
    http: 408,
    remedy: 'Send it again, faster.',
  },
  'api.headers-too-large': {
    meaning: 'The headers are longer than 16 KiB.',
    http: 431,
    remedy: 'Send fewer or shorter headers.',
  },
  'api.too-many': {
    meaning: 'The client has too many requests or streams open at once.',
    http: 429,
    remedy: 'Wait for answers before asking more.',
  },
  'api.too-busy': {
    meaning: 'The database had no time for it: too much is asked at once.',
    http: 503,
    remedy: 'Ask again in a moment, and for less at once.',
  },
  'api.read-too-long': {
    meaning: 'The database worked on the question for longer than it may, and it was ended.',
    http: 503,
    remedy: 'Ask for fewer days, one partner or a shorter list; the setting api.readSeconds says how long questions of the house may take.',
  },
  'api.idempotency-key-missing': {
    meaning: 'A request that changes something needs the header Idempotency-Key.',
    http: 400,
    remedy: 'Send a name that is new for each change and the same when it is repeated, of 1 to 128 letters, digits and ._:@+-.',
  },
  'api.idempotency-key-reused': {
    meaning: 'The same key or reference came before with another content.',
    http: 422,
    remedy: 'Choose a new key for something new; repeat exactly what is repeated.',
  },
  'api.idempotency-key-busy': {
    meaning: 'The first request with this key is being worked on.',
    http: 409,
    remedy: 'Repeat it in a moment: then it has its answer.',
  },
  'api.precondition-failed': {
    meaning: 'What If-Match names is not what there is, or what If-None-Match wants absent is there: somebody changed or made it.',
    http: 412,
    remedy: 'Read it again, and decide again.',
  },
  'api.cursor-wrong': {
    meaning: 'The cursor is none that a page of this list gave.',
    http: 400,
    remedy: 'Use `next` of the page before, with the same filters.',
  },
  'api.fault': {
    meaning: 'A fault of ours.',
    http: 500,
    remedy: 'Repeat it with the same Idempotency-Key; the log has the request id. Please report it.',
  },
} as const satisfies Record<string, RefusalMeaning>;

/** Keys and permissions. */
export const accessRefusals = {
  'audit.head-unknown': {
    meaning: 'The audit trail has no entry with this hash: entries were exchanged since it was noted, or it is of another installation.',
    http: 404,
    remedy: 'Compare with what was noted; if it is right, restore the trail from a backup and look for who had access to the database.',
  },
  'access.oneself': {
    meaning: 'Nobody takes the own role or the own access away.',
    http: 409,
    remedy: 'Ask another administrator, or use `carillon users` on the server.',
  },
  'access.key-unknown': {
    meaning: 'No API key has this id.',
    http: 404,
    remedy: '`carillon keys list` shows the ids.',
  },
  'access.permission-unknown': {
    meaning: 'There is no such permission.',
    http: 422,
    remedy: '`carillon keys create --help` lists the permissions.',
  },
  'access.expiry-over': {
    meaning: 'The end of a key’s validity lies in the past, or behind that of the key that makes it.',
    http: 422,
    remedy: 'Name an instant in the future, or leave it out; for a key that a key makes, one before that key’s own end.',
  },
  'access.address-malformed': {
    meaning: 'This is no address of mail.',
    http: 422,
    remedy: 'Write it as name@example.com.',
  },
  'access.name-malformed': {
    meaning: 'The name of a person is empty, too long, or has characters that control how others are shown.',
    http: 422,
    remedy: 'Write 1 to 200 characters.',
  },
  'access.role-unknown': {
    meaning: 'There is no such role.',
    http: 422,
    remedy: '`carillon users roles` lists the roles.',
  },
  'access.party-missing': {
    meaning: 'A partner or customer user belongs to a party, and none is named.',
    http: 422,
    remedy: 'Name the party with `--party`.',
  },
  'access.party-needless': {
    meaning: 'Who works for the operator belongs to no party.',
    http: 422,
    remedy: 'Leave the party out, or choose the role partner or customer.',
  },
  'access.party-unknown': {
    meaning: 'The configuration has no such party.',
    http: 422,
    remedy: 'Choose a party of the configuration.',
  },
  'access.person-known': {
    meaning: 'Somebody with this address of mail is known already.',
    http: 409,
    remedy: '`carillon users role` changes what they may; `carillon users recover` lets them choose a password again.',
  },
  'access.invitations-too-many': {
    meaning: 'A party invites at most twenty people a day.',
    http: 429,
    remedy: 'Go on tomorrow, or ask the house.',
  },
  'access.person-only': {
    meaning: 'People and their roles are the business of people: no API key does this.',
    http: 403,
    remedy: 'Sign in, or use `carillon users` on the server.',
  },
  'access.person-unknown': {
    meaning: 'Nobody has this address of mail.',
    http: 404,
    remedy: '`carillon users list` shows who is known.',
  },
  'access.block-of-house': {
    meaning: 'This person was blocked by the house, which alone lifts that.',
    http: 409,
    remedy: 'Ask the house.',
  },
  'access.person-blocked': {
    meaning: 'This person is blocked.',
    http: 409,
    remedy: '`carillon users unblock` first.',
  },
  'access.session-missing': {
    meaning: 'Nobody is signed in, or the session ended.',
    http: 401,
    remedy: 'Sign in, and repeat the request.',
  },
  'access.sign-in-wrong': {
    meaning: 'The address of mail, the password or the code is wrong; which one is not said.',
    http: 401,
    remedy: 'Try again; who forgot the password lets a link be sent by mail, or asks an administrator for `carillon users recover`.',
  },
  'access.session-old': {
    meaning: 'Who changes how to come in has signed in within the last quarter of an hour.',
    http: 403,
    remedy: 'Sign out, sign in again, and repeat it.',
  },
  'access.passkey-refused': {
    meaning: 'The passkey is not accepted: it is not of this address, unknown, known already, or what it proved is over.',
    http: 401,
    remedy: 'Try again; where it stays so, sign in with the password and make another passkey.',
  },
  'access.single-sign-on-unknown': {
    meaning:
      'The provider of identities knows you, but nobody here is meant: neither your address was invited nor a group of yours has a role.',
    http: 403,
    remedy: 'Ask an administrator for an invitation, or for the group that has a role (`singleSignOn.roles`).',
  },
  'access.single-sign-on-failed': {
    meaning: 'The provider of identities did not answer, or what it answered is not accepted; the log has the cause.',
    http: 502,
    remedy: 'Begin the sign-in again; where it stays so, an administrator compares `singleSignOn` with what the provider knows of us.',
  },
  'access.single-sign-on-set': {
    meaning: 'The settings of single sign-on do not fit together.',
    http: 500,
    remedy:
      'Set `singleSignOn.issuer` (https, or http on this machine), `singleSignOn.clientId` and `api.origin`; or leave the issuer empty.',
  },
  'access.sign-in-too-often': {
    meaning: 'Too many attempts: the address, or where they come from, is locked for a while.',
    http: 429,
    remedy: 'Wait a quarter of an hour.',
  },
  'access.invitation-over': {
    meaning: 'An invitation is taken once, within seven days; the link of a mail within an hour.',
    http: 410,
    remedy: 'Let another link be sent by mail, or ask an administrator for `carillon users recover`.',
  },
  'access.password-length': {
    meaning: 'A password has 12 to 256 characters.',
    http: 422,
    remedy: 'Choose a longer one: four words do.',
  },
  'access.password-guessable': {
    meaning:
      'A password that is tried first: it repeats, runs along the keys, or is made of common words and of what is known of its person.',
    http: 422,
    remedy: 'Choose words that have nothing to do with each other or with you.',
  },
  'access.secret-short': {
    meaning: 'The secret that signs sessions is too short.',
    http: 500,
    remedy: 'Name a secret of 32 characters or more, or leave `api.secret` empty.',
  },
  'access.origin-wrong': {
    meaning: 'A page of another address asked for a change in the name of who is signed in.',
    http: 403,
    remedy: 'Use the address that `api.origin` names; programs send an API key.',
  },
  'access.sign-in-off': {
    meaning: 'People cannot sign in here: the address is not set.',
    http: 404,
    remedy: 'Set `api.origin` to the address that browsers use.',
  },
} as const satisfies Record<string, RefusalMeaning>;
