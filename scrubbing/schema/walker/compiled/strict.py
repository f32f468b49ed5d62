"""The walker of strict, made from the table by `scrubbing.schema.generate`; not to be edited."""

# fmt: off
# ruff: noqa: C901, D103, E501, F401, FURB171, I001, N802, PLR0912, PLR0915, PLR2004, Q000  # as printed

from __future__ import annotations

from typing import Any

from scrubbing.schema.walker.bags import mapping, take_bag
from scrubbing.schema.walker.careful import BAG, leaf_taker, members, plain_members, record, rest, sized_bag, values
from scrubbing.schema.kinds import Kind
from scrubbing.schema.walker.leaves import is_number, known_facts, matches, taker
from scrubbing.schema.strings import FORMS, RELATIVES, SYMBOLS, is_bare_address, is_relative, is_symbol
from scrubbing.schema.walker.walk import Field, Record, Walk

_form_0 = known_facts('__cause__|__context__|__suppress_context__|exceptions\\[\\d{1,4}\\]')
_form_1 = known_facts('\\d{1,2}\\.\\d{1,3}\\.\\d{1,3}([abrc]{1,2}\\d{1,2})?\\+?')
_form_2 = known_facts('\\d{1,5}(\\.\\d{1,5})?')
_form_9 = known_facts('\\d{1,4}(\\.\\d{1,4}){0,3}((a|b|rc|\\.dev|\\.post)\\d{1,3})?')
_form_10 = known_facts('(?=.{1,200}\\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*')
_form_11 = known_facts('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}')

_Frame_0 = Field(Kind.PATH, 256, is_relative)
_Frame_1 = Field(Kind.SYMBOL, 256, is_symbol)
_Frame_2 = Field(Kind.SYMBOL, 256, is_symbol)
_Frame_6 = Field(Kind.CODE, 256)
_Frame_7 = Field(Kind.CODE, 256, many=8)
_Frame_8 = Field(Kind.CODE, 256, many=8)
_Frame: dict[str, Field] = {'filename': _Frame_0, 'module': _Frame_1, 'function': _Frame_2, 'context_line': _Frame_6, 'pre_context': _Frame_7, 'post_context': _Frame_8}


