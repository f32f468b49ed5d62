"""The walker of verbose, made from the table by `scrubbing.schema.generate`; not to be edited."""

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
_form_6 = known_facts('[A-Z]{1,16}')
_form_9 = known_facts('\\d{1,4}(\\.\\d{1,4}){0,3}((a|b|rc|\\.dev|\\.post)\\d{1,3})?')
_form_10 = known_facts('(?=.{1,200}\\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*')
_form_11 = known_facts('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}')

_Frame_0 = Field(Kind.PATH, 256)
_Frame_1 = Field(Kind.SYMBOL, 256, is_symbol)
_Frame_2 = Field(Kind.SYMBOL, 256, is_symbol)
_Frame_6 = Field(Kind.CODE, 256)
_Frame_7 = Field(Kind.CODE, 256, many=8)
_Frame_8 = Field(Kind.CODE, 256, many=8)
_Frame_9 = Field(Kind.PATH, 1024)
_Frame_10 = Field(Kind.TEXT, 64)
_Frame_11 = sized_bag(2048)
_Frame: dict[str, Field] = {'filename': _Frame_0, 'module': _Frame_1, 'function': _Frame_2, 'context_line': _Frame_6, 'pre_context': _Frame_7, 'post_context': _Frame_8, 'abs_path': _Frame_9, 'platform': _Frame_10, 'vars': _Frame_11}


