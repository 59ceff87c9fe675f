"""boto3, driven by lines: reads [method, parameters] in JSON, and writes what came back or what it failed with.

Bytes are {"bytes": <their Base64>} on both sides.
"""

import base64
import json
import sys

import boto3
import botocore.client
import botocore.exceptions

settings = json.loads(sys.argv[1])
client = boto3.client(
    "s3",
    **settings["client"],
    config=botocore.client.Config(retries={"max_attempts": 0}, **settings["config"]),
)


def read(value):
    if isinstance(value, dict):
        if list(value) == ["bytes"]:
            return base64.b64decode(value["bytes"])
        return {name: read(item) for name, item in value.items()}
    return [read(item) for item in value] if isinstance(value, list) else value


def written(value):
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return str(value)


def answer(method, parameters):
    try:
        if method == "paginate":
            operation = parameters.pop("Operation")
            return {"result": list(client.get_paginator(operation).paginate(**parameters))}
        return {"result": getattr(client, method)(**read(parameters))}
    except botocore.exceptions.ClientError as error:
        return {"code": error.response["Error"]["Code"]}
    except boto3.exceptions.S3UploadFailedError as error:
        return {"code": str(error)}


for line in sys.stdin:
    print(json.dumps(answer(*json.loads(line)), default=written), flush=True)
