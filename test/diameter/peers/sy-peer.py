"""A PCRF by python-diameter: subscribes, prints what it hears as lines of JSON, ends the subscription when it was told once.

    python sy-peer.py <port>
"""
import json
import sys
import threading

from diameter.message.commands import SessionTerminationRequest, SpendingLimitRequest
from diameter.message.constants import (
    APP_3GPP_SY,
    E_SUBSCRIPTION_ID_TYPE_END_USER_E164,
    E_TERMINATION_CAUSE_DIAMETER_LOGOUT,
)
from diameter.message.avp.grouped import SubscriptionId
from diameter.node import Node
from diameter.node.application import SimpleThreadingApplication

told = threading.Event()


def say(kind, message):
    reports = [
        [report.policy_counter_identifier, report.policy_counter_status]
        for report in getattr(message, "policy_counter_status_report", None) or []
    ]
    print(json.dumps({"kind": kind, "result": getattr(message, "result_code", None), "reports": reports}), flush=True)


def asked(application, message):
    say("SNR", message)
    answer = application.generate_answer(message)
    answer.result_code = 2001
    told.set()
    return answer


def common(message):
    message.session_id = SESSION
    message.origin_host = b"pcrf1.example.org"
    message.origin_realm = b"example.org"
    message.destination_realm = b"example.net"
    message.auth_application_id = APP_3GPP_SY
    message.header.application_id = APP_3GPP_SY
    return message


node = Node("pcrf1.example.org", "example.org")
peer = node.add_peer(f"aaa://ocs1.example.net:{sys.argv[1]}", "example.net", ip_addresses=["127.0.0.1"], is_persistent=True)
application = SimpleThreadingApplication(APP_3GPP_SY, is_auth_application=True, request_handler=asked)
node.add_application(application, [peer], realms=["example.org"])
node.start()
application.wait_for_ready(10)
SESSION = node.session_generator.next_id()

request = common(SpendingLimitRequest())
request.sl_request_type = 0
request.subscription_id = [SubscriptionId(E_SUBSCRIPTION_ID_TYPE_END_USER_E164, "491701234567")]
request.policy_counter_identifier = ["fair"]
say("SLA", application.send_request(request, timeout=10))
told.wait(10)
end = common(SessionTerminationRequest())
end.termination_cause = E_TERMINATION_CAUSE_DIAMETER_LOGOUT
say("STA", application.send_request(end, timeout=10))
node.stop(wait_timeout=5)
