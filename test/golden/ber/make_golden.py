#!/usr/bin/env python3
"""Makes BER records with an encoder that is not Carillon's (asn1tools), from the ASN.1 modules of 3GPP TS 32.298.

Not part of the tests: they read what this wrote (random.json, and what the files of formats are made of). Needed: Python 3,
`pip install asn1tools`, and the modules, which may not be shipped:  make_golden.py MODULES COUNT SEED > out.json
It says what is missing and stops. Values are made here and put into octets here, by the standard and without a look at
Carillon's decoder; asn1tools writes tags and lengths. Each line of the output has the record and all of its values by path.
"""
import glob
import json
import os
import random
import re
import sys

ROOTS = {
    'GPRSRecord': 'GPRSChargingDataTypes',
    'SMSRecordType': 'SMSChargingDataTypes',
    'MMTelServiceRecord': 'MMTelChargingDataTypes',
    'IMSRecord': 'IMSChargingDataTypes',
    'CHFRecord': 'CHFChargingDataTypes',
}
MODULES = ['GPRSChargingDataTypes', 'SMSChargingDataTypes', 'MMTelChargingDataTypes', 'IMSChargingDataTypes', 'CHFChargingDataTypes',
           'GenericChargingDataTypes', 'ExposureFunctionAPIChargingDataTypes', 'ProSeChargingDataTypes', 'MMSChargingDataTypes',
           'LCSChargingDataTypes']
# What the modules import from MAP (TS 29.002) and from each other, as far as records need it.
STUBS = {
    'Attribute-ASN1Module': 'ManagementExtension ::= SEQUENCE { identifier OBJECT IDENTIFIER, significance [1] BOOLEAN DEFAULT FALSE, '
                            'information [2] EXPLICIT OCTET STRING }',
    'MAP-CommonDataTypes': 'AddressString ::= OCTET STRING ISDN-AddressString ::= OCTET STRING IMSI ::= OCTET STRING IMEI ::= OCTET STRING '
                           'RAIdentity ::= OCTET STRING LCSClientExternalID ::= SEQUENCE { externalAddress [0] ISDN-AddressString OPTIONAL } '
                           'LCSClientInternalID ::= ENUMERATED { broadcastService (0), o-andM-HPLMN (1), o-andM-VPLMN (2), '
                           'anonymousLocation (3), targetMSsubscribedService (4) } BasicServiceCode ::= OCTET STRING',
    'MAP-ER-DataTypes': 'PositionMethodFailure-Diagnostic ::= ENUMERATED { congestion (0), insufficientResources (1) } '
                        'UnauthorizedLCSClient-Diagnostic ::= ENUMERATED { noAdditionalInformation (0), clientNotInMSPrivacyExceptionList (1) }',
    'MAP-MS-DataTypes': 'ServiceKey ::= INTEGER DefaultGPRS-Handling ::= ENUMERATED { continueTransaction (0), releaseTransaction (1) } '
                        'DefaultSMS-Handling ::= ENUMERATED { continueTransaction (0), releaseTransaction (1) } '
                        'NotificationToMSUser ::= ENUMERATED { notifyLocationAllowed (0), notifyAndVerify-LocationAllowedIfNoResponse (1) }',
    'MAP-CH-DataTypes': 'CallReferenceNumber ::= OCTET STRING',
    'MAP-LCS-DataTypes': 'LCSClientType ::= ENUMERATED { emergencyServices (0), valueAddedServices (1) } LocationType ::= OCTET STRING '
                         'LCS-Priority ::= OCTET STRING Ext-GeographicalInformation ::= OCTET STRING',
    'SS-DataTypes': 'LocationMethod ::= ENUMERATED { msBasedEOTD (0), msAssistedEOTD (1) }',
    'CSChargingDataTypes': 'DataVolume ::= INTEGER CallDuration ::= INTEGER',
}


def modules(folder):
    """The text of the modules, with what the published ones get wrong in their imports put right."""
    texts = [f'{name} DEFINITIONS IMPLICIT TAGS ::= BEGIN {body} END' for name, body in STUBS.items()]
    for name in MODULES:
        path = os.path.join(folder, name + '.asn1')
        if not os.path.exists(path):
            sys.exit(f'skipped: {path} is not there; the modules of TS 32.298 are needed and not shipped')
        text = open(path, encoding='latin1').read().replace('\r', '')
        if name == 'GPRSChargingDataTypes':
            text = re.sub(r'IMPORTS(\s*)AddressString,', r'IMPORTS\1', text)
            text = re.sub(r'\bIMEI,\n', 'IMEI, AddressString,\n', text, count=1)
        if name == 'CHFChargingDataTypes':
            text = re.sub(r'\n\s*SMSResult,', '', text, count=1)
            text = re.sub(r'(\[29\] )SMSResult( OPTIONAL)', r'\1Diagnostics\2', text)
        texts.append(text)
    return '\n'.join(texts)


