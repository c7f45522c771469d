#!/usr/bin/env python3
"""Makes the golden files of the BER formats: *.ber, and *.json with the charges that must be read from them.

Not part of the tests. Needed as for make_golden.py, and the ASN.1 definition of Huawei SoftX3000:
make_files.py MODULES HUAWEI.asn1. Records, numbers and places are invented. asn1tools writes the records, this file the
headers of TS 32.297 and, by hand, what each record means.
"""
import json
import os
import re
import struct
import sys

from make_golden import modules, tbcd

HERE = os.path.dirname(os.path.abspath(__file__))


def stamp(text, zone='+0100'):
    """'2026-11-20 09:30:00' as nine octets."""
    digits = re.sub(r'\D', '', text)[2:]
    return bytes.fromhex(digits) + zone[0].encode() + bytes.fromhex(zone[1:])


def utc(text, zone='+0100'):
    from datetime import datetime, timedelta
    sign = 1 if zone[0] == '+' else -1
    moved = datetime.fromisoformat(text) - sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    return moved.strftime('%Y-%m-%dT%H:%M:%SZ')


def number(text, nature=1):
    return bytes([0x80 | nature << 4 | 1]) + tbcd(text)


def dialled(text, nature=1, presentation=None):
    if presentation is None:
        return number(text, nature)
    return bytes([nature << 4 | 1, 0x80 | presentation << 5 | 1]) + tbcd(text)


def plmn(mcc, mnc):
    third = mnc[2] if len(mnc) == 3 else 'f'
    return bytes.fromhex(mcc[1] + mcc[0] + third + mcc[2] + mnc[1] + mnc[0])


def ipv4(text):
    return ('iPBinaryAddress', ('iPBinV4Address', bytes(int(part) for part in text.split('.'))))


def moment(month, day, hour, minute, offset_minutes=60):
    sign = 1 if offset_minutes >= 0 else 0
    hours, minutes = divmod(abs(offset_minutes), 60)
    return struct.pack('>I', month << 28 | day << 23 | hour << 18 | minute << 12 | sign << 11 | hours << 6 | minutes)


def framed(records, ts_number, sequence, release=17, announce=None):
    """A file of TS 32.297: release 10 and later stand as 7 with the rest in an octet of their own."""
    version = 7 << 5 | 9
    body = b''.join(struct.pack('>H', len(r)) + bytes([version, 1 << 5 | ts_number, release - 10]) + r for r in records)
    middle = bytes([version, version]) + moment(11, 20, 9, 0) + moment(11, 20, 10, 0)
    middle += struct.pack('>II', len(records) if announce is None else announce, sequence) + bytes([3])
    middle += b'\xff' * 16 + bytes([10, 20, 30, 40]) + b'\x00' + struct.pack('>H', 0) + struct.pack('>H', 0)
    middle += bytes([release - 10, release - 10])
    header = 8 + len(middle)
    return struct.pack('>II', header + len(body), header) + middle + body


def service(group, first, up, down, number_, seconds=60):
    return {'ratingGroup': group, 'localSequenceNumber': number_, 'timeOfFirstUsage': stamp(first), 'timeOfLastUsage': stamp(first),
            'timeUsage': seconds, 'serviceConditionChange': (b'\x00\x80', 12), 'datavolumeFBCUplink': up, 'datavolumeFBCDownlink': down,
            'timeOfReport': stamp(first), 'userLocationInformation': bytes.fromhex('8262f2100001')}


def pgw(charging, opened, services, cause, sequence, msisdn='491701234567', apn='iot.example'):
    record = {'recordType': 85, 'servedIMSI': tbcd('262011234567890'), 'p-GWAddress': ipv4('10.1.2.3'), 'chargingID': charging,
              'servingNodeAddress': [ipv4('10.9.8.7')], 'accessPointNameNI': apn, 'recordOpeningTime': stamp(opened), 'duration': 3600,
              'causeForRecClosing': cause, 'servedMSISDN': number(msisdn), 'chargingCharacteristics': b'\x08\x00',
              'servingNodePLMNIdentifier': plmn('310', '410'), 'rATType': 6, 'mSTimeZone': b'\x40\x00',
              'userLocationInformation': bytes.fromhex('8262f2100001'), 'servingNodeType': ['gTPSGW'], 'listOfServiceData': services}
    if sequence is not None:
        record['recordSequenceNumber'] = sequence
    return ('pGWRecord', record)


