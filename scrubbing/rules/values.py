"""Rows for secrets that stand under a sensitive key: ``password=...``, ``"token": "..."``, ``--api-key ...``.

Only the value goes; the key and the rest of the line stay, for they say what went wrong. Texts that merely speak of
secrets (``token = get_token()``, ``KeyError: 'password'``) keep their words: in a line of source only quoted literals
are values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubbing.rules.judging import (
    admitting,
    bare_value,
    encoded_value,
    key_quoted,
    key_value,
    no_path,
    no_path_quoted,
    opaque,
    pass_quoted,
    pass_value,
    quoted_value,
)
from scrubbing.rules.keywords import (
    ADMITTING,
    BARE,
    CODE,
    ENCODED,
    ENCODED_VALUE,
    IS,
    KEY,
    LOGINS,
    OPENING,
    PASS,
    PASS_ALONE,
    QUOTED,
    SESSION,
    TAIL,
)
from scrubbing.rules.rows import FILTERED, TEXT_KINDS, Keys, Pattern, hit, miss
from scrubbing.schema.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_CODE: Final = TEXT_KINDS - {Kind.CODE}

#: The words that sensitive keys are made of: the rows' name, the literal the expression begins with, the word in lower
#: case, examples with a quoted value and with a bare one.
_STEMS: Final = (
    (
        "password",
        "pass",
        f"{PASS}|{PASS_ALONE}",
        (
            hit("DB_PASSWORD='tr0ub4dor' set", "DB_PASSWORD='[Filtered]' set"),
            hit("{'user': 'x', 'password': 'horse staple', 'n': 3}", "{'user': 'x', 'password': '[Filtered]', 'n': 3}"),
            hit(r"{\"password\": \"hunter2\", \"n\": 3}", r"{\"password\": \"[Filtered]\", \"n\": 3}"),
            hit("data['password'] = 'hunter2'", "data['password'] = '[Filtered]'"),
            miss("KeyError: 'password'"),
            miss("getpass('Password: ')"),
            miss("{'type': 'password', 'name': 'x'}"),
        ),
        (
            hit("password=hunter2", "password=[Filtered]"),
            hit("pass=hunter2", "pass=[Filtered]"),
            hit("Server=db;Password=hunter2;Timeout=3", "Server=db;Password=[Filtered];Timeout=3"),
            hit("Password: hunter2", "Password: [Filtered]"),
            hit("password = letmein\nnext", "password = [Filtered]\nnext"),
            miss("password is required"),
            miss("Password: "),
            miss("password=None"),
            miss("def login(user: str, password: str)"),
            miss("password_file=/etc/x"),
            miss("bypass=1 pass 3 of 4"),
        ),
    ),
    (
        "pwd",
        "pwd",
        "pwd",
        (hit("pwd='hunter2'", "pwd='[Filtered]'"), miss("{'PWD': '/srv/app'}")),
        (hit("uid=sa;pwd=hunter2", "uid=sa;pwd=[Filtered]"), miss("PWD=/srv/app")),
    ),
    (
        "pw",
        "pw",
        "pw(?<![a-z0-9]pw)",
        (hit("Login(pw='hunter2')", "Login(pw='[Filtered]')"), miss("pw_name='x' pw_dir='/x'")),
        (hit("user=x&pw=hunter2", "user=x&pw=[Filtered]"), miss("pw_uid=1000 pwm=3")),
    ),
    (
        "psk",
        "psk",
        "psk(?<![a-z]psk)",
        (hit('ssid="x" psk="hunter 2"', 'ssid="x" psk="[Filtered]"'), miss("psk='' dpsk='x'")),
        (hit("wifi-sec.psk=hunter2", "wifi-sec.psk=[Filtered]"), miss("key-mgmt=wpa-psk, PSK modulation")),
    ),
    (
        "secret",
        "secret",
        "secrets?",
        (hit('client_secret: "0a1b2c3d"', 'client_secret: "[Filtered]"'), miss("secretary='erika'")),
        (hit("client_secret=0a1b2c3d", "client_secret=[Filtered]"), miss("secret = secrets.token_hex()")),
    ),
    (
        "token",
        "token",
        "token(?<!publickeytoken)",
        (hit("token='0a1b2c3d'", "token='[Filtered]'"), miss("SyntaxError: unexpected token ')', invalid token: 'x'")),
        (
            hit("access_token=0a1b2c3d rest", "access_token=[Filtered] rest"),
            miss("token = next(tokens)"),
            miss("tokenizer=bert max_tokens=512"),
            miss("Version=1.0.0.0, PublicKeyToken=30ad4fe6b2a6aeed"),
            miss("invalid token: EOF"),
        ),
    ),
    (
        "key",
        "key",
        KEY,
        (hit("apiKey: '0a1b2c3d4e'", "apiKey: '[Filtered]'"), miss("key='name'")),
        (
            hit("X-Api-Key: 0a1b2c3d4e", "X-Api-Key: [Filtered]"),
            hit("AccountKey=abc123==;EndpointSuffix=x", "AccountKey=[Filtered];EndpointSuffix=x"),
            miss("keyboard=us key=lambda primary_key=3 api_key=settings.API_KEY"),
        ),
    ),
    (
        "credential",
        "credential",
        "credentials?",
        (hit("credential='abc 123'", "credential='[Filtered]'"), miss("credentials 'x' are gone")),
        (hit("credentials=abc:123", "credentials=[Filtered]"), miss("credentials file not found")),
    ),
    (
        "session",
        "sess",
        SESSION,
        (hit("'sessionid': 'abc'", "'sessionid': '[Filtered]'"), miss("session='abc'")),
        (hit("JSESSIONID=0a1b2c3d", "JSESSIONID=[Filtered]"), miss("session=<Session 1> session closed")),
    ),
    (
        "csrf",
        "srf",
        "srf(?<=[cx]srf)(?:[_-]?(?:token|middlewaretoken|cookie))?",
        (hit("csrf_token='abc'", "csrf_token='[Filtered]'"), miss("surf='abc'")),
        (hit("csrftoken=abc123def", "csrftoken=[Filtered]"), miss("CSRF verification failed")),
    ),
)


_CHECKS: Final = {
    "pwd": (no_path_quoted, no_path),
    "key": (key_quoted, key_value),
    "password": (pass_quoted, pass_value),
}


def _stem_rows() -> Iterator[Pattern]:
    for stem, literal, word, quoted_examples, bare_examples in _STEMS:
        key = f"(?:{word}){TAIL}{IS}"
        quoted, bare = _CHECKS.get(stem, (quoted_value, bare_value))
        for name, regex, kinds, examples, check in (
            (f"{stem}-literal", key + QUOTED, TEXT_KINDS, quoted_examples, quoted),
            (f"{stem}-value", key + BARE, NOT_CODE, bare_examples, bare),
        ):
            yield Pattern(
                name,
                regex,
                kinds,
                placeholder=FILTERED,
                examples=examples,
                literals=(literal,),
                over="low",
                check=check,
                batched=True,
            )


VALUES: Final = (
    *_stem_rows(),
    *(
        Pattern(
            name,
            f"(?:{word}){TAIL}{IS}(?:{QUOTED}|{BARE})",
            NOT_CODE,
            placeholder=FILTERED,
            examples=examples,
            literals=literals,
            leads=len(literals) > 1,
            over="low",
            check=check,
            batched=True,
        )
        for name, literals, word, check, examples in (
            (
                "sid",
                ("sid",),
                "sid(?<![a-z]sid)",
                opaque,
                (
                    hit(
                        "'connect.sid': 's%3Aq8W1eRtYu2', sid=0a1b2c3d4e5f",
                        "'connect.sid': '[Filtered]', sid=[Filtered]",
                    ),
                    miss("sid='S-1-5-32-544', ssid='x', ORACLE_SID=prod1, side=0a1b2c3d4e5f"),
                ),
            ),
            (
                "auth",
                ("auth",),
                "auth(?<![a-z0-9]auth)(?!\\d)",
                opaque,
                (
                    hit("_auth=q8W1eRtYu2Io, 'auth': 'q8W1eRtYu2Io'", "_auth=[Filtered], 'auth': '[Filtered]'"),
                    miss("auth='basic', auth: scram-sha-256, auth=AuthBase2Class()"),
                ),
            ),
            (
                "code-value",
                ADMITTING,
                CODE,
                admitting,
                (
                    hit(
                        "recovery_code: 'a1b2-c3d4', backup code: a1b2-c3d4",
                        "recovery_code: '[Filtered]', backup code: [Filtered]",
                    ),
                    miss("error_code='x1', exit code: 137, access code is missing, backup code: none"),
                ),
            ),
        )
    ),
    Pattern(
        "encoded-value",
        f"(?:{ENCODED}){ENCODED_VALUE}",
        placeholder=FILTERED,
        examples=(
            hit("next=%2Fcb%3Ftoken%3D0a1b2c%26n%3D3", "next=%2Fcb%3Ftoken%3D[Filtered]%26n%3D3"),
            hit("%7B%22password%22%3A%20%22hunter2%22%7D", "%7B%22password%22%3A%20%22[Filtered]%22%7D"),
            hit(r"{'html': 'api_key\u003d0a1b2c\u0026n\u003d3'}", r"{'html': 'api_key\u003d[Filtered]\u0026n\u003d3'}"),
            miss("a%3D1%26token_type%3Dbearer%26page%3D2"),
        ),
        literals=("%3d", "%3a", "%253d", "%253a", "\\u003d"),
        over="low",
        check=encoded_value,
        batched=True,
    ),
)

#: What harmless keys end in though a sensitive word stands in them: ``token_type``, ``password_field``.
_ABOUT = (
    r"type|count|counts|length|len|size|url|uri|name|names|field|fields|expires?|expiry|expires_(?:in|at)|ttl|timeout|path"
    r"|file|limit|enabled|required|max|min|policy|method|domain|class|prompt|reset|version|format|index|age|usage|used"
    r"|source|error|status|state|provider|backend|engine|validators?|hint|(?:changed|updated|created)(?:_at|_on)?"
)
_SENSITIVE = (
    r"[a-z]{0,12}(?:password|passwd)(?:s|\d)?|passphrase|passcode|pass_word|(?:pass|pwd|pw|secret|token)\d?|secrets|credentials?|creds|authorization|auth|cookies?"
    rf"|(?:{'|'.join(LOGINS)})_?pass|security_(?:answer|code)|cc_number|api_?keys|(?:app|shared)key"
    r"|set_cookie|session|sessionid|session_?id|sessid|phpsessid|jsessionid|sid|csrf|xsrf|csrftoken|xsrftoken"
    r"|csrfmiddlewaretoken|jwt|bearer|otp|totp|cvv|cvc|pin|ssn|iban|apikey|authtoken|accesstoken|dsn|private|psk|authkey"
    r"|pepper|mnemonic|credit_?card(?:_number)?|card_number|shared_access_signature|(?:seed|recovery|backup)_phrase|passwort|kennwort|mot_de_passe|mdp|contrase[n\u00f1]a|senha|wachtwoord"
    r"|has[l\u0142]o|heslo|parola|\u043f\u0430\u0440\u043e\u043b\u044c|\u5bc6[\u7801\u78bc]"
    rf"|(?:{'|'.join(OPENING)})_key|(?:{'|'.join(ADMITTING)})_codes?|(?:access|auth|api|refresh|session|bearer)_tokens"
)
KEYS: Final = (
    Keys(
        "sensitive-key",
        rf"(?:^|_)(?:{_SENSITIVE})(?=$|_(?!(?:{_ABOUT})$))",
        examples=(
            *(
                hit(key, FILTERED)
                for key in (
                    "password",
                    "DB_PASSWORD",
                    "dbPassword",
                    "passwd",
                    "X-Api-Key",
                    "HTTP_AUTHORIZATION",
                    "Set-Cookie",
                    "sessionid",
                    "csrfmiddlewaretoken",
                    "client_secret",
                    "SECRET_KEY_BASE",
                    "refreshToken",
                    "private_key",
                    "credentials",
                    "SSH_KEY",
                    "dbpass",
                    "token1",
                    "apiKeys",
                    "security_answer",
                )
            ),
            *(
                miss(key)
                for key in (
                    "author",
                    "bypass",
                    "security_level",
                    "tokenizer",
                    "keyboard",
                    "key",
                    "primary_key",
                    "max_tokens",
                    "token_type",
                    "password_field",
                    "cookie_domain",
                    "session_count",
                    "compass",
                    "secretary",
                    "spin",
                )
            ),
        ),
        batched=True,
    ),
)
