/** A real SFTP server in this process, over a folder, with the ways of failing that servers have. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, type Stats, statSync, unlinkSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE } = ssh2.utils.sftp;

export interface SftpFaults {
  /** Accepts the connection and never answers a request of SFTP. */
  hangs: boolean;
  /** Cuts the connection when so many bytes of files were sent. */
  cutAfterBytes: number;
  /** Stops sending files after so many bytes. */
  stallAfterBytes: number;
  /** Called before a file is opened. */
  onOpen: ((name: string) => void) | undefined;
}

export interface SftpServer {
  readonly port: number;
  /** As ssh-keygen -lf prints it. */
  readonly hostKey: string;
  readonly faults: SftpFaults;
  readonly logins: number;
  close(): Promise<void>;
}

/** `authorized` is a line as in authorized_keys: who shows that key is let in as well as who says the password. */
export async function startSftpServer(folder: string, password = 'secret', authorized?: string): Promise<SftpServer> {
  const allowed = authorized === undefined ? undefined : keyOf(authorized);
  // Not by ssh2: of 1000 pairs of Ed25519 that version 1.17.0 makes it cannot read some five itself.
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const own = String(privateKey.export({ type: 'sec1', format: 'pem' }));
  const hostKey = `SHA256:${createHash('sha256').update(keyOf(own).getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
  const faults: SftpFaults = { hangs: false, cutAfterBytes: Infinity, stallAfterBytes: Infinity, onOpen: undefined };
  const connections = new Set<Connection>();
  let logins = 0;
  const server = new ssh2.Server({ hostKeys: [own] }, (connection) => {
    connections.add(connection);
    (connection as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true); // its types lack what the library has
    connection.on('error', () => undefined).on('close', () => connections.delete(connection));
    connection.on('authentication', (context) => {
      if (context.method === 'password' && context.password === password) {
        logins += 1;
        context.accept();
      } else if (context.method === 'publickey' && allowed?.getPublicSSH().equals(context.key.data) === true) {
        // Without a signature the client only asks whether the key would do.
        const { signature, blob, hashAlgo } = context;
        if (signature !== undefined && blob !== undefined && allowed.verify(blob, signature, hashAlgo) !== true) return context.reject();
        if (signature !== undefined) logins += 1;
        context.accept();
      } else context.reject(['password', 'publickey']);
    });
    connection.on('ready', () =>
      connection.on('session', (accept) =>
        accept().on('sftp', (acceptSftp) => serve(acceptSftp(), folder, faults, () => connection.end())),
      ),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    hostKey,
    faults,
    get logins() {
      return logins;
    },
    close: () =>
      new Promise((resolve) => {
        for (const connection of connections) connection.end();
        server.close(() => resolve());
      }),
  };
}

function keyOf(text: string): ssh2.ParsedKey {
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}

function serve(sftp: SFTPWrapper, folder: string, faults: SftpFaults, cut: () => void): void {
  const at = (path: string): string => join(folder, path);
  const open = new Map<number, { readonly fd: number } | { names: readonly string[]; readonly path: string }>();
  let sent = 0;
  const newHandle = (value: { readonly fd: number } | { names: readonly string[]; readonly path: string }): Buffer => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(open.size + 1);
    open.set(open.size + 1, value);
    return handle;
  };
  const attempt = (id: number, work: () => void): void => {
    if (faults.hangs) return;
    try {
      work();
    } catch (error) {
      const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      sftp.status(id, gone ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE);
    }
  };
  sftp.on('OPENDIR', (id, path) => attempt(id, () => sftp.handle(id, newHandle({ names: readdirSync(at(path)), path }))));
  sftp.on('READDIR', (id, handle) =>
    attempt(id, () => {
      const entry = open.get(handle.readUInt32BE(0));
      if (entry === undefined || 'fd' in entry || entry.names.length === 0) return sftp.status(id, STATUS_CODE.EOF);
      const { names, path } = entry;
      entry.names = [];
      sftp.name(
        id,
        names.map((filename) => ({ filename, longname: filename, attrs: attrsOf(statSync(at(join(path, filename)))) })),
      );
    }),
  );
  sftp.on('OPEN', (id, path, flags) =>
    attempt(id, () => {
      faults.onOpen?.(path);
      sftp.handle(id, newHandle({ fd: openSync(at(path), ssh2.utils.sftp.flagsToString(flags) ?? 'r') }));
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    attempt(id, () => {
      const entry = open.get(handle.readUInt32BE(0));
      if (entry === undefined || !('fd' in entry)) return sftp.status(id, STATUS_CODE.FAILURE);
      if (sent >= faults.cutAfterBytes) return cut();
      if (sent >= faults.stallAfterBytes) return;
      const bytes = Buffer.alloc(length);
      const read = readSync(entry.fd, bytes, 0, length, offset);
      sent += read;
      if (read === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, bytes.subarray(0, read));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    attempt(id, () => {
      const entry = open.get(handle.readUInt32BE(0));
      if (entry === undefined || !('fd' in entry)) return sftp.status(id, STATUS_CODE.FAILURE);
      if (sent >= faults.cutAfterBytes) return cut();
      sent += writeSync(entry.fd, data, 0, data.length, offset);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    attempt(id, () => {
      const entry = open.get(handle.readUInt32BE(0));
      if (entry !== undefined && 'fd' in entry) closeSync(entry.fd);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  const stats = (id: number, path: string): void => attempt(id, () => sftp.attrs(id, attrsOf(statSync(at(path)))));
  sftp.on('STAT', stats).on('LSTAT', stats);
  sftp.on('FSTAT', (id, handle) =>
    attempt(id, () => {
      const entry = open.get(handle.readUInt32BE(0));
      if (entry === undefined || !('fd' in entry)) return sftp.status(id, STATUS_CODE.FAILURE);
      sftp.attrs(id, attrsOf(statSync(`/proc/self/fd/${entry.fd}`)));
    }),
  );
  const done = (id: number, work: () => void): void =>
    attempt(id, () => {
      work();
      sftp.status(id, STATUS_CODE.OK);
    });
  sftp.on('REMOVE', (id, path) => done(id, () => unlinkSync(at(path))));
  sftp.on('MKDIR', (id, path) => done(id, () => mkdirSync(at(path))));
  sftp.on('RENAME', (id, from, to) => done(id, () => renameSync(at(from), at(to))));
}

function attrsOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): ssh2.Attributes {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}