def data(key, start, calling, trunk, up, down, apn, cause, **more):
    return {'key': key, 'service': 'data', 'start': start, 'calling': calling, 'trunkIn': trunk, 'bytesUp': up, 'bytesDown': down,
            'apn': apn, 'cause': cause, **more}


def pgw_files(encode):
    sessions = [
        (111, '2026-11-20 09:00:00', [service(10, '2026-11-20 09:00:05', 1000, 200000, 1), service(20, '2026-11-20 09:10:00', 5, 0, 2)], 16, 1),
        (111, '2026-11-20 10:00:00', [service(10, '2026-11-20 10:00:00', 300, 400, 3)], 16, 2),
        (111, '2026-11-20 11:00:00', [service(10, '2026-11-20 11:00:00', 7, 8, 4), service(10, '2026-11-20 11:30:00', 9, 5000000000, 5)], 0, 3),
        (222, '2026-11-20 09:30:00', [], 0, None),
    ]
    records = [encode('GPRSRecord', pgw(*session)) for session in sessions]
    causes = {16: 'volumeLimit', 0: 'normalRelease'}
    charges, whole = [], []
    for charging, opened, services, cause, sequence in sessions:
        key = f"{charging}|10.1.2.3|{opened.replace(' ', 'T')}+01:00|{'' if sequence is None else sequence}"
        network = {'cell': '8262f2100001', 'network': '310410'}
        for index, s in enumerate(services):
            charges.append(data(f'{key}|{index + 1}', utc_of(s['timeOfFirstUsage']), '+491701234567', 'iot.example', s['datavolumeFBCUplink'],
                                s['datavolumeFBCDownlink'], 'iot.example', causes[cause], ratingGroup=str(s['ratingGroup']), **network))
        if not services:
            charges.append(data(f'{key}|', utc(opened), '+491701234567', 'iot.example', 0, 0, 'iot.example', causes[cause], ratingGroup='', **network))
        part = {'sequence': sequence} if sequence is not None else {}
        kind = 'single' if sequence is None else 'first' if sequence == 1 else 'last' if cause == 0 else 'intermediate'
        whole.append(data(key, utc(opened), '+491701234567', 'iot.example', sum(s['datavolumeFBCUplink'] for s in services),
                          sum(s['datavolumeFBCDownlink'] for s in services), 'iot.example', causes[cause], **network,
                          part={'group': f'10.1.2.3/{charging}', 'kind': kind, **part}))
    mobility = encode('GPRSRecord', ('sgsnMMRecord', {'recordType': 20, 'servedIMSI': tbcd('262011234567890'), 'recordOpeningTime': stamp('2026-11-20 09:00:00'),
                                                      'causeForRecClosing': 0, 'chargingCharacteristics': b'\x08\x00'}))
    file = framed([mobility] + records, 7, 41)
    write('3gpp-pgw', file, charges)
    write('3gpp-pgw-session', file, whole)
    write('3gpp-pgw.truncated', file[:-20], charges[:-1], cut=1)


def utc_of(octets):
    digits = octets.hex()
    return utc(f'20{digits[0:2]}-{digits[2:4]}-{digits[4:6]} {digits[6:8]}:{digits[8:10]}:{digits[10:12]}', chr(octets[6]) + digits[14:18])