def Frame(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Frame', 'strict', value, walk)
    if len(value) == 8:
        try:
            x0 = value['filename']
            x1 = value['module']
            x2 = value['function']
            x3 = value['lineno']
            x5 = value['in_app']
            x6 = value['context_line']
            x7 = value['pre_context']
            x8 = value['post_context']
        except KeyError:
            pass
        else:
            if type(x0) is str and RELATIVES[x0] and type(x1) is str and SYMBOLS[x1] and type(x2) is str and SYMBOLS[x2] and type(x3) is int and 0 <= x3 <= 10000000 and (x5 is True or x5 is False) and type(x6) is str and len(x6) <= 256 and type(x7) is list and len(x7) <= 8 and type(x8) is list and len(x8) <= 8:
                x7 = x7.copy()
                for text in x7:
                    if type(text) is not str or len(text) > 256:
                        return record('Frame', 'strict', value, walk)
                x8 = x8.copy()
                for text in x8:
                    if type(text) is not str or len(text) > 256:
                        return record('Frame', 'strict', value, walk)
                out: dict[str, Any] = {'filename': x0, 'module': x1, 'function': x2, 'lineno': x3, 'in_app': x5, 'context_line': x6, 'pre_context': x7, 'post_context': x8}
                texts = walk.texts
                texts += x0, x1, x2, x6
                texts += x7
                texts += x8
                walk.records.append(out)
                walk.fields.append(_Frame)
                return out
    out = {}
    x0 = ''
    if 'filename' in value:
        x0 = value['filename']
        if type(x0) is str and RELATIVES[x0]:
            out['filename'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('Frame', 'strict', value, walk)
    x1 = ''
    if 'module' in value:
        x1 = value['module']
        if type(x1) is str and SYMBOLS[x1]:
            out['module'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Frame', 'strict', value, walk)
    x2 = ''
    if 'function' in value:
        x2 = value['function']
        if type(x2) is str and SYMBOLS[x2]:
            out['function'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('Frame', 'strict', value, walk)
    if 'lineno' in value:
        x3 = value['lineno']
        if type(x3) is int and 0 <= x3 <= 10000000:
            out['lineno'] = x3
    if 'colno' in value:
        x4 = value['colno']
        if type(x4) is int and 0 <= x4 <= 100000:
            out['colno'] = x4
    if 'in_app' in value:
        x5 = value['in_app']
        if (x5 is True or x5 is False):
            out['in_app'] = x5
    x6 = ''
    if 'context_line' in value:
        x6 = value['context_line']
        if type(x6) is str and len(x6) <= 256:
            out['context_line'] = x6
        elif x6 is None:
            x6 = ''
        else:
            return record('Frame', 'strict', value, walk)
    x7 = None
    if 'pre_context' in value:
        x7 = value['pre_context']
        if type(x7) is list and len(x7) <= 8:
            out['pre_context'] = x7 = x7.copy()
            for text in x7:
                if type(text) is not str or len(text) > 256:
                    return record('Frame', 'strict', value, walk)
        elif x7 is not None:
            return record('Frame', 'strict', value, walk)
    x8 = None
    if 'post_context' in value:
        x8 = value['post_context']
        if type(x8) is list and len(x8) <= 8:
            out['post_context'] = x8 = x8.copy()
            for text in x8:
                if type(text) is not str or len(text) > 256:
                    return record('Frame', 'strict', value, walk)
        elif x8 is not None:
            return record('Frame', 'strict', value, walk)
    walk.texts += x0, x1, x2, x6
    if x7:
        walk.texts += x7
    if x8:
        walk.texts += x8
    walk.records.append(out)
    walk.fields.append(_Frame)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Stacktrace: dict[str, Field] = {}


def Stacktrace(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Stacktrace', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'frames' in value:
        x0 = members(value['frames'], 250, Frame, walk)
        if x0 is not None:
            out['frames'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_CError: dict[str, Field] = {}


def CError(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('CError', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'number' in value:
        x0 = value['number']
        if type(x0) is int and 0 <= x0 <= 20000:
            out['number'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_MechanismMeta: dict[str, Field] = {}


def MechanismMeta(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('MechanismMeta', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'errno' in value:
        x0 = CError(value['errno'], walk)
        if x0 is not None:
            out['errno'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Mechanism: dict[str, Field] = {}


def Mechanism(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Mechanism', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'type' in value:
        x0 = value['type']
        if type(x0) is str and x0 in {'generic', 'chained', 'command', 'excepthook', 'threading', 'unraisablehook', 'asyncio', 'tkinter', 'multiprocessing', 'faulthandler', 'logging', 'aiohttp', 'arq', 'asgi', 'aws_lambda', 'beam', 'bottle', 'celery', 'chalice', 'django', 'dramatiq', 'falcon', 'fastapi', 'flask', 'gcp', 'gql', 'graphene', 'grpc', 'huey', 'litestar', 'pyramid', 'quart', 'ray', 'rq', 'sanic', 'serverless', 'spark', 'starlette', 'starlite', 'strawberry', 'sys_exit', 'tornado', 'trytond', 'typer', 'wsgi'}:
            out['type'] = x0
    if 'handled' in value:
        x1 = value['handled']
        if (x1 is True or x1 is False):
            out['handled'] = x1
    if 'source' in value:
        x2 = value['source']
        if _form_0[x2] if type(x2) is str else x2 is not None and matches('__cause__|__context__|__suppress_context__|exceptions\\[\\d{1,4}\\]', x2):
            out['source'] = x2
    if 'exception_id' in value:
        x3 = value['exception_id']
        if type(x3) is int and 0 <= x3 <= 1000:
            out['exception_id'] = x3
    if 'parent_id' in value:
        x4 = value['parent_id']
        if type(x4) is int and 0 <= x4 <= 1000:
            out['parent_id'] = x4
    if 'is_exception_group' in value:
        x5 = value['is_exception_group']
        if (x5 is True or x5 is False):
            out['is_exception_group'] = x5
    if 'synthetic' in value:
        x6 = value['synthetic']
        if (x6 is True or x6 is False):
            out['synthetic'] = x6
    if 'meta' in value:
        x7 = MechanismMeta(value['meta'], walk)
        if x7 is not None:
            out['meta'] = x7
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_ExceptionValue_0 = Field(Kind.SYMBOL, 256, is_symbol)
_ExceptionValue_1 = Field(Kind.SYMBOL, 256, is_symbol)
_ExceptionValue_2 = Field(Kind.MESSAGE, 8192)
_ExceptionValue: dict[str, Field] = {'type': _ExceptionValue_0, 'module': _ExceptionValue_1, 'value': _ExceptionValue_2}


def ExceptionValue(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('ExceptionValue', 'strict', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'type' in value:
        x0 = value['type']
        if type(x0) is str and SYMBOLS[x0]:
            out['type'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('ExceptionValue', 'strict', value, walk)
    x1 = ''
    if 'module' in value:
        x1 = value['module']
        if type(x1) is str and SYMBOLS[x1]:
            out['module'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('ExceptionValue', 'strict', value, walk)
    x2 = ''
    if 'value' in value:
        x2 = value['value']
        if type(x2) is str and len(x2) <= 8192:
            out['value'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('ExceptionValue', 'strict', value, walk)
    walk.texts += x0, x1, x2
    walk.records.append(out)
    walk.fields.append(_ExceptionValue)
    if 'mechanism' in value:
        x3 = Mechanism(value['mechanism'], walk)
        if x3 is not None:
            out['mechanism'] = x3
    if 'stacktrace' in value:
        x4 = Stacktrace(value['stacktrace'], walk)
        if x4 is not None:
            out['stacktrace'] = x4
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Thread: dict[str, Field] = {}


def Thread(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Thread', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'id' in value:
        x0 = value['id']
        if type(x0) is int and 0 <= x0 <= 18446744073709551615:
            out['id'] = x0
    if 'crashed' in value:
        x1 = value['crashed']
        if (x1 is True or x1 is False):
            out['crashed'] = x1
    if 'current' in value:
        x2 = value['current']
        if (x2 is True or x2 is False):
            out['current'] = x2
    if 'main' in value:
        x3 = value['main']
        if (x3 is True or x3 is False):
            out['main'] = x3
    if 'stacktrace' in value:
        x4 = Stacktrace(value['stacktrace'], walk)
        if x4 is not None:
            out['stacktrace'] = x4
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_RuntimeContext: dict[str, Field] = {}


def RuntimeContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('RuntimeContext', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and x0 in {'CPython', 'PyPy', 'GraalPy'}:
            out['name'] = x0
    if 'version' in value:
        x1 = value['version']
        if _form_1[x1] if type(x1) is str else x1 is not None and matches('\\d{1,2}\\.\\d{1,3}\\.\\d{1,3}([abrc]{1,2}\\d{1,2})?\\+?', x1):
            out['version'] = x1
    if 'type' in value:
        x2 = value['type']
        if type(x2) is str and x2 in {'runtime'}:
            out['type'] = x2
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_OsContext: dict[str, Field] = {}


def OsContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('OsContext', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and x0 in {'Linux', 'macOS', 'Windows', 'FreeBSD', 'Other'}:
            out['name'] = x0
    if 'version' in value:
        x1 = value['version']
        if _form_2[x1] if type(x1) is str else x1 is not None and matches('\\d{1,5}(\\.\\d{1,5})?', x1):
            out['version'] = x1
    if 'type' in value:
        x2 = value['type']
        if type(x2) is str and x2 in {'os'}:
            out['type'] = x2
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Feedback_0 = Field(Kind.TEXT, 4096)
_Feedback_1 = Field(Kind.TEXT, 254)
_Feedback_2 = Field(Kind.TEXT, 128)
_Feedback: dict[str, Field] = {'message': _Feedback_0, 'contact_email': _Feedback_1, 'name': _Feedback_2}


def Feedback(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Feedback', 'strict', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'message' in value:
        x0 = value['message']
        if type(x0) is str and len(x0) <= 4096:
            out['message'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('Feedback', 'strict', value, walk)
    x1 = ''
    if 'contact_email' in value:
        x1 = value['contact_email']
        if type(x1) is str and len(x1) <= 254:
            out['contact_email'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Feedback', 'strict', value, walk)
    x2 = ''
    if 'name' in value:
        x2 = value['name']
        if type(x2) is str and len(x2) <= 128:
            out['name'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('Feedback', 'strict', value, walk)
    if 'associated_event_id' in value:
        x3 = value['associated_event_id']
        if len(x3) == 32 and not x3.strip('0123456789abcdef') if type(x3) is str else x3 is not None and matches('[0-9a-f]{32}', x3):
            out['associated_event_id'] = x3
    walk.texts += x0, x1, x2
    walk.records.append(out)
    walk.fields.append(_Feedback)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Contexts: dict[str, Field] = {}


def Contexts(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Contexts', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'runtime' in value:
        x0 = RuntimeContext(value['runtime'], walk)
        if x0 is not None:
            out['runtime'] = x0
    if 'os' in value:
        x1 = OsContext(value['os'], walk)
        if x1 is not None:
            out['os'] = x1
    if 'feedback' in value:
        x2 = Feedback(value['feedback'], walk)
        if x2 is not None:
            out['feedback'] = x2
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_User: dict[str, Field] = {}


def User(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('User', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'id' in value:
        x0 = value['id']
        if FORMS['[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'](x0) if type(x0) is str else x0 is not None and matches('[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', x0):
            out['id'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_LogEntry_0 = Field(Kind.MESSAGE, 8192)
_LogEntry_1 = Field(Kind.MESSAGE, 8192)
_LogEntry: dict[str, Field] = {'formatted': _LogEntry_0, 'message': _LogEntry_1}


def LogEntry(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('LogEntry', 'strict', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'formatted' in value:
        x0 = value['formatted']
        if type(x0) is str and len(x0) <= 8192:
            out['formatted'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('LogEntry', 'strict', value, walk)
    x1 = ''
    if 'message' in value:
        x1 = value['message']
        if type(x1) is str and len(x1) <= 8192:
            out['message'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('LogEntry', 'strict', value, walk)
    walk.texts += x0, x1
    walk.records.append(out)
    walk.fields.append(_LogEntry)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Tags: dict[str, Field] = {}


def Tags(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Tags', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'subcommand' in value:
        x0 = value['subcommand']
        if FORMS['[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\\?>'](x0) if type(x0) is str else x0 is not None and matches('[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\\?>', x0):
            out['subcommand'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_SdkPackage: dict[str, Field] = {}


def SdkPackage(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('SdkPackage', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and x0 in {'pypi:sentry-sdk'}:
            out['name'] = x0
    if 'version' in value:
        x1 = value['version']
        if _form_9[x1] if type(x1) is str else x1 is not None and matches('\\d{1,4}(\\.\\d{1,4}){0,3}((a|b|rc|\\.dev|\\.post)\\d{1,3})?', x1):
            out['version'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Sdk: dict[str, Field] = {}


def Sdk(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Sdk', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and x0 in {'sentry.python', 'sentry.python.excepthook', 'sentry.python.threading', 'sentry.python.unraisablehook', 'sentry.python.asyncio', 'sentry.python.tkinter', 'sentry.python.multiprocessing', 'sentry.python.faulthandler', 'sentry.python.logging', 'sentry.python.aiohttp', 'sentry.python.arq', 'sentry.python.asgi', 'sentry.python.aws_lambda', 'sentry.python.beam', 'sentry.python.bottle', 'sentry.python.celery', 'sentry.python.chalice', 'sentry.python.django', 'sentry.python.dramatiq', 'sentry.python.falcon', 'sentry.python.fastapi', 'sentry.python.flask', 'sentry.python.gcp', 'sentry.python.gql', 'sentry.python.graphene', 'sentry.python.grpc', 'sentry.python.huey', 'sentry.python.litestar', 'sentry.python.pyramid', 'sentry.python.quart', 'sentry.python.ray', 'sentry.python.rq', 'sentry.python.sanic', 'sentry.python.serverless', 'sentry.python.spark', 'sentry.python.starlette', 'sentry.python.starlite', 'sentry.python.strawberry', 'sentry.python.sys_exit', 'sentry.python.tornado', 'sentry.python.trytond', 'sentry.python.typer', 'sentry.python.wsgi', 'sentry.python.aiomysql', 'sentry.python.anthropic', 'sentry.python.argv', 'sentry.python.ariadne', 'sentry.python.asyncpg', 'sentry.python.atexit', 'sentry.python.boto3', 'sentry.python.clickhouse_driver', 'sentry.python.cloudresourcecontext', 'sentry.python.cohere', 'sentry.python.dedupe', 'sentry.python.executing', 'sentry.python.gnu_backtrace', 'sentry.python.google_genai', 'sentry.python.httpx', 'sentry.python.httpx2', 'sentry.python.huggingface_hub', 'sentry.python.langchain', 'sentry.python.langgraph', 'sentry.python.launchdarkly', 'sentry.python.litellm', 'sentry.python.loguru', 'sentry.python.mcp', 'sentry.python.modules', 'sentry.python.openai', 'sentry.python.openai_agents', 'sentry.python.openfeature', 'sentry.python.opentelemetry', 'sentry.python.otlp', 'sentry.python.pure_eval', 'sentry.python.pydantic_ai', 'sentry.python.pymongo', 'sentry.python.pyreqwest', 'sentry.python.redis', 'sentry.python.rust_tracing', 'sentry.python.socket', 'sentry.python.spark_worker', 'sentry.python.sqlalchemy', 'sentry.python.statsig', 'sentry.python.stdlib', 'sentry.python.trytond_wsgi', 'sentry.python.typesafe', 'sentry.python.unleash'}:
            out['name'] = x0
    if 'version' in value:
        x1 = value['version']
        if _form_9[x1] if type(x1) is str else x1 is not None and matches('\\d{1,4}(\\.\\d{1,4}){0,3}((a|b|rc|\\.dev|\\.post)\\d{1,3})?', x1):
            out['version'] = x1
    if 'integrations' in value:
        x2 = value['integrations']
        if type(x2) is list and len(x2) <= 100:
            out['integrations'] = found = [one for one in x2 if type(one) is str and one in {'excepthook', 'threading', 'unraisablehook', 'asyncio', 'tkinter', 'multiprocessing', 'faulthandler', 'logging', 'aiohttp', 'arq', 'asgi', 'aws_lambda', 'beam', 'bottle', 'celery', 'chalice', 'django', 'dramatiq', 'falcon', 'fastapi', 'flask', 'gcp', 'gql', 'graphene', 'grpc', 'huey', 'litestar', 'pyramid', 'quart', 'ray', 'rq', 'sanic', 'serverless', 'spark', 'starlette', 'starlite', 'strawberry', 'sys_exit', 'tornado', 'trytond', 'typer', 'wsgi', 'aiomysql', 'anthropic', 'argv', 'ariadne', 'asyncpg', 'atexit', 'boto3', 'clickhouse_driver', 'cloudresourcecontext', 'cohere', 'dedupe', 'executing', 'gnu_backtrace', 'google_genai', 'httpx', 'httpx2', 'huggingface_hub', 'langchain', 'langgraph', 'launchdarkly', 'litellm', 'loguru', 'mcp', 'modules', 'openai', 'openai_agents', 'openfeature', 'opentelemetry', 'otlp', 'pure_eval', 'pydantic_ai', 'pymongo', 'pyreqwest', 'redis', 'rust_tracing', 'socket', 'spark_worker', 'sqlalchemy', 'statsig', 'stdlib', 'trytond_wsgi', 'typesafe', 'unleash'}]
            walk.dropped += len(x2) - len(found)
        elif x2 is not None:
            x2 = plain_members(x2, 100, taker(lambda one: type(one) is str and one in {'excepthook', 'threading', 'unraisablehook', 'asyncio', 'tkinter', 'multiprocessing', 'faulthandler', 'logging', 'aiohttp', 'arq', 'asgi', 'aws_lambda', 'beam', 'bottle', 'celery', 'chalice', 'django', 'dramatiq', 'falcon', 'fastapi', 'flask', 'gcp', 'gql', 'graphene', 'grpc', 'huey', 'litestar', 'pyramid', 'quart', 'ray', 'rq', 'sanic', 'serverless', 'spark', 'starlette', 'starlite', 'strawberry', 'sys_exit', 'tornado', 'trytond', 'typer', 'wsgi', 'aiomysql', 'anthropic', 'argv', 'ariadne', 'asyncpg', 'atexit', 'boto3', 'clickhouse_driver', 'cloudresourcecontext', 'cohere', 'dedupe', 'executing', 'gnu_backtrace', 'google_genai', 'httpx', 'httpx2', 'huggingface_hub', 'langchain', 'langgraph', 'launchdarkly', 'litellm', 'loguru', 'mcp', 'modules', 'openai', 'openai_agents', 'openfeature', 'opentelemetry', 'otlp', 'pure_eval', 'pydantic_ai', 'pymongo', 'pyreqwest', 'redis', 'rust_tracing', 'socket', 'spark_worker', 'sqlalchemy', 'statsig', 'stdlib', 'trytond_wsgi', 'typesafe', 'unleash'}), walk)
            if x2 is not None:
                out['integrations'] = x2
    if 'packages' in value:
        x3 = members(value['packages'], 4, SdkPackage, walk)
        if x3 is not None:
            out['packages'] = x3
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Event_4 = Field(Kind.SYMBOL, 64, is_symbol)
_Event_13 = Field(Kind.TEXT, 200, many=10)
_Event: dict[str, Field] = {'logger': _Event_4, 'fingerprint': _Event_13}


def Event(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Event', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'event_id' in value:
        x0 = value['event_id']
        if len(x0) == 32 and not x0.strip('0123456789abcdef') if type(x0) is str else x0 is not None and matches('[0-9a-f]{32}', x0):
            out['event_id'] = x0
    if 'timestamp' in value:
        x1 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x1) if type(x1) is str else x1 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x1):
            out['timestamp'] = x1
    if 'platform' in value:
        x2 = value['platform']
        if type(x2) is str and x2 in {'python', 'other'}:
            out['platform'] = x2
    if 'level' in value:
        x3 = value['level']
        if type(x3) is str and x3 in {'fatal', 'critical', 'error', 'warning', 'info', 'debug'}:
            out['level'] = x3
    x4 = ''
    if 'logger' in value:
        x4 = value['logger']
        if type(x4) is str and len(x4) <= 64 and SYMBOLS[x4]:
            out['logger'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('Event', 'strict', value, walk)
    if 'release' in value:
        x5 = value['release']
        if _form_10[x5] if type(x5) is str else x5 is not None and matches('(?=.{1,200}\\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*', x5):
            out['release'] = x5
    if 'environment' in value:
        x6 = value['environment']
        if _form_11[x6] if type(x6) is str else x6 is not None and matches('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}', x6):
            out['environment'] = x6
    if 'dist' in value:
        x7 = value['dist']
        if _form_11[x7] if type(x7) is str else x7 is not None and matches('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}', x7):
            out['dist'] = x7
    x13 = None
    if 'fingerprint' in value:
        x13 = value['fingerprint']
        if type(x13) is list and len(x13) <= 10:
            out['fingerprint'] = x13 = x13.copy()
            for text in x13:
                if type(text) is not str or len(text) > 200:
                    return record('Event', 'strict', value, walk)
        elif x13 is not None:
            return record('Event', 'strict', value, walk)
    if 'type' in value:
        x14 = value['type']
        if type(x14) is str and x14 in {'error', 'default', 'transaction', 'feedback'}:
            out['type'] = x14
    walk.texts.append(x4)
    if x13:
        walk.texts += x13
    walk.records.append(out)
    walk.fields.append(_Event)
    if 'tags' in value:
        x8 = Tags(value['tags'], walk)
        if x8 is not None:
            out['tags'] = x8
    if 'contexts' in value:
        x9 = Contexts(value['contexts'], walk)
        if x9 is not None:
            out['contexts'] = x9
    if 'sdk' in value:
        x10 = Sdk(value['sdk'], walk)
        if x10 is not None:
            out['sdk'] = x10
    if 'exception' in value:
        x11 = values(value['exception'], 50, ExceptionValue, walk)
        if x11 is not None:
            out['exception'] = x11
    if 'logentry' in value:
        x12 = LogEntry(value['logentry'], walk)
        if x12 is not None:
            out['logentry'] = x12
    if 'threads' in value:
        x15 = values(value['threads'], 100, Thread, walk)
        if x15 is not None:
            out['threads'] = x15
    if 'user' in value:
        x16 = User(value['user'], walk)
        if x16 is not None:
            out['user'] = x16
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_SessionAttributes: dict[str, Field] = {}


def SessionAttributes(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('SessionAttributes', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'release' in value:
        x0 = value['release']
        if _form_10[x0] if type(x0) is str else x0 is not None and matches('(?=.{1,200}\\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*', x0):
            out['release'] = x0
    if 'environment' in value:
        x1 = value['environment']
        if _form_11[x1] if type(x1) is str else x1 is not None and matches('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}', x1):
            out['environment'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Session: dict[str, Field] = {}


def Session(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Session', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'sid' in value:
        x0 = value['sid']
        if FORMS['[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}'](x0) if type(x0) is str else x0 is not None and matches('[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}', x0):
            out['sid'] = x0
    if 'init' in value:
        x1 = value['init']
        if (x1 is True or x1 is False):
            out['init'] = x1
    if 'seq' in value:
        x2 = value['seq']
        if type(x2) is int and 0 <= x2 <= 1000000:
            out['seq'] = x2
    if 'started' in value:
        x3 = value['started']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x3) if type(x3) is str else x3 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x3):
            out['started'] = x3
    if 'timestamp' in value:
        x4 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x4) if type(x4) is str else x4 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x4):
            out['timestamp'] = x4
    if 'status' in value:
        x5 = value['status']
        if type(x5) is str and x5 in {'ok', 'exited', 'errored', 'crashed', 'abnormal'}:
            out['status'] = x5
    if 'errors' in value:
        x6 = value['errors']
        if type(x6) is int and 0 <= x6 <= 1000000:
            out['errors'] = x6
    if 'did' in value:
        x8 = value['did']
        if FORMS['[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'](x8) if type(x8) is str else x8 is not None and matches('[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', x8):
            out['did'] = x8
    if 'attrs' in value:
        x7 = SessionAttributes(value['attrs'], walk)
        if x7 is not None:
            out['attrs'] = x7
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_SessionBucket: dict[str, Field] = {}


def SessionBucket(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('SessionBucket', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'started' in value:
        x0 = value['started']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x0) if type(x0) is str else x0 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x0):
            out['started'] = x0
    if 'exited' in value:
        x1 = value['exited']
        if type(x1) is int and 0 <= x1 <= 1000000:
            out['exited'] = x1
    if 'errored' in value:
        x2 = value['errored']
        if type(x2) is int and 0 <= x2 <= 1000000:
            out['errored'] = x2
    if 'crashed' in value:
        x3 = value['crashed']
        if type(x3) is int and 0 <= x3 <= 1000000:
            out['crashed'] = x3
    if 'abnormal' in value:
        x4 = value['abnormal']
        if type(x4) is int and 0 <= x4 <= 1000000:
            out['abnormal'] = x4
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Sessions: dict[str, Field] = {}


def Sessions(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Sessions', 'strict', value, walk)
    out: dict[str, Any] = {}
    if 'aggregates' in value:
        x0 = members(value['aggregates'], 100, SessionBucket, walk)
        if x0 is not None:
            out['aggregates'] = x0
    if 'attrs' in value:
        x1 = SessionAttributes(value['attrs'], walk)
        if x1 is not None:
            out['attrs'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


TAKES: dict[str, Record] = {'Frame': Frame, 'Stacktrace': Stacktrace, 'CError': CError, 'MechanismMeta': MechanismMeta, 'Mechanism': Mechanism, 'ExceptionValue': ExceptionValue, 'Thread': Thread, 'RuntimeContext': RuntimeContext, 'OsContext': OsContext, 'Feedback': Feedback, 'Contexts': Contexts, 'User': User, 'LogEntry': LogEntry, 'Tags': Tags, 'SdkPackage': SdkPackage, 'Sdk': Sdk, 'Event': Event, 'SessionAttributes': SessionAttributes, 'Session': Session, 'SessionBucket': SessionBucket, 'Sessions': Sessions}