class Maker:
    """Random values of a type: for the encoder, and as the texts that a reader must find."""

    def __init__(self, parsed, seed):
        self.parsed = parsed
        self.random = random.Random(seed)
        self.leaves = []

    def resolve(self, module, name):
        if name in self.parsed[module]['types']:
            return module
        for other, names in self.parsed[module]['imports'].items():
            if name in names:
                return self.resolve(other, name)
        raise KeyError((module, name))

    def record(self, module, name):
        self.leaves = []
        value = self.value(module, {'type': name}, '', 0, None)
        return value, self.leaves

    def value(self, module, type_, path, depth, named):
        kind = type_['type']
        if named in OCTETS:
            octets, text = OCTETS[named](self.random)
            self.leaves.append([path, text])
            return octets
        if kind in ('SEQUENCE', 'SET'):
            return self.parts(module, type_, path, depth)
        if kind == 'CHOICE':
            options = [m for m in type_['members'] if isinstance(m, dict)]
            chosen = self.random.choice(options)
            return chosen['name'], self.value(module, chosen, join(path, chosen['name']), depth + 1, None)
        if kind in ('SEQUENCE OF', 'SET OF'):
            count = self.random.choice([0, 1, 1, 2, 3]) if depth < 7 else 1
            return [self.value(module, type_['element'], f'{path}.{i}', depth + 1, None) for i in range(count)]
        if kind in PRIMITIVES:
            value, text = PRIMITIVES[kind](self.random, type_)
            self.leaves.append([path, text])
            return value
        if kind in OCTETS:
            return self.value(module, {'type': 'OCTET STRING'}, path, depth, kind)
        home = self.resolve(module, kind)
        return self.value(home, self.parsed[home]['types'][kind], path, depth, kind)

    def parts(self, module, type_, path, depth):
        result = {}
        for member in type_['members']:
            if not isinstance(member, dict):
                continue
            optional = member.get('optional') or 'default' in member
            if optional and self.random.random() > (0.6 if depth < 2 else 0.35 if depth < 5 else 0.0):
                continue
            if member['name'] == 'information':
                raw = bytes(self.random.randrange(256) for _ in range(5))
                result['information'] = raw
                self.leaves.append([join(path, 'information'), '0405' + raw.hex()])
                continue
            value = self.value(module, member, join(path, member['name']), depth + 1, None)
            if 'default' in member and value == member['default']:
                self.leaves.pop()  # the encoder leaves out what is the default
                continue
            result[member['name']] = value
        return result


def join(path, name):
    return f'{path}.{name}' if path else name


def tbcd(digits):
    """Two digits an octet, the first one in the lower half; 15 fills up."""
    filled = digits + ('f' if len(digits) % 2 else '')
    return bytes(int(filled[i + 1] + filled[i], 16) for i in range(0, len(filled), 2))


def digits(rand, least, most):
    return ''.join(rand.choice('0123456789') for _ in range(rand.randint(least, most)))


def a_tbcd(rand):
    text = digits(rand, 5, 16)
    return tbcd(text), text


def an_address(rand):
    text = digits(rand, 3, 15)
    nature = rand.choice([0, 1, 2, 3, 4])
    return bytes([0x80 | nature << 4 | 1]) + tbcd(text), ('+' if nature == 1 else '') + text


def a_dialled_number(rand):
    text = digits(rand, 3, 15)
    nature = rand.choice([0, 1, 2])
    shown = ('+' if nature == 1 else '') + text
    if rand.random() < 0.5:
        return bytes([0x80 | nature << 4 | 1]) + tbcd(text), shown
    return bytes([nature << 4 | 1, 0x80 | rand.choice([0, 1, 2]) << 5 | 1]) + tbcd(text), shown


def a_timestamp(rand):
    year, month, day = rand.randint(0, 99), rand.randint(1, 12), rand.randint(1, 28)
    hour, minute, second = rand.randint(0, 23), rand.randint(0, 59), rand.randint(0, 59)
    sign, zone_hour, zone_minute = rand.choice('+-'), rand.randint(0, 13), rand.choice([0, 15, 30, 45])
    packed = bytes.fromhex(f'{year:02}{month:02}{day:02}{hour:02}{minute:02}{second:02}') + sign.encode() + bytes.fromhex(f'{zone_hour:02}{zone_minute:02}')
    return packed, f'20{year:02}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{zone_hour:02}:{zone_minute:02}'


def a_time_zone(rand):
    quarters, negative = rand.randint(0, 56), rand.random() < 0.5
    octet = (quarters % 10) << 4 | quarters // 10 | (8 if negative else 0)
    return bytes([octet, rand.randint(0, 2)]), f"{'-' if negative else '+'}{quarters // 4:02}:{quarters % 4 * 15:02}"


def an_ipv4(rand):
    raw = bytes(rand.randrange(256) for _ in range(4))
    return raw, '.'.join(str(octet) for octet in raw)


