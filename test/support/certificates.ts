/** Certificates of an authority of the test's own, made with openssl: nothing here is trusted by anybody else. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyPair {
  /** Paths of PEM files; the key is PKCS #8 without a passphrase. */
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** The authority's own certificate. */
  readonly authority: string;
  /** Good for localhost and 127.0.0.1. */
  readonly good: KeyPair;
  readonly expired: KeyPair;
  /** Good for another host. */
  readonly elsewhere: KeyPair;
  /** Good for localhost, and signed by nobody but itself. */
  readonly selfSigned: KeyPair;
}

/** Undefined where openssl is not installed. */
export function whyNoCertificates(): string | undefined {
  return spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not installed';
}

const CONFIGURATION = `[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[authority]
basicConstraints = critical, CA:true
[here]
subjectAltName = DNS:localhost, IP:127.0.0.1
[elsewhere]
subjectAltName = DNS:elsewhere.example.net
`;

/** Writes an authority and its certificates into the folder. */
export function makeCertificates(folder: string): Certificates {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ 'own.cnf': CONFIGURATION, 'index.txt': '', serial: '01\n' }))
    writeFileSync(join(folder, name), text);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'own.cnf'];
  const selfSigned = (name: string, subject: string, extensions: string): KeyPair => {
    openssl(folder, 'req', '-x509', ...newKey, '-subj', subject, '-extensions', extensions, '-days', '30', ...written(name));
    return pairOf(folder, name);
  };
  const signed = (name: string, subject: string, extensions: string, from: string, to: string): KeyPair => {
    openssl(folder, 'req', '-new', ...newKey, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const authority = ['-config', 'own.cnf', '-cert', 'authority.pem', '-keyfile', 'authority.key', '-extensions', extensions];
    openssl(
      folder,
      'ca',
      '-batch',
      '-notext',
      ...authority,
      '-startdate',
      from,
      '-enddate',
      to,
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
    );
    return pairOf(folder, name);
  };
  const [always, forever] = ['20200101000000Z', '20990101000000Z'];
  const authority = selfSigned('authority', '/CN=The test’s authority', 'authority').certificate;
  return {
    authority,
    good: signed('good', '/CN=localhost', 'here', always, forever),
    expired: signed('expired', '/CN=localhost', 'here', always, '20200201000000Z'),
    elsewhere: signed('elsewhere', '/CN=elsewhere.example.net', 'elsewhere', always, forever),
    selfSigned: selfSigned('self', '/CN=localhost', 'here'),
  };
}

/** Key and certificate in one file, as a keystore in PEM has them. */
export function keyStoreOf({ certificate, key }: KeyPair): string {
  return readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8');
}

function written(name: string): readonly string[] {
  return ['-keyout', `${name}.key`, '-out', `${name}.pem`];
}

function pairOf(folder: string, name: string): KeyPair {
  return { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
}

function openssl(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}