def sgw_files(encode):
    def traffic(up, down, at):
        return {'dataVolumeGPRSUplink': up, 'dataVolumeGPRSDownlink': down, 'changeCondition': 'recordClosure', 'changeTime': stamp(at)}
    record = {'recordType': 84, 'servedIMSI': tbcd('310410123456789'), 's-GWAddress': ipv4('10.5.5.5'), 'chargingID': 987654321,
              'servingNodeAddress': [ipv4('10.5.5.6')], 'accessPointNameNI': 'internet', 'recordOpeningTime': stamp('2026-11-20 23:30:00', '-0500'),
              'duration': 900, 'causeForRecClosing': 17, 'recordSequenceNumber': 1, 'servedMSISDN': number('12125550123'),
              'chargingCharacteristics': b'\x04\x00', 'servingNodePLMNIdentifier': plmn('262', '01'), 'p-GWPLMNIdentifier': plmn('310', '410'),
              'servingNodeType': ['mME'],
              'listOfTrafficVolumes': [traffic(100, 200, '2026-11-20 23:40:00'), traffic(1, 2, '2026-11-20 23:45:00')]}
    charge = data('987654321|10.5.5.5|2026-11-20T23:30:00-05:00|1', '2026-11-21T04:30:00Z', '+12125550123', '310410', 101, 202, 'internet', 'timeLimit',
                  network='26201')
    file = framed([encode('GPRSRecord', ('sGWRecord', record))], 7, 42)
    write('3gpp-sgw', file, [charge])
    write('3gpp-sgw-session', file, [{**charge, 'part': {'group': '10.5.5.5/987654321', 'kind': 'first', 'sequence': 1}}])


def chf_files(encode):
    def used(up, down, at):
        return {'time': 60, 'dataTotalVolume': up + down, 'dataVolumeUplink': up, 'dataVolumeDownlink': down, 'localSequenceNumber': at}
    record = {'recordType': 200, 'recordingNetworkFunctionID': 'chf1.example', 'subscriberIdentifier': {'subscriptionIDType': 'eND-USER-IMSI', 'subscriptionIDData': 'imsi-262011234567890'},
              'nFunctionConsumerInformation': {'networkFunctionality': 'sMF', 'networkFunctionName': 'smf1'},
              'listOfMultipleUnitUsage': [{'ratingGroup': 10, 'usedUnitContainers': [used(100, 900, 1), used(50, 0, 2)]},
                                          {'ratingGroup': 77, 'usedUnitContainers': [used(1, 2, 3)]}],
              'recordOpeningTime': stamp('2026-11-20 12:00:00', '+0000'), 'duration': 300, 'recordSequenceNumber': 2, 'causeForRecClosing': 0,
              'chargingSessionIdentifier': b'session-1', 'localRecordSequenceNumber': 5001,
              'pDUSessionChargingInformation': {'pDUSessionChargingID': 42, 'pDUSessionId': 5, 'dataNetworkNameIdentifier': 'ims.example',
                                                'servingCNPLMNID': plmn('262', '02')}}
    key = '2026-11-20T12:00:00+00:00|chf1.example|73657373696f6e2d31|42|2|5001'
    base = dict(start='2026-11-20T12:00:00Z', calling='262011234567890', trunk='ims.example', apn='ims.example', cause='normalRelease', network='26202')
    file = framed([encode('CHFRecord', ('chargingFunctionRecord', record))], 20, 43)
    write('3gpp-chf', file, [data(f'{key}|1', up=150, down=900, ratingGroup='10', **base), data(f'{key}|2', up=1, down=2, ratingGroup='77', **base)])
    write('3gpp-chf-session', file, [data(key, up=151, down=902, part={'group': 'chf1.example/73657373696f6e2d31/42', 'kind': 'last', 'sequence': 2}, **base)])