def an_ipv6(rand):
    import ipaddress
    raw = bytes(rand.choice([0, 0, 0, rand.randrange(256)]) for _ in range(16))
    return raw, plain_ipv6(ipaddress.IPv6Address(raw))


def plain_ipv6(address):
    """Newer Pythons write the last 32 bits of mapped addresses as IPv4."""
    text = str(address)
    return text if '.' not in text else '::ffff:' + ':'.join(f'{int.from_bytes(address.packed[i:i + 2], "big"):x}' for i in (12, 14))


def a_plmn(rand):
    mcc, mnc = digits(rand, 3, 3), digits(rand, 2, 3)
    third = mnc[2] if len(mnc) == 3 else 'f'
    return bytes.fromhex(mcc[1] + mcc[0] + third + mcc[2] + mnc[1] + mnc[0]), mcc + mnc


def a_name(rand):
    text = ''.join(rand.choice('abcdefghij.klmnop-') for _ in range(rand.randint(1, 20)))
    return text.encode(), text


OCTETS = {
    'IMSI': a_tbcd, 'IMEI': a_tbcd, 'TBCD-STRING': a_tbcd, 'AddressString': an_address, 'ISDN-AddressString': an_address,
    'CalledNumber': a_dialled_number, 'CallingNumber': a_dialled_number, 'BCDDirectoryNumber': a_dialled_number,
    'TimeStamp': a_timestamp, 'MSTimeZone': a_time_zone, 'IPBinV4Address': an_ipv4, 'IPBinV6Address': an_ipv6,
    'PLMN-Id': a_plmn, 'MCC-MNC': a_plmn, 'DiameterIdentity': a_name,
}


def an_integer(rand, type_):
    names = {number: name for name, number in (type_.get('named-numbers') or {}).items()}
    if names and rand.random() < 0.8:
        number = rand.choice(list(names))
    else:
        bits = rand.choice([7, 8, 15, 16, 31, 32, 40, 47, 52, 63])
        number = rand.getrandbits(bits) * (-1 if rand.random() < 0.1 else 1)
    return number, names.get(number, str(number))


def an_enumerated(rand, type_):
    name, _ = rand.choice([v for v in type_['values'] if isinstance(v, (list, tuple))])
    return name, name


def some_bits(rand, type_):
    count = rand.randint(1, 12)
    raw = bytearray((count + 7) // 8)
    bits = [rand.random() < 0.5 for _ in range(count)]
    for index, bit in enumerate(bits):
        if bit:
            raw[index // 8] |= 0x80 >> index % 8
    named = type_.get('named-bits')
    if not named:
        return (bytes(raw), count), ''.join('1' if bit else '0' for bit in bits)
    names = {int(number): name for name, number in named}
    # Named bits: trailing zeros say nothing, and the encoder may leave them out.
    return (bytes(raw), count), ' '.join(names.get(i, str(i)) for i, bit in enumerate(bits) if bit)


def some_octets(rand, type_):
    raw = bytes(rand.randrange(256) for _ in range(rand.randint(1, 12)))
    return raw, raw.hex()


def some_text(rand, type_):
    alphabet = 'abcXYZ 0123@:.' + ('äöß€漢' if type_['type'] == 'UTF8String' else '')
    text = ''.join(rand.choice(alphabet) for _ in range(rand.randint(1, 24)))
    return text, text


def an_identifier(rand, type_):
    text = '.'.join(['1', '3'] + [str(rand.choice([6, 1, 127, 128, 10415, 99999])) for _ in range(rand.randint(1, 5))])
    return text, text


PRIMITIVES = {
    'INTEGER': an_integer, 'ENUMERATED': an_enumerated, 'BIT STRING': some_bits, 'OCTET STRING': some_octets,
    'BOOLEAN': lambda rand, _: (lambda yes: (yes, 'true' if yes else 'false'))(rand.random() < 0.5),
    'REAL': lambda rand, _: (0.0, ''),  # of no octets; others are shown as they are
    'NULL': lambda rand, _: (None, 'true'), 'UTF8String': some_text, 'IA5String': some_text, 'GraphicString': some_text,
    'VisibleString': some_text, 'PrintableString': some_text, 'OBJECT IDENTIFIER': an_identifier,
}


def main():
    try:
        import asn1tools
    except ImportError:
        sys.exit('skipped: asn1tools is not installed (pip install asn1tools)')
    if len(sys.argv) != 4:
        sys.exit('make_golden.py MODULES COUNT SEED')
    text = modules(sys.argv[1])
    parsed = asn1tools.parse_string(text)
    compiled = asn1tools.compile_string(text, 'ber')
    maker = Maker(parsed, int(sys.argv[3]))
    for number in range(int(sys.argv[2])):
        root = list(ROOTS)[number % len(ROOTS)]
        value, leaves = maker.record(ROOTS[root], root)
        encoded = compiled.types[root].encode(value)
        print(json.dumps({'record': root, 'hex': encoded.hex(), 'values': leaves}, ensure_ascii=False))


if __name__ == '__main__':
    main()
