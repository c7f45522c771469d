/** How documents reach a party, and who sends them. */
import { type DeliveryRoute, type DeliverySecret, deliveryParts, deliveryWays, routeKey } from '#core/parties/delivery.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { text, wholeNumber } from '../scalar-shapes.ts';
import { changed, defaulted, listOf, oneOf, optional, record, required, type Shape, scalar } from '../shapes.ts';

const MAIL = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,255}$/;
export const mailAddress = scalar('e-mail address', 'an e-mail address', { type: 'string', format: 'email' }, (value) =>
  MAIL.test(value) ? value : undefined,
);

const secret: Shape<DeliverySecret> = scalar(
  '`env:NAME` or `file:/path`',
  'where the secret is, env:NAME or file:/path; the secret itself does not belong into the configuration',
  { type: 'string', pattern: '^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$' },
  // The pattern is that of the type.
  (value) => (/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/.test(value) ? (value as DeliverySecret) : undefined),
);

const fingerprint = scalar(
  'fingerprint',
  'a fingerprint as ssh-keygen -lf prints it: SHA256: and 43 characters',
  { type: 'string', pattern: '^SHA256:[A-Za-z0-9+/]{43}=?$' },
  (value) => (/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(value) ? value : undefined),
);

const flat = record('object', {
  by: required(
    oneOf(deliveryWays),
    'By mail, to a folder of an SFTP server, in a batch for the printer, or to be fetched from the portal.',
    'email',
  ),
  attach: defaulted(
    listOf(oneOf(deliveryParts), { lone: true }),
    ['pdf'],
    '[pdf]',
    'What goes along: the PDF, the electronic invoice (UBL).',
    '[pdf, ubl]',
  ),
  to: optional(listOf(mailAddress, { lone: true }), '`email`: to whom.', '[billing@northwind.example]'),
  cc: optional(listOf(mailAddress, { lone: true }), '`email`: to whom besides.', '[noc@northwind.example]'),
  language: optional(oneOf(documentLanguages), '`email`: of the letter. Left out: English.', 'de'),
  host: optional(text, '`sftp`: the server.', 'sftp.northwind.example'),
  port: optional(wholeNumber(1, 65_535), '`sftp`: its port. Left out: 22.', '2222'),
  user: optional(text, '`sftp`: who logs in.', 'carillon'),
  hostKey: optional(fingerprint, '`sftp`: the server’s key; another one is refused.', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'),
  password: optional(secret, '`sftp`: where the password is.', 'env:NORTHWIND_SFTP'),
  privateKey: optional(secret, '`sftp`: where the private key is.', 'file:/etc/carillon/northwind.key'),
  passphrase: optional(secret, '`sftp`: where the passphrase of the private key is.', 'env:NORTHWIND_PASSPHRASE'),
  path: optional(text, '`sftp`: the folder.', '/invoices'),
});

const ONLY: Readonly<Record<DeliveryRoute['by'], readonly string[]>> = {
  email: ['to', 'cc', 'language'],
  sftp: ['host', 'port', 'user', 'hostKey', 'password', 'privateKey', 'passphrase', 'path'],
  print: [],
  portal: [],
};
const NEEDED: Readonly<Record<DeliveryRoute['by'], readonly string[]>> = {
  email: ['to'],
  sftp: ['host', 'user', 'hostKey', 'path'],
  print: [],
  portal: [],
};

const route: Shape<DeliveryRoute> = changed(flat, (value, tree, field, reading) => {
  const { by } = value;
  const said = Object.keys(value).filter((key) => key !== 'by' && key !== 'attach');
  let sound = true;
  const fault = (code: 'configuration.key-missing' | 'configuration.key-unknown', message: string, key: string): void => {
    reading.fault(code, message, tree, `${field}.${key}`);
    sound = false;
  };
  for (const key of said) if (!ONLY[by].includes(key)) fault('configuration.key-unknown', `"${key}" has no meaning for ${by}`, key);
  for (const key of NEEDED[by]) if (!said.includes(key)) fault('configuration.key-missing', `delivery by ${by} needs "${key}"`, key);
  if (by === 'email' && value.to?.length === 0) fault('configuration.key-missing', 'delivery by email needs an address', 'to');
  if (by === 'sftp' && value.password === undefined && value.privateKey === undefined)
    fault('configuration.key-missing', 'delivery by sftp needs "password" or "privateKey"', 'password');
  if (!sound) return undefined;
  // What this way needs is there, and nothing else: checked above.
  if (by === 'email') return { language: 'en', ...value } as DeliveryRoute;
  return (by === 'sftp' ? { port: 22, ...value } : value) as DeliveryRoute;
});

/** Of an account. */
export const delivery = changed(listOf(route), (routes, tree, field, reading) => {
  const twice = routes.find((one, index) => routes.findIndex((other) => routeKey(other) === routeKey(one)) < index);
  if (twice === undefined) return routes;
  return reading.fault('configuration.value-wrong', `the same target stands there twice: ${routeKey(twice)}`, tree, field);
});

/** Of a legal entity. */
export const mailSender = record('object', {
  from: required(mailAddress, 'Sender of its mails; what cannot be delivered comes back to it.', 'billing@carillon.example'),
  replyTo: optional(mailAddress, 'Where answers go. Left out: to the sender.', 'accounts@carillon.example'),
  copyTo: optional(listOf(mailAddress, { lone: true }), 'Who gets each mail as a blind copy.', '[archive@carillon.example]'),
});