def sms_files(encode):
    mo = {'recordType': 93, 'sMSNodeAddress': number('491710760000'), 'originatorInfo': {'originatorIMSI': tbcd('262011234567890'), 'originatorMSISDN': number('491701234567'),
                                                                                         'originatorSCCPAddress': number('491710000001')},
          'recipientInfo': [{'recipientMSISDN': number('447700900123'), 'recipientSCCPAddress': number('447785016005')}],
          'eventtimestamp': stamp('2026-11-20 08:15:30'), 'messageReference': b'\x2a', 'messageSize': 140, 'localSequenceNumber': 77}
    mt = {'recordType': 94, 'sMSNodeAddress': number('491710760000'), 'recipientInfo': {'recipientMSISDN': number('491701234567')},
          'originatorInfo': {'originatorOtherAddress': {'sMAddressType': 'alphanumericShortCode', 'sMAddressData': 'BANK'}}, 'eventtimestamp': stamp('2026-11-20 08:16:00'),
          'sMSResult': ('gsm0902MapErrorValue', 27), 'localSequenceNumber': 78}
    file = framed([encode('SMSRecordType', ('sCSMORecord', mo)), encode('SMSRecordType', ('sCSMTRecord', mt))], 15, 44)
    write('3gpp-sms', file, [
        {'key': '2026-11-20T08:15:30+01:00|+491710760000|77|2a|sCSMORecord|', 'service': 'sms', 'start': '2026-11-20T07:15:30Z', 'answered': True, 'calling': '+491701234567',
         'called': '+447700900123', 'trunkIn': '+491710000001', 'trunkOut': '+447785016005', 'bytesDown': 140, 'quantity': 1, 'serviceClass': 'sCSMORecord',
         'network': '262011234567890', 'callingNature': 'international', 'calledNature': 'international'},
        {'key': '2026-11-20T08:16:00+01:00|+491710760000|78||sCSMTRecord|', 'service': 'sms', 'start': '2026-11-20T07:16:00Z', 'answered': False, 'calling': 'BANK',
         'called': '+491701234567', 'trunkIn': '+491710760000', 'quantity': 1, 'serviceClass': 'sCSMTRecord', 'cause': '27', 'calledNature': 'international'},
    ])


CAUSES = {0: 'serviceDeliveryEndSuccessfully', 1: 'unSuccessfulServiceDelivery', 3: 'timeLimit'}


def telephony(session, begin, answer, end, sequence, cause):
    record = {'recordType': 83, 'role-of-Node': 'originating', 'nodeAddress': ('domainName', 'tas1.example'), 'session-Id': session,
              'list-Of-Calling-Party-Address': [('sIP-URI', 'sip:+493012345678@ims.example;user=phone'), ('tEL-URI', 'tel:+493012345678')],
              'called-Party-Address': ('tEL-URI', 'tel:+442079460000'), 'serviceRequestTimeStamp': stamp(begin), 'recordOpeningTime': stamp(begin),
              'interOperatorIdentifiers': [{'originatingIOI': 'home.example', 'terminatingIOI': 'far.example'}], 'causeForRecordClosing': CAUSES[cause],
              'mMTelInformation': {'listOfSupplServices': []}}
    for name, value in [('serviceDeliveryStartTimeStamp', answer), ('serviceDeliveryEndTimeStamp', end)]:
        if value is not None:
            record[name] = stamp(value)
    if sequence is not None:
        record['recordSequenceNumber'] = sequence
    return record


def mmtel_files(encode):
    calls = [('call-1', '2026-11-20 10:00:00', '2026-11-20 10:00:07', '2026-11-20 10:05:00', None, 0),
             ('call-2', '2026-11-20 11:00:00', '2026-11-20 11:00:05', '2026-11-20 11:30:05', 1, 3),
             ('call-2', '2026-11-20 11:30:05', '2026-11-20 11:30:05', '2026-11-20 11:40:05', 2, 0),
             ('call-3', '2026-11-20 12:00:00', None, '2026-11-20 12:00:20', None, 1)]
    seconds = [293, 1800, 600, 0]
    kinds = ['single', 'first', 'last', 'single']
    charges = []
    for (session, begin, answer, end, sequence, cause), duration, kind in zip(calls, seconds, kinds):
        charges.append({'key': f"{session}|tas1.example|{begin.replace(' ', 'T')}+01:00|{sequence or ''}||mMTelRecord", 'service': 'voice', 'start': utc(answer or begin),
                        'answered': answer is not None, 'seconds': duration, 'calling': '+493012345678', 'called': '+442079460000',
                        'trunkIn': 'home.example', 'trunkOut': 'far.example', 'serviceClass': 'originating', 'cause': CAUSES[cause],
                        'part': {'group': f'{session}/mMTelRecord', 'kind': kind, **({} if sequence is None else {'sequence': sequence})}})
    records = [encode('MMTelServiceRecord', ('mMTelRecord', telephony(*call))) for call in calls]
    write('3gpp-mmtel', framed(records, 14, 45), charges)


