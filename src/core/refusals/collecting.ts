import type { RefusalMeaning } from '../refusals.ts';

/** What stands in the way of fetching files of call records. */
export const collectingRefusals = {
  'collect.nothing-to-collect': {
    meaning: 'No source says where its files come from.',
    http: 409,
    remedy: 'Declare collect: at a source and apply the configuration; docs/reference/collecting.md shows how.',
  },
  'collect.secret-missing': {
    meaning: 'The environment variable or file that holds a secret of a source is missing or empty.',
    http: 500,
    remedy: 'Set the variable, or write the file, that the message names.',
  },
  'collect.key-unreadable': {
    meaning: 'The private key or the certificates of a source cannot be read.',
    http: 500,
    remedy: 'Give the file of the private key, without .pub, and its passphrase when it is encrypted; certificates in the form of PEM.',
  },
  'collect.place-unreachable': {
    meaning: 'The place that files are fetched from cannot be reached, does not let us in, or did not answer in time.',
    http: 503,
    remedy: 'Check address, user and rights of the source. It is tried again by itself, less and less often.',
  },
  'collect.host-key-differs': {
    meaning: 'The SFTP server has another host key than the one declared: it may be another machine.',
    http: 503,
    remedy: 'Ask who runs the server. If the key was changed on purpose, declare the new fingerprint as hostKey.',
  },
  'collect.file-changed': {
    meaning: 'The file changed while it was read. Nothing of it was taken.',
    http: 409,
    remedy: 'It is read again when it stands still; raise stableSeconds, or let the switch rename finished files.',
  },
  'collect.count-differs': {
    meaning: 'The file says of itself that it has other numbers of records or seconds than were read in it.',
    http: 422,
    remedy: 'Fetch the file again from the switch: part of it is missing. With onDifference: alarm it is loaded all the same.',
  },
  'collect.check-missing': {
    meaning: 'The line that says how many records the file has is missing: the file may be cut.',
    http: 422,
    remedy: 'Fetch the file again; correct header or trailer of checks if the file is whole.',
  },
  'collect.position-moved': {
    meaning: 'Another collector has put these messages of a topic into the books meanwhile. Nothing was taken twice.',
    http: 409,
    remedy: 'Nothing: this collector goes on behind them.',
  },
  'collect.upload-too-large': {
    meaning: 'An uploaded file is larger than the setting collect.maximumUploadMegabytes allows. Nothing of it was kept.',
    http: 413,
    remedy: 'Send it compressed (gzip, zip) or in parts, or raise the setting.',
  },
  'collect.cannot-listen': {
    meaning: 'Uploads cannot be received at the address of the setting collect.listen.',
    http: 500,
    remedy: 'Choose a free port, and certificate and key files that can be read and belong together.',
  },
  'collect.upload-unauthorized': {
    meaning: 'An upload has no token, the wrong one, or names a source that takes no uploads.',
    http: 401,
    remedy: 'Send Authorization: Bearer with the token of the source; the source must have collect: {from: http}.',
  },
  'collect.upload-path': {
    meaning: 'The path of an upload is not /usage/<source>/<file name>, or the name cannot be that of a file of this source.',
    http: 422,
    remedy: 'Use a name without slashes and control characters, of 1 to 180 bytes, that fits match and unfinished of the source.',
  },
  'collect.upload-method': {
    meaning: 'A request is none of PUT, POST and GET.',
    http: 405,
    remedy: 'PUT or POST a file, GET what became of it.',
  },
  'collect.upload-conflict': {
    meaning: 'Another content with the same name waits to be put into the books.',
    http: 409,
    remedy: 'Give the file another name, or send it when the first is in the books: GET tells.',
  },
  'collect.upload-unknown': {
    meaning: 'No file of this name was uploaded to the source.',
    http: 404,
    remedy: 'Check the name; it is the one that was sent.',
  },
  'usage.zip-unreadable': {
    meaning: 'A ZIP cannot be unpacked: damaged, encrypted, empty, packed twice, or with more in it than packed text can be.',
    http: 422,
    remedy: 'Fetch it again; unpack what is packed otherwise. Files of it that were whole are in the books.',
  },
} as const satisfies Record<string, RefusalMeaning>;