def Frame(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Frame', 'verbose', value, walk)
    if len(value) == 10:
        try:
            x0 = value['filename']
            x1 = value['module']
            x2 = value['function']
            x3 = value['lineno']
            x5 = value['in_app']
            x6 = value['context_line']
            x7 = value['pre_context']
            x8 = value['post_context']
            x9 = value['abs_path']
            x11 = value['vars']
        except KeyError:
            pass
        else:
            if type(x0) is str and len(x0) <= 256 and type(x1) is str and SYMBOLS[x1] and type(x2) is str and SYMBOLS[x2] and type(x3) is int and 0 <= x3 <= 10000000 and (x5 is True or x5 is False) and type(x6) is str and len(x6) <= 256 and type(x9) is str and len(x9) <= 1024 and type(x7) is list and len(x7) <= 8 and type(x8) is list and len(x8) <= 8:
                x7 = x7.copy()
                for text in x7:
                    if type(text) is not str or len(text) > 256:
                        return record('Frame', 'verbose', value, walk)
                x8 = x8.copy()
                for text in x8:
                    if type(text) is not str or len(text) > 256:
                        return record('Frame', 'verbose', value, walk)
                out: dict[str, Any] = {'filename': x0, 'module': x1, 'function': x2, 'lineno': x3, 'in_app': x5, 'context_line': x6, 'abs_path': x9, 'pre_context': x7, 'post_context': x8}
                texts = walk.texts
                texts += x0, x1, x2, x6, x9
                texts += x7
                texts += x8
                walk.records.append(out)
                walk.fields.append(_Frame)
                if type(x11) is dict:
                    out['vars'] = mapping(x11, 3, 100, walk)
                else:
                    out['vars'] = take_bag(x11, 'vars', 100, walk, 4)
                return out
    out = {}
    x0 = ''
    if 'filename' in value:
        x0 = value['filename']
        if type(x0) is str and len(x0) <= 256:
            out['filename'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('Frame', 'verbose', value, walk)
    x1 = ''
    if 'module' in value:
        x1 = value['module']
        if type(x1) is str and SYMBOLS[x1]:
            out['module'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Frame', 'verbose', value, walk)
    x2 = ''
    if 'function' in value:
        x2 = value['function']
        if type(x2) is str and SYMBOLS[x2]:
            out['function'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('Frame', 'verbose', value, walk)
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
            return record('Frame', 'verbose', value, walk)
    x7 = None
    if 'pre_context' in value:
        x7 = value['pre_context']
        if type(x7) is list and len(x7) <= 8:
            out['pre_context'] = x7 = x7.copy()
            for text in x7:
                if type(text) is not str or len(text) > 256:
                    return record('Frame', 'verbose', value, walk)
        elif x7 is not None:
            return record('Frame', 'verbose', value, walk)
    x8 = None
    if 'post_context' in value:
        x8 = value['post_context']
        if type(x8) is list and len(x8) <= 8:
            out['post_context'] = x8 = x8.copy()
            for text in x8:
                if type(text) is not str or len(text) > 256:
                    return record('Frame', 'verbose', value, walk)
        elif x8 is not None:
            return record('Frame', 'verbose', value, walk)
    x9 = ''
    if 'abs_path' in value:
        x9 = value['abs_path']
        if type(x9) is str and len(x9) <= 1024:
            out['abs_path'] = x9
        elif x9 is None:
            x9 = ''
        else:
            return record('Frame', 'verbose', value, walk)
    x10 = ''
    if 'platform' in value:
        x10 = value['platform']
        if type(x10) is str and len(x10) <= 64:
            out['platform'] = x10
        elif x10 is None:
            x10 = ''
        else:
            return record('Frame', 'verbose', value, walk)
    walk.texts += x0, x1, x2, x6, x9, x10
    if x7:
        walk.texts += x7
    if x8:
        walk.texts += x8
    walk.records.append(out)
    walk.fields.append(_Frame)
    if 'vars' in value:
        x11 = value['vars']
        if type(x11) is dict:
            out['vars'] = mapping(x11, 3, 100, walk)
        else:
            out['vars'] = take_bag(x11, 'vars', 100, walk, 4)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Stacktrace: dict[str, Field] = {}


def Stacktrace(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Stacktrace', 'verbose', value, walk)
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
        return record('CError', 'verbose', value, walk)
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
        return record('MechanismMeta', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'errno' in value:
        x0 = CError(value['errno'], walk)
        if x0 is not None:
            out['errno'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Mechanism_8 = sized_bag(2048)
_Mechanism: dict[str, Field] = {'data': _Mechanism_8}


def Mechanism(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Mechanism', 'verbose', value, walk)
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
    walk.records.append(out)
    walk.fields.append(_Mechanism)
    if 'meta' in value:
        x7 = MechanismMeta(value['meta'], walk)
        if x7 is not None:
            out['meta'] = x7
    if 'data' in value:
        x8 = value['data']
        if type(x8) is dict:
            out['data'] = mapping(x8, 3, 50, walk)
        else:
            out['data'] = take_bag(x8, 'data', 50, walk, 4)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_ExceptionValue_0 = Field(Kind.SYMBOL, 256, is_symbol)
_ExceptionValue_1 = Field(Kind.SYMBOL, 256, is_symbol)
_ExceptionValue_2 = Field(Kind.MESSAGE, 8192)
_ExceptionValue: dict[str, Field] = {'type': _ExceptionValue_0, 'module': _ExceptionValue_1, 'value': _ExceptionValue_2}


def ExceptionValue(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('ExceptionValue', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'type' in value:
        x0 = value['type']
        if type(x0) is str and SYMBOLS[x0]:
            out['type'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('ExceptionValue', 'verbose', value, walk)
    x1 = ''
    if 'module' in value:
        x1 = value['module']
        if type(x1) is str and SYMBOLS[x1]:
            out['module'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('ExceptionValue', 'verbose', value, walk)
    x2 = ''
    if 'value' in value:
        x2 = value['value']
        if type(x2) is str and len(x2) <= 8192:
            out['value'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('ExceptionValue', 'verbose', value, walk)
    if 'thread_id' in value:
        x5 = value['thread_id']
        if x5 is not None and is_number(x5):
            out['thread_id'] = x5
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


_Thread_1 = Field(Kind.TEXT, 200)
_Thread: dict[str, Field] = {'name': _Thread_1}


def Thread(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Thread', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'id' in value:
        x0 = value['id']
        if type(x0) is int and 0 <= x0 <= 18446744073709551615:
            out['id'] = x0
    x1 = ''
    if 'name' in value:
        x1 = value['name']
        if type(x1) is str and len(x1) <= 200:
            out['name'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Thread', 'verbose', value, walk)
    if 'crashed' in value:
        x2 = value['crashed']
        if (x2 is True or x2 is False):
            out['crashed'] = x2
    if 'current' in value:
        x3 = value['current']
        if (x3 is True or x3 is False):
            out['current'] = x3
    if 'main' in value:
        x4 = value['main']
        if (x4 is True or x4 is False):
            out['main'] = x4
    walk.texts.append(x1)
    walk.records.append(out)
    walk.fields.append(_Thread)
    if 'stacktrace' in value:
        x5 = Stacktrace(value['stacktrace'], walk)
        if x5 is not None:
            out['stacktrace'] = x5
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_RuntimeContext: dict[str, Field] = {}


def RuntimeContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('RuntimeContext', 'verbose', value, walk)
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
        return record('OsContext', 'verbose', value, walk)
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


_TraceContext_3 = Field(Kind.TEXT, 64)
_TraceContext_4 = Field(Kind.TEXT, 64)
_TraceContext_5 = Field(Kind.TEXT, 64)
_TraceContext_6 = Field(Kind.TEXT, 8192)
_TraceContext: dict[str, Field] = {'op': _TraceContext_3, 'origin': _TraceContext_4, 'status': _TraceContext_5, 'description': _TraceContext_6, 'data': BAG}


def TraceContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('TraceContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'trace_id' in value:
        x0 = value['trace_id']
        if len(x0) == 32 and not x0.strip('0123456789abcdef') if type(x0) is str else x0 is not None and matches('[0-9a-f]{32}', x0):
            out['trace_id'] = x0
    if 'span_id' in value:
        x1 = value['span_id']
        if len(x1) == 16 and not x1.strip('0123456789abcdef') if type(x1) is str else x1 is not None and matches('[0-9a-f]{16}', x1):
            out['span_id'] = x1
    if 'parent_span_id' in value:
        x2 = value['parent_span_id']
        if len(x2) == 16 and not x2.strip('0123456789abcdef') if type(x2) is str else x2 is not None and matches('[0-9a-f]{16}', x2):
            out['parent_span_id'] = x2
    x3 = ''
    if 'op' in value:
        x3 = value['op']
        if type(x3) is str and len(x3) <= 64:
            out['op'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('TraceContext', 'verbose', value, walk)
    x4 = ''
    if 'origin' in value:
        x4 = value['origin']
        if type(x4) is str and len(x4) <= 64:
            out['origin'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('TraceContext', 'verbose', value, walk)
    x5 = ''
    if 'status' in value:
        x5 = value['status']
        if type(x5) is str and len(x5) <= 64:
            out['status'] = x5
        elif x5 is None:
            x5 = ''
        else:
            return record('TraceContext', 'verbose', value, walk)
    x6 = ''
    if 'description' in value:
        x6 = value['description']
        if type(x6) is str and len(x6) <= 8192:
            out['description'] = x6
        elif x6 is None:
            x6 = ''
        else:
            return record('TraceContext', 'verbose', value, walk)
    if 'type' in value:
        x8 = value['type']
        if type(x8) is str and x8 in {'trace'}:
            out['type'] = x8
    walk.texts += x3, x4, x5, x6
    walk.records.append(out)
    walk.fields.append(_TraceContext)
    if 'data' in value:
        x7 = value['data']
        if type(x7) is dict:
            out['data'] = mapping(x7, 7, 50, walk)
        else:
            out['data'] = take_bag(x7, 'data', 50, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Feedback_0 = Field(Kind.TEXT, 4096)
_Feedback_1 = Field(Kind.TEXT, 254)
_Feedback_2 = Field(Kind.TEXT, 128)
_Feedback: dict[str, Field] = {'message': _Feedback_0, 'contact_email': _Feedback_1, 'name': _Feedback_2}


def Feedback(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Feedback', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'message' in value:
        x0 = value['message']
        if type(x0) is str and len(x0) <= 4096:
            out['message'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('Feedback', 'verbose', value, walk)
    x1 = ''
    if 'contact_email' in value:
        x1 = value['contact_email']
        if type(x1) is str and len(x1) <= 254:
            out['contact_email'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Feedback', 'verbose', value, walk)
    x2 = ''
    if 'name' in value:
        x2 = value['name']
        if type(x2) is str and len(x2) <= 128:
            out['name'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('Feedback', 'verbose', value, walk)
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


_AppContext_0 = Field(Kind.TEXT, 200)
_AppContext_1 = Field(Kind.TEXT, 200)
_AppContext_2 = Field(Kind.TEXT, 200)
_AppContext_3 = Field(Kind.TEXT, 200)
_AppContext_4 = Field(Kind.TEXT, 64)
_AppContext_8 = Field(Kind.TEXT, 200, many=20)
_AppContext_9 = sized_bag(4096)
_AppContext_named = frozenset(['app_build', 'app_identifier', 'app_memory', 'app_name', 'app_start_time', 'app_version', 'build_type', 'device_app_hash', 'in_foreground', 'other', 'type', 'view_names'])
_AppContext_rest = leaf_taker(('other', 'BAG', 'standard', 50, None, None, None, '', '', True, False, 5, 4096), 'verbose')
_AppContext: dict[str, Field] = {'app_name': _AppContext_0, 'app_version': _AppContext_1, 'app_build': _AppContext_2, 'app_identifier': _AppContext_3, 'build_type': _AppContext_4, 'view_names': _AppContext_8}


def AppContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('AppContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'app_name' in value:
        x0 = value['app_name']
        if type(x0) is str and len(x0) <= 200:
            out['app_name'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('AppContext', 'verbose', value, walk)
    x1 = ''
    if 'app_version' in value:
        x1 = value['app_version']
        if type(x1) is str and len(x1) <= 200:
            out['app_version'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('AppContext', 'verbose', value, walk)
    x2 = ''
    if 'app_build' in value:
        x2 = value['app_build']
        if type(x2) is str and len(x2) <= 200:
            out['app_build'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('AppContext', 'verbose', value, walk)
    x3 = ''
    if 'app_identifier' in value:
        x3 = value['app_identifier']
        if type(x3) is str and len(x3) <= 200:
            out['app_identifier'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('AppContext', 'verbose', value, walk)
    x4 = ''
    if 'build_type' in value:
        x4 = value['build_type']
        if type(x4) is str and len(x4) <= 64:
            out['build_type'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('AppContext', 'verbose', value, walk)
    if 'type' in value:
        x5 = value['type']
        if type(x5) is str and x5 in {'app'}:
            out['type'] = x5
    if 'in_foreground' in value:
        x6 = value['in_foreground']
        if (x6 is True or x6 is False):
            out['in_foreground'] = x6
    if 'app_memory' in value:
        x7 = value['app_memory']
        if x7 is not None and is_number(x7):
            out['app_memory'] = x7
    x8 = None
    if 'view_names' in value:
        x8 = value['view_names']
        if type(x8) is list and len(x8) <= 20:
            out['view_names'] = x8 = x8.copy()
            for text in x8:
                if type(text) is not str or len(text) > 200:
                    return record('AppContext', 'verbose', value, walk)
        elif x8 is not None:
            return record('AppContext', 'verbose', value, walk)
    walk.texts += x0, x1, x2, x3, x4
    if x8:
        walk.texts += x8
    found = _AppContext
    if len(out) != len(value):
        found = rest(value, out, _AppContext_named, _AppContext_rest, _AppContext_9, found, walk)
    if found:
        walk.records.append(out)
        walk.fields.append(found)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_BrowserContext_0 = Field(Kind.TEXT, 64)
_BrowserContext_1 = Field(Kind.TEXT, 64)
_BrowserContext: dict[str, Field] = {'name': _BrowserContext_0, 'version': _BrowserContext_1}


def BrowserContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('BrowserContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and len(x0) <= 64:
            out['name'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('BrowserContext', 'verbose', value, walk)
    x1 = ''
    if 'version' in value:
        x1 = value['version']
        if type(x1) is str and len(x1) <= 64:
            out['version'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('BrowserContext', 'verbose', value, walk)
    if 'type' in value:
        x2 = value['type']
        if type(x2) is str and x2 in {'browser'}:
            out['type'] = x2
    walk.texts += x0, x1
    walk.records.append(out)
    walk.fields.append(_BrowserContext)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_GpuContext_0 = Field(Kind.TEXT, 200)
_GpuContext_1 = Field(Kind.TEXT, 200)
_GpuContext_2 = Field(Kind.TEXT, 200)
_GpuContext_3 = Field(Kind.TEXT, 64)
_GpuContext_11 = Field(Kind.TEXT, 64)
_GpuContext_12 = Field(Kind.TEXT, 64)
_GpuContext_14 = sized_bag(4096)
_GpuContext_named = frozenset(['api_type', 'graphics_shader_level', 'id', 'max_texture_size', 'memory_size', 'multi_threaded_rendering', 'name', 'npot_support', 'other', 'supports_compute_shaders', 'supports_draw_call_instancing', 'supports_geometry_shaders', 'supports_ray_tracing', 'type', 'vendor_id', 'vendor_name', 'version'])
_GpuContext_rest = leaf_taker(('other', 'BAG', 'standard', 50, None, None, None, '', '', True, False, 5, 4096), 'verbose')
_GpuContext: dict[str, Field] = {'name': _GpuContext_0, 'version': _GpuContext_1, 'vendor_name': _GpuContext_2, 'api_type': _GpuContext_3, 'graphics_shader_level': _GpuContext_11, 'npot_support': _GpuContext_12}


def GpuContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('GpuContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'name' in value:
        x0 = value['name']
        if type(x0) is str and len(x0) <= 200:
            out['name'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    x1 = ''
    if 'version' in value:
        x1 = value['version']
        if type(x1) is str and len(x1) <= 200:
            out['version'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    x2 = ''
    if 'vendor_name' in value:
        x2 = value['vendor_name']
        if type(x2) is str and len(x2) <= 200:
            out['vendor_name'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    x3 = ''
    if 'api_type' in value:
        x3 = value['api_type']
        if type(x3) is str and len(x3) <= 64:
            out['api_type'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    if 'memory_size' in value:
        x4 = value['memory_size']
        if x4 is not None and is_number(x4):
            out['memory_size'] = x4
    if 'max_texture_size' in value:
        x5 = value['max_texture_size']
        if x5 is not None and is_number(x5):
            out['max_texture_size'] = x5
    if 'multi_threaded_rendering' in value:
        x6 = value['multi_threaded_rendering']
        if (x6 is True or x6 is False):
            out['multi_threaded_rendering'] = x6
    if 'supports_compute_shaders' in value:
        x7 = value['supports_compute_shaders']
        if (x7 is True or x7 is False):
            out['supports_compute_shaders'] = x7
    if 'supports_draw_call_instancing' in value:
        x8 = value['supports_draw_call_instancing']
        if (x8 is True or x8 is False):
            out['supports_draw_call_instancing'] = x8
    if 'supports_geometry_shaders' in value:
        x9 = value['supports_geometry_shaders']
        if (x9 is True or x9 is False):
            out['supports_geometry_shaders'] = x9
    if 'supports_ray_tracing' in value:
        x10 = value['supports_ray_tracing']
        if (x10 is True or x10 is False):
            out['supports_ray_tracing'] = x10
    x11 = ''
    if 'graphics_shader_level' in value:
        x11 = value['graphics_shader_level']
        if type(x11) is str and len(x11) <= 64:
            out['graphics_shader_level'] = x11
        elif x11 is None:
            x11 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    x12 = ''
    if 'npot_support' in value:
        x12 = value['npot_support']
        if type(x12) is str and len(x12) <= 64:
            out['npot_support'] = x12
        elif x12 is None:
            x12 = ''
        else:
            return record('GpuContext', 'verbose', value, walk)
    if 'type' in value:
        x13 = value['type']
        if type(x13) is str and x13 in {'gpu'}:
            out['type'] = x13
    walk.texts += x0, x1, x2, x3, x11, x12
    found = _GpuContext
    if len(out) != len(value):
        found = rest(value, out, _GpuContext_named, _GpuContext_rest, _GpuContext_14, found, walk)
    if found:
        walk.records.append(out)
        walk.fields.append(found)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Flag_1 = Field(Kind.TEXT, 200)
_Flag: dict[str, Field] = {'flag': _Flag_1}


def Flag(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Flag', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'result' in value:
        x0 = value['result']
        if (x0 is True or x0 is False):
            out['result'] = x0
    x1 = ''
    if 'flag' in value:
        x1 = value['flag']
        if type(x1) is str and len(x1) <= 200:
            out['flag'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Flag', 'verbose', value, walk)
    walk.texts.append(x1)
    walk.records.append(out)
    walk.fields.append(_Flag)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_FlagsContext: dict[str, Field] = {}


def FlagsContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('FlagsContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'type' in value:
        x1 = value['type']
        if type(x1) is str and x1 in {'flags'}:
            out['type'] = x1
    if 'values' in value:
        x0 = members(value['values'], 100, Flag, walk)
        if x0 is not None:
            out['values'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_MonitorContext_0 = Field(Kind.TEXT, 50)
_MonitorContext: dict[str, Field] = {'slug': _MonitorContext_0}


def MonitorContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('MonitorContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'slug' in value:
        x0 = value['slug']
        if type(x0) is str and len(x0) <= 50:
            out['slug'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('MonitorContext', 'verbose', value, walk)
    if 'type' in value:
        x1 = value['type']
        if type(x1) is str and x1 in {'monitor'}:
            out['type'] = x1
    walk.texts.append(x0)
    walk.records.append(out)
    walk.fields.append(_MonitorContext)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_ResponseContext_2 = sized_bag(4096)
_ResponseContext: dict[str, Field] = {'headers': _ResponseContext_2}


def ResponseContext(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('ResponseContext', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'status_code' in value:
        x0 = value['status_code']
        if x0 is not None and is_number(x0):
            out['status_code'] = x0
    if 'body_size' in value:
        x1 = value['body_size']
        if x1 is not None and is_number(x1):
            out['body_size'] = x1
    if 'type' in value:
        x3 = value['type']
        if type(x3) is str and x3 in {'response'}:
            out['type'] = x3
    walk.records.append(out)
    walk.fields.append(_ResponseContext)
    if 'headers' in value:
        x2 = value['headers']
        if type(x2) is dict:
            out['headers'] = mapping(x2, 2, 100, walk)
        else:
            out['headers'] = take_bag(x2, 'headers', 100, walk, 3)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Contexts_10 = sized_bag(8192)
_Contexts_named = frozenset(['app', 'browser', 'cloud_resource', 'culture', 'device', 'feedback', 'flags', 'gpu', 'monitor', 'nel', 'os', 'otel', 'other', 'performance_score', 'profile', 'replay', 'response', 'runtime', 'trace'])
_Contexts_rest = leaf_taker(('other', 'BAG', 'standard', 50, None, None, None, '', '', True, False, 6, 8192), 'verbose')
_Contexts: dict[str, Field] = {}


def Contexts(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Contexts', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'runtime' in value:
        x0 = RuntimeContext(value['runtime'], walk)
        if x0 is not None:
            out['runtime'] = x0
    if 'os' in value:
        x1 = OsContext(value['os'], walk)
        if x1 is not None:
            out['os'] = x1
    if 'trace' in value:
        x2 = TraceContext(value['trace'], walk)
        if x2 is not None:
            out['trace'] = x2
    if 'feedback' in value:
        x3 = Feedback(value['feedback'], walk)
        if x3 is not None:
            out['feedback'] = x3
    if 'app' in value:
        x4 = AppContext(value['app'], walk)
        if x4 is not None:
            out['app'] = x4
    if 'browser' in value:
        x5 = BrowserContext(value['browser'], walk)
        if x5 is not None:
            out['browser'] = x5
    if 'gpu' in value:
        x6 = GpuContext(value['gpu'], walk)
        if x6 is not None:
            out['gpu'] = x6
    if 'flags' in value:
        x7 = FlagsContext(value['flags'], walk)
        if x7 is not None:
            out['flags'] = x7
    if 'monitor' in value:
        x8 = MonitorContext(value['monitor'], walk)
        if x8 is not None:
            out['monitor'] = x8
    if 'response' in value:
        x9 = ResponseContext(value['response'], walk)
        if x9 is not None:
            out['response'] = x9
    found = _Contexts
    if len(out) != len(value):
        found = rest(value, out, _Contexts_named, _Contexts_rest, _Contexts_10, found, walk)
    if found:
        walk.records.append(out)
        walk.fields.append(found)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_User: dict[str, Field] = {}


def User(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('User', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'id' in value:
        x0 = value['id']
        if FORMS['[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'](x0) if type(x0) is str else x0 is not None and matches('[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', x0):
            out['id'] = x0
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Request_1 = Field(Kind.URL, 256, is_bare_address)
_Request_2 = sized_bag(1024)
_Request_4 = sized_bag(8192)
_Request: dict[str, Field] = {'url': _Request_1, 'query_string': _Request_2, 'headers': BAG, 'data': _Request_4}


def Request(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Request', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'method' in value:
        x0 = value['method']
        if _form_6[x0] if type(x0) is str else x0 is not None and matches('[A-Z]{1,16}', x0):
            out['method'] = x0
    x1 = ''
    if 'url' in value:
        x1 = value['url']
        if type(x1) is str and len(x1) <= 256 and is_bare_address(x1):
            out['url'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Request', 'verbose', value, walk)
    walk.texts.append(x1)
    walk.records.append(out)
    walk.fields.append(_Request)
    if 'query_string' in value:
        x2 = value['query_string']
        if type(x2) is dict:
            out['query_string'] = mapping(x2, 1, 100, walk)
        else:
            out['query_string'] = take_bag(x2, 'query_string', 100, walk, 2)
    if 'headers' in value:
        x3 = value['headers']
        if type(x3) is dict:
            out['headers'] = mapping(x3, 7, 100, walk)
        else:
            out['headers'] = take_bag(x3, 'headers', 100, walk, 8)
    if 'data' in value:
        x4 = value['data']
        if type(x4) is dict:
            out['data'] = mapping(x4, 5, 100, walk)
        else:
            out['data'] = take_bag(x4, 'data', 100, walk, 6)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_LogEntry_0 = Field(Kind.MESSAGE, 8192)
_LogEntry_1 = Field(Kind.MESSAGE, 8192)
_LogEntry_2 = sized_bag(2048)
_LogEntry: dict[str, Field] = {'formatted': _LogEntry_0, 'message': _LogEntry_1, 'params': _LogEntry_2}


def LogEntry(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('LogEntry', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'formatted' in value:
        x0 = value['formatted']
        if type(x0) is str and len(x0) <= 8192:
            out['formatted'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('LogEntry', 'verbose', value, walk)
    x1 = ''
    if 'message' in value:
        x1 = value['message']
        if type(x1) is str and len(x1) <= 8192:
            out['message'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('LogEntry', 'verbose', value, walk)
    walk.texts += x0, x1
    walk.records.append(out)
    walk.fields.append(_LogEntry)
    if 'params' in value:
        x2 = value['params']
        if type(x2) is dict:
            out['params'] = mapping(x2, 3, 50, walk)
        else:
            out['params'] = take_bag(x2, 'params', 50, walk, 4)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Breadcrumb_1 = Field(Kind.TEXT, 64)
_Breadcrumb_2 = Field(Kind.TEXT, 128)
_Breadcrumb_4 = Field(Kind.TEXT, 8192)
_Breadcrumb_5 = sized_bag(2048)
_Breadcrumb: dict[str, Field] = {'type': _Breadcrumb_1, 'category': _Breadcrumb_2, 'message': _Breadcrumb_4, 'data': _Breadcrumb_5}


def Breadcrumb(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Breadcrumb', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'timestamp' in value:
        x0 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x0) if type(x0) is str else x0 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x0):
            out['timestamp'] = x0
    x1 = ''
    if 'type' in value:
        x1 = value['type']
        if type(x1) is str and len(x1) <= 64:
            out['type'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Breadcrumb', 'verbose', value, walk)
    x2 = ''
    if 'category' in value:
        x2 = value['category']
        if type(x2) is str and len(x2) <= 128:
            out['category'] = x2
        elif x2 is None:
            x2 = ''
        else:
            return record('Breadcrumb', 'verbose', value, walk)
    if 'level' in value:
        x3 = value['level']
        if type(x3) is str and x3 in {'fatal', 'critical', 'error', 'warning', 'info', 'debug'}:
            out['level'] = x3
    x4 = ''
    if 'message' in value:
        x4 = value['message']
        if type(x4) is str and len(x4) <= 8192:
            out['message'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('Breadcrumb', 'verbose', value, walk)
    walk.texts += x1, x2, x4
    walk.records.append(out)
    walk.fields.append(_Breadcrumb)
    if 'data' in value:
        x5 = value['data']
        if type(x5) is dict:
            out['data'] = mapping(x5, 3, 50, walk)
        else:
            out['data'] = take_bag(x5, 'data', 50, walk, 4)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Tags_1 = Field(Kind.TEXT, 200)
_Tags_named = frozenset(['other', 'subcommand'])
_Tags_rest = leaf_taker(('other', 'TEXT', 'standard', 200, None, None, None, '', '', True, False, None, None), 'verbose')
_Tags: dict[str, Field] = {}


def Tags(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Tags', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'subcommand' in value:
        x0 = value['subcommand']
        if FORMS['[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\\?>'](x0) if type(x0) is str else x0 is not None and matches('[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\\?>', x0):
            out['subcommand'] = x0
    found = _Tags
    if len(out) != len(value):
        found = rest(value, out, _Tags_named, _Tags_rest, _Tags_1, found, walk)
    if found:
        walk.records.append(out)
        walk.fields.append(found)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_SdkPackage: dict[str, Field] = {}


def SdkPackage(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('SdkPackage', 'verbose', value, walk)
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
        return record('Sdk', 'verbose', value, walk)
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


_Span_3 = Field(Kind.TEXT, 64)
_Span_4 = Field(Kind.TEXT, 64)
_Span_5 = Field(Kind.TEXT, 64)
_Span_6 = Field(Kind.TEXT, 8192)
_Span: dict[str, Field] = {'op': _Span_3, 'origin': _Span_4, 'status': _Span_5, 'description': _Span_6, 'data': BAG}


def Span(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Span', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'span_id' in value:
        x0 = value['span_id']
        if len(x0) == 16 and not x0.strip('0123456789abcdef') if type(x0) is str else x0 is not None and matches('[0-9a-f]{16}', x0):
            out['span_id'] = x0
    if 'trace_id' in value:
        x1 = value['trace_id']
        if len(x1) == 32 and not x1.strip('0123456789abcdef') if type(x1) is str else x1 is not None and matches('[0-9a-f]{32}', x1):
            out['trace_id'] = x1
    if 'parent_span_id' in value:
        x2 = value['parent_span_id']
        if len(x2) == 16 and not x2.strip('0123456789abcdef') if type(x2) is str else x2 is not None and matches('[0-9a-f]{16}', x2):
            out['parent_span_id'] = x2
    x3 = ''
    if 'op' in value:
        x3 = value['op']
        if type(x3) is str and len(x3) <= 64:
            out['op'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('Span', 'verbose', value, walk)
    x4 = ''
    if 'origin' in value:
        x4 = value['origin']
        if type(x4) is str and len(x4) <= 64:
            out['origin'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('Span', 'verbose', value, walk)
    x5 = ''
    if 'status' in value:
        x5 = value['status']
        if type(x5) is str and len(x5) <= 64:
            out['status'] = x5
        elif x5 is None:
            x5 = ''
        else:
            return record('Span', 'verbose', value, walk)
    x6 = ''
    if 'description' in value:
        x6 = value['description']
        if type(x6) is str and len(x6) <= 8192:
            out['description'] = x6
        elif x6 is None:
            x6 = ''
        else:
            return record('Span', 'verbose', value, walk)
    if 'start_timestamp' in value:
        x7 = value['start_timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x7) if type(x7) is str else x7 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x7):
            out['start_timestamp'] = x7
    if 'timestamp' in value:
        x8 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x8) if type(x8) is str else x8 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x8):
            out['timestamp'] = x8
    walk.texts += x3, x4, x5, x6
    walk.records.append(out)
    walk.fields.append(_Span)
    if 'tags' in value:
        x9 = Tags(value['tags'], walk)
        if x9 is not None:
            out['tags'] = x9
    if 'data' in value:
        x10 = value['data']
        if type(x10) is dict:
            out['data'] = mapping(x10, 7, 100, walk)
        else:
            out['data'] = take_bag(x10, 'data', 100, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_TransactionInfo_0 = Field(Kind.TEXT, 64)
_TransactionInfo: dict[str, Field] = {'source': _TransactionInfo_0}


def TransactionInfo(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('TransactionInfo', 'verbose', value, walk)
    out: dict[str, Any] = {}
    x0 = ''
    if 'source' in value:
        x0 = value['source']
        if type(x0) is str and len(x0) <= 64:
            out['source'] = x0
        elif x0 is None:
            x0 = ''
        else:
            return record('TransactionInfo', 'verbose', value, walk)
    walk.texts.append(x0)
    walk.records.append(out)
    walk.fields.append(_TransactionInfo)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Event_4 = Field(Kind.SYMBOL, 64, is_symbol)
_Event_13 = Field(Kind.TEXT, 200, many=10)
_Event_17 = Field(Kind.TEXT, 200)
_Event_21 = sized_bag(16384)
_Event: dict[str, Field] = {'logger': _Event_4, 'fingerprint': _Event_13, 'transaction': _Event_17, 'extra': _Event_21, 'measurements': BAG}


def Event(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Event', 'verbose', value, walk)
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
            return record('Event', 'verbose', value, walk)
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
                    return record('Event', 'verbose', value, walk)
        elif x13 is not None:
            return record('Event', 'verbose', value, walk)
    if 'type' in value:
        x14 = value['type']
        if type(x14) is str and x14 in {'error', 'default', 'transaction', 'feedback'}:
            out['type'] = x14
    x17 = ''
    if 'transaction' in value:
        x17 = value['transaction']
        if type(x17) is str and len(x17) <= 200:
            out['transaction'] = x17
        elif x17 is None:
            x17 = ''
        else:
            return record('Event', 'verbose', value, walk)
    if 'start_timestamp' in value:
        x19 = value['start_timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x19) if type(x19) is str else x19 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x19):
            out['start_timestamp'] = x19
    walk.texts += x4, x17
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
    if 'breadcrumbs' in value:
        x16 = values(value['breadcrumbs'], 100, Breadcrumb, walk)
        if x16 is not None:
            out['breadcrumbs'] = x16
    if 'transaction_info' in value:
        x18 = TransactionInfo(value['transaction_info'], walk)
        if x18 is not None:
            out['transaction_info'] = x18
    if 'spans' in value:
        x20 = members(value['spans'], 1000, Span, walk)
        if x20 is not None:
            out['spans'] = x20
    if 'extra' in value:
        x21 = value['extra']
        if type(x21) is dict:
            out['extra'] = mapping(x21, 5, 100, walk)
        else:
            out['extra'] = take_bag(x21, 'extra', 100, walk, 6)
    if 'request' in value:
        x22 = Request(value['request'], walk)
        if x22 is not None:
            out['request'] = x22
    if 'user' in value:
        x23 = User(value['user'], walk)
        if x23 is not None:
            out['user'] = x23
    if 'measurements' in value:
        x24 = value['measurements']
        if type(x24) is dict:
            out['measurements'] = mapping(x24, 7, 50, walk)
        else:
            out['measurements'] = take_bag(x24, 'measurements', 50, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_SessionAttributes: dict[str, Field] = {}


def SessionAttributes(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('SessionAttributes', 'verbose', value, walk)
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
        return record('Session', 'verbose', value, walk)
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
        return record('SessionBucket', 'verbose', value, walk)
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
        return record('Sessions', 'verbose', value, walk)
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


_CheckIn_1 = Field(Kind.TEXT, 50)
_CheckIn: dict[str, Field] = {'monitor_slug': _CheckIn_1, 'monitor_config': BAG}


def CheckIn(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('CheckIn', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'check_in_id' in value:
        x0 = value['check_in_id']
        if len(x0) == 32 and not x0.strip('0123456789abcdef') if type(x0) is str else x0 is not None and matches('[0-9a-f]{32}', x0):
            out['check_in_id'] = x0
    x1 = ''
    if 'monitor_slug' in value:
        x1 = value['monitor_slug']
        if type(x1) is str and len(x1) <= 50:
            out['monitor_slug'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('CheckIn', 'verbose', value, walk)
    if 'status' in value:
        x2 = value['status']
        if type(x2) is str and x2 in {'in_progress', 'ok', 'error'}:
            out['status'] = x2
    if 'duration' in value:
        x3 = value['duration']
        if x3 is not None and is_number(x3):
            out['duration'] = x3
    if 'release' in value:
        x4 = value['release']
        if _form_10[x4] if type(x4) is str else x4 is not None and matches('(?=.{1,200}\\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*', x4):
            out['release'] = x4
    if 'environment' in value:
        x5 = value['environment']
        if _form_11[x5] if type(x5) is str else x5 is not None and matches('(?!none\\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}', x5):
            out['environment'] = x5
    if 'type' in value:
        x7 = value['type']
        if type(x7) is str and x7 in {'check_in'}:
            out['type'] = x7
    if 'event_id' in value:
        x8 = value['event_id']
        if len(x8) == 32 and not x8.strip('0123456789abcdef') if type(x8) is str else x8 is not None and matches('[0-9a-f]{32}', x8):
            out['event_id'] = x8
    if 'timestamp' in value:
        x9 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x9) if type(x9) is str else x9 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x9):
            out['timestamp'] = x9
    if 'platform' in value:
        x10 = value['platform']
        if type(x10) is str and x10 in {'python'}:
            out['platform'] = x10
    walk.texts.append(x1)
    walk.records.append(out)
    walk.fields.append(_CheckIn)
    if 'monitor_config' in value:
        x6 = value['monitor_config']
        if type(x6) is dict:
            out['monitor_config'] = mapping(x6, 7, 20, walk)
        else:
            out['monitor_config'] = take_bag(x6, 'monitor_config', 20, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Log_3 = Field(Kind.TEXT, 8192)
_Log: dict[str, Field] = {'body': _Log_3, 'attributes': BAG}


def Log(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Log', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'timestamp' in value:
        x0 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x0) if type(x0) is str else x0 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x0):
            out['timestamp'] = x0
    if 'level' in value:
        x1 = value['level']
        if type(x1) is str and x1 in {'fatal', 'critical', 'error', 'warning', 'info', 'debug', 'warn', 'trace'}:
            out['level'] = x1
    if 'severity_number' in value:
        x2 = value['severity_number']
        if x2 is not None and is_number(x2):
            out['severity_number'] = x2
    x3 = ''
    if 'body' in value:
        x3 = value['body']
        if type(x3) is str and len(x3) <= 8192:
            out['body'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('Log', 'verbose', value, walk)
    if 'trace_id' in value:
        x4 = value['trace_id']
        if len(x4) == 32 and not x4.strip('0123456789abcdef') if type(x4) is str else x4 is not None and matches('[0-9a-f]{32}', x4):
            out['trace_id'] = x4
    if 'span_id' in value:
        x5 = value['span_id']
        if len(x5) == 16 and not x5.strip('0123456789abcdef') if type(x5) is str else x5 is not None and matches('[0-9a-f]{16}', x5):
            out['span_id'] = x5
    walk.texts.append(x3)
    walk.records.append(out)
    walk.fields.append(_Log)
    if 'attributes' in value:
        x6 = value['attributes']
        if type(x6) is dict:
            out['attributes'] = mapping(x6, 7, 100, walk)
        else:
            out['attributes'] = take_bag(x6, 'attributes', 100, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Logs: dict[str, Field] = {}


def Logs(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Logs', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'version' in value:
        x0 = value['version']
        if x0 is not None and is_number(x0):
            out['version'] = x0
    if 'items' in value:
        x1 = members(value['items'], 100, Log, walk)
        if x1 is not None:
            out['items'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Metric_1 = Field(Kind.TEXT, 200)
_Metric_4 = Field(Kind.TEXT, 64)
_Metric: dict[str, Field] = {'name': _Metric_1, 'unit': _Metric_4, 'attributes': BAG}


def Metric(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Metric', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'timestamp' in value:
        x0 = value['timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x0) if type(x0) is str else x0 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x0):
            out['timestamp'] = x0
    x1 = ''
    if 'name' in value:
        x1 = value['name']
        if type(x1) is str and len(x1) <= 200:
            out['name'] = x1
        elif x1 is None:
            x1 = ''
        else:
            return record('Metric', 'verbose', value, walk)
    if 'type' in value:
        x2 = value['type']
        if type(x2) is str and x2 in {'counter', 'gauge', 'distribution'}:
            out['type'] = x2
    if 'value' in value:
        x3 = value['value']
        if x3 is not None and is_number(x3):
            out['value'] = x3
    x4 = ''
    if 'unit' in value:
        x4 = value['unit']
        if type(x4) is str and len(x4) <= 64:
            out['unit'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('Metric', 'verbose', value, walk)
    if 'trace_id' in value:
        x5 = value['trace_id']
        if len(x5) == 32 and not x5.strip('0123456789abcdef') if type(x5) is str else x5 is not None and matches('[0-9a-f]{32}', x5):
            out['trace_id'] = x5
    if 'span_id' in value:
        x6 = value['span_id']
        if len(x6) == 16 and not x6.strip('0123456789abcdef') if type(x6) is str else x6 is not None and matches('[0-9a-f]{16}', x6):
            out['span_id'] = x6
    walk.texts += x1, x4
    walk.records.append(out)
    walk.fields.append(_Metric)
    if 'attributes' in value:
        x7 = value['attributes']
        if type(x7) is dict:
            out['attributes'] = mapping(x7, 7, 100, walk)
        else:
            out['attributes'] = take_bag(x7, 'attributes', 100, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Metrics: dict[str, Field] = {}


def Metrics(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Metrics', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'version' in value:
        x0 = value['version']
        if x0 is not None and is_number(x0):
            out['version'] = x0
    if 'items' in value:
        x1 = members(value['items'], 1000, Metric, walk)
        if x1 is not None:
            out['items'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_StreamedSpan_3 = Field(Kind.TEXT, 8192)
_StreamedSpan_4 = Field(Kind.TEXT, 64)
_StreamedSpan: dict[str, Field] = {'name': _StreamedSpan_3, 'status': _StreamedSpan_4, 'attributes': BAG}


def StreamedSpan(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('StreamedSpan', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'trace_id' in value:
        x0 = value['trace_id']
        if len(x0) == 32 and not x0.strip('0123456789abcdef') if type(x0) is str else x0 is not None and matches('[0-9a-f]{32}', x0):
            out['trace_id'] = x0
    if 'span_id' in value:
        x1 = value['span_id']
        if len(x1) == 16 and not x1.strip('0123456789abcdef') if type(x1) is str else x1 is not None and matches('[0-9a-f]{16}', x1):
            out['span_id'] = x1
    if 'parent_span_id' in value:
        x2 = value['parent_span_id']
        if len(x2) == 16 and not x2.strip('0123456789abcdef') if type(x2) is str else x2 is not None and matches('[0-9a-f]{16}', x2):
            out['parent_span_id'] = x2
    x3 = ''
    if 'name' in value:
        x3 = value['name']
        if type(x3) is str and len(x3) <= 8192:
            out['name'] = x3
        elif x3 is None:
            x3 = ''
        else:
            return record('StreamedSpan', 'verbose', value, walk)
    x4 = ''
    if 'status' in value:
        x4 = value['status']
        if type(x4) is str and len(x4) <= 64:
            out['status'] = x4
        elif x4 is None:
            x4 = ''
        else:
            return record('StreamedSpan', 'verbose', value, walk)
    if 'is_segment' in value:
        x5 = value['is_segment']
        if (x5 is True or x5 is False):
            out['is_segment'] = x5
    if 'start_timestamp' in value:
        x6 = value['start_timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x6) if type(x6) is str else x6 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x6):
            out['start_timestamp'] = x6
    if 'end_timestamp' in value:
        x7 = value['end_timestamp']
        if FORMS['20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?'](x7) if type(x7) is str else x7 is not None and matches('20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d{1,6})?(Z|\\+00:00)|[12]\\d{9}(\\.\\d{1,7})?', x7):
            out['end_timestamp'] = x7
    walk.texts += x3, x4
    walk.records.append(out)
    walk.fields.append(_StreamedSpan)
    if 'attributes' in value:
        x8 = value['attributes']
        if type(x8) is dict:
            out['attributes'] = mapping(x8, 7, 100, walk)
        else:
            out['attributes'] = take_bag(x8, 'attributes', 100, walk, 8)
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


_Spans: dict[str, Field] = {}


def Spans(value: Any, walk: Walk) -> Any:
    if type(value) is not dict:
        return record('Spans', 'verbose', value, walk)
    out: dict[str, Any] = {}
    if 'version' in value:
        x0 = value['version']
        if x0 is not None and is_number(x0):
            out['version'] = x0
    if 'items' in value:
        x1 = members(value['items'], 1000, StreamedSpan, walk)
        if x1 is not None:
            out['items'] = x1
    if len(out) != len(value):
        walk.dropped += len(value) - len(out)
    return out


TAKES: dict[str, Record] = {'Frame': Frame, 'Stacktrace': Stacktrace, 'CError': CError, 'MechanismMeta': MechanismMeta, 'Mechanism': Mechanism, 'ExceptionValue': ExceptionValue, 'Thread': Thread, 'RuntimeContext': RuntimeContext, 'OsContext': OsContext, 'TraceContext': TraceContext, 'Feedback': Feedback, 'AppContext': AppContext, 'BrowserContext': BrowserContext, 'GpuContext': GpuContext, 'Flag': Flag, 'FlagsContext': FlagsContext, 'MonitorContext': MonitorContext, 'ResponseContext': ResponseContext, 'Contexts': Contexts, 'User': User, 'Request': Request, 'LogEntry': LogEntry, 'Breadcrumb': Breadcrumb, 'Tags': Tags, 'SdkPackage': SdkPackage, 'Sdk': Sdk, 'Span': Span, 'TransactionInfo': TransactionInfo, 'Event': Event, 'SessionAttributes': SessionAttributes, 'Session': Session, 'SessionBucket': SessionBucket, 'Sessions': Sessions, 'CheckIn': CheckIn, 'Log': Log, 'Logs': Logs, 'Metric': Metric, 'Metrics': Metrics, 'StreamedSpan': StreamedSpan, 'Spans': Spans}