def ims_files(encode):
    record = telephony('call-9', '2026-11-20 10:00:00', '2026-11-20 10:00:10', '2026-11-20 10:01:10', None, 0)
    del record['mMTelInformation']
    [record['interOperatorIdentifiers']] = record['interOperatorIdentifiers']  # one here, a list for telephony servers
    record.update({'recordType': 67, 'trunkGroupID': ('outgoing', 'TG-0042')})
    server = telephony('call-9', '2026-11-20 10:00:00', '2026-11-20 10:00:10', '2026-11-20 10:01:10', None, 0)
    del server['mMTelInformation'], server['interOperatorIdentifiers']
    server['recordType'] = 63
    records = [encode('IMSRecord', ('sCSCFRecord', server)), encode('IMSRecord', ('mGCFRecord', record))]
    write('3gpp-ims', framed(records, 9, 46), [
        {'key': 'call-9|tas1.example|2026-11-20T10:00:00+01:00|||mGCFRecord', 'service': 'voice', 'start': '2026-11-20T09:00:10Z', 'answered': True, 'seconds': 60,
         'calling': '+493012345678', 'called': '+442079460000', 'trunkIn': 'home.example', 'trunkOut': 'TG-0042', 'serviceClass': 'originating',
         'cause': 'serviceDeliveryEndSuccessfully', 'part': {'group': 'call-9/mGCFRecord', 'kind': 'single'}}])


def huawei_files(encode):
    incoming = {'recordType': 'incGatewayRecord', 'callingNumber': dialled('493012345678', 1, 0), 'calledNumber': dialled('2079460000', 2),
                'recordingEntity': number('491710000001'), 'mscIncomingROUTE': ('rOUTEName', 'ATLAS-1'), 'seizureTime': stamp('2026-11-20 10:00:00'),
                'answerTime': stamp('2026-11-20 10:00:09'), 'releaseTime': stamp('2026-11-20 10:02:10'), 'callDuration': 121, 'causeForTerm': 'normalRelease',
                'diagnostics': ('ccittQ767Cause', 16), 'callReference': bytes.fromhex('0a0b0c0d'), 'mscIncomingCircuit': 130}
    transit = {'recordType': 'transitCallRecord', 'recordingEntity': number('491710000001'), 'mscIncomingROUTE': ('rOUTENumber', 7), 'mscOutgoingROUTE': ('rOUTENumber', 300),
               'callingNumber': dialled('12125550123', 1, 1), 'calledNumber': dialled('442079460000', 1), 'seizureTime': stamp('2026-11-20 11:00:00'),
               'releaseTime': stamp('2026-11-20 11:00:30'), 'callDuration': 0, 'causeForTerm': 'unsuccessfulCallAttempt', 'diagnostics': ('ccittQ767Cause', 17),
               'callReference': bytes.fromhex('0a0b0c0e')}
    message = {'recordType': 'moSMSRecord', 'servedIMSI': tbcd('262011234567890')}
    one, two = encode('CallEventRecord', ('incGatewayRecord', incoming)), encode('CallEventRecord', ('transitRecord', transit))
    three = encode('CallEventRecord', ('moSMSRecord', message))
    charges = [
        {'key': '0a0b0c0d|incGatewayRecord|2026-11-20T10:00:00+01:00|+491710000001||130|2026-11-20T10:02:10+01:00', 'service': 'voice', 'start': '2026-11-20T09:00:09Z',
         'answered': True, 'seconds': 121, 'calling': '+493012345678', 'called': '2079460000', 'trunkIn': 'ATLAS-1', 'cause': '16', 'serviceClass': 'incGatewayRecord',
         'callingNature': 'international', 'calledNature': 'national', 'presentation': 'allowed', 'part': {'group': '+491710000001/0a0b0c0d/incGatewayRecord', 'kind': 'single'}},
        {'key': '0a0b0c0e|transitRecord|2026-11-20T11:00:00+01:00|+491710000001|||2026-11-20T11:00:30+01:00'.replace('|transitRecord|', '|transitCallRecord|'), 'service': 'voice',
         'start': '2026-11-20T10:00:00Z', 'answered': False, 'seconds': 0, 'calling': '+12125550123', 'called': '+442079460000', 'trunkIn': '7', 'trunkOut': '300', 'cause': '17',
         'serviceClass': 'transitRecord', 'callingNature': 'international', 'calledNature': 'international', 'presentation': 'restricted',
         'part': {'group': '+491710000001/0a0b0c0e/transitRecord', 'kind': 'single'}},
    ]
    # Blocks of 1024 bytes: the rest of a block is padding.
    write('huawei-softx3000', (one + three + two).ljust(1024, b'\xff') + one.replace(bytes.fromhex('0a0b0c0d'), bytes.fromhex('0a0b0c0f')).ljust(1024, b'\x00'),
          charges + [{**charges[0], 'key': charges[0]['key'].replace('0a0b0c0d', '0a0b0c0f'),
                      'part': {'group': '+491710000001/0a0b0c0f/incGatewayRecord', 'kind': 'single'}}])


    header = {'productionDateTime': stamp('2026-11-20 12:00:00'), 'recordingEntity': number('491710000001'), 'extensions': []}
    trailer = {'productionDateTime': stamp('2026-11-20 12:30:00'), 'recordingEntity': number('491710000001'), 'firstCallDateTime': stamp('2026-11-20 10:00:00'),
               'lastCallDateTime': stamp('2026-11-20 11:00:00'), 'noOfRecords': 3, 'extensions': []}
    write('huawei-softx3000.enclosed', encode('CallEventDataFile', {
        'headerRecord': header, 'callEventRecords': [('incGatewayRecord', incoming), ('moSMSRecord', message), ('transitRecord', transit)],
        'trailerRecord': trailer, 'extensions': []}), charges)


def write(name, octets, charges, cut=0):
    with open(os.path.join(HERE, name + '.ber'), 'wb') as file:
        file.write(octets)
    with open(os.path.join(HERE, name + '.json'), 'w', encoding='utf-8') as file:
        json.dump({'cut': cut, 'charges': charges}, file, indent=1, ensure_ascii=False)
        file.write('\n')


def main():
    try:
        import asn1tools
    except ImportError:
        sys.exit('skipped: asn1tools is not installed (pip install asn1tools)')
    if len(sys.argv) != 3 or not os.path.exists(sys.argv[2]):
        sys.exit('skipped: make_files.py MODULES HUAWEI.asn1 (both are not shipped)')
    standard = asn1tools.compile_string(modules(sys.argv[1]), 'ber')
    text = re.sub(r'^--(?:DEFINITIONS.*|BEGIN)$', '', open(sys.argv[2]).read(), flags=re.M)
    # What real records leave out is mandatory in the definition.
    huawei = asn1tools.compile_string('Huawei DEFINITIONS IMPLICIT TAGS ::= BEGIN\n' + text + '\nEND\n', 'ber')
    for make in (pgw_files, sgw_files, chf_files, sms_files, mmtel_files, ims_files):
        make(lambda root, value: standard.types[root].encode(value))
    huawei_files(lambda root, value: huawei.types[root].encode(value))


if __name__ == '__main__':
    main()
